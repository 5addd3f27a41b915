/** What stands against saving a meeting, and what its settings come to (CNF-3, CNF-4, MTG-7). */
import type { MeetingInput, MeetingPreview } from "@sekisho/contract";
import {
  contradictionsOf,
  effectivePolicy,
  fixedBy,
  layersOf,
  meetingLayer,
  openness,
  policyFields,
  type Contradiction,
  type MeetingSettings,
  type OrganisationRules,
  type PolicyField,
  type PolicyValues,
  type ServerAbilities,
} from "@sekisho/domain";
import { HttpError } from "../../platform/http/http-error.ts";
import { checkSchedule, firstStartOf, occurrences, type ScheduleRow } from "./schedule.ts";

/** Of the server; the organisation's own country comes with its rules. */
export type Abilities = Omit<ServerAbilities, "home">;

/** A start that passed while the form was being filled in is still "now". */
const startGraceMs = 5 * 60 * 1000;

export function contradictions(
  settings: MeetingSettings,
  rules: OrganisationRules,
  abilities: Abilities,
): readonly Contradiction[] {
  return contradictionsOf(settings, effectivePolicy(settings, rules), { ...abilities, home: rules.home });
}

export type EffectiveField = MeetingPreview["effective"][number];
export type ContradictionView = MeetingPreview["contradictions"][number];

export function contradictionViews(
  settings: MeetingSettings,
  rules: OrganisationRules,
  abilities: Abilities,
): ContradictionView[] {
  return contradictions(settings, rules, abilities).map((one) => ({
    ...one,
    resolutions: [...one.resolutions],
  }));
}

export function effectiveFields(settings: MeetingSettings, rules: OrganisationRules): EffectiveField[] {
  const { values, reasons } = effectivePolicy(settings, rules);
  const layers = layersOf(settings, rules);
  return policyFields.map((field) => ({
    field,
    value: values[field],
    reasons: [...reasons[field]],
    fixedBy: [...fixedBy(field, layers)],
  }));
}

/**
 * Throws `contradiction` with its codes, or `fixed_by_policy` with the fields that the organisation has locked and the
 * host opens. A field that was as open before is not the host's doing: it is tightened, not refused.
 */
export function requireSavable(
  settings: MeetingSettings,
  { rules, abilities }: { readonly rules: OrganisationRules; readonly abilities: Abilities },
  before: MeetingSettings | null,
): void {
  const was = before === null ? {} : meetingLayer(before).values;
  const asked = meetingLayer(settings).values;
  const opened = policyFields.filter(
    (field) => opens(field, asked, rules.locks) && asked[field] !== was[field],
  );
  if (opened.length > 0) throw new HttpError("fixed_by_policy", { fields: opened });
  const found = contradictions(settings, rules, abilities);
  if (found.length > 0)
    throw new HttpError("contradiction", {
      details: found.map((one) => one.code),
      fields: found.map((one) => one.field),
    });
}

function opens<F extends PolicyField>(
  field: F,
  asked: Partial<PolicyValues>,
  locks: Partial<PolicyValues>,
): boolean {
  const wanted = asked[field];
  const lock = locks[field];
  return wanted !== undefined && lock !== undefined && openness(field, wanted) > openness(field, lock);
}

/** Throws `bad_request`, `recurrence_invalid` or `start_in_past`; `before`: times that stay may lie in the past. */
export function requireSchedule(input: MeetingInput, now: number, before: ScheduleRow | null): ScheduleRow {
  const checked = checkSchedule(input, now);
  if (checked.row === null) {
    if ("fields" in checked)
      throw new HttpError("bad_request", { fields: checked.fields.map((f) => `meeting.${f}`) });
    throw new HttpError("recurrence_invalid", { details: [checked.problem] });
  }
  const { row } = checked;
  const isSame =
    before !== null && before.start_local === row.start_local && before.time_zone === row.time_zone;
  if (!isSame && startsInPast(row, now)) throw new HttpError("start_in_past");
  return row;
}

function startsInPast(row: ScheduleRow, now: number): boolean {
  return firstStartOf(row) < now - startGraceMs;
}

export function previewSchedule(
  input: MeetingInput,
  now: number,
): Pick<MeetingPreview, "nextOccurrences" | "recurrenceProblem" | "startsInPast"> {
  const checked = checkSchedule(input, now);
  if (checked.row !== null)
    return {
      nextOccurrences: occurrences(checked.row, now, 3).map(({ key: _key, ...view }) => view),
      recurrenceProblem: null,
      startsInPast: startsInPast(checked.row, now),
    };
  if ("fields" in checked) throw new HttpError("bad_request", { fields: [...checked.fields] });
  return { nextOccurrences: [], recurrenceProblem: checked.problem, startsInPast: false };
}
