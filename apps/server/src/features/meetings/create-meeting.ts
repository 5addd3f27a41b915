/** Scheduling, and starting at once (MTG-1, MTG-7). The passcode is answered here once. */
import { routes, type MeetingInput, type StoredRules } from "@sekisho/contract";
import { classesWith, effectivePolicy, safeDefaults, valuesOf } from "@sekisho/domain";
import type { LogActor } from "../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import type { AccountCaller, Caller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { newUuid } from "../../platform/random.ts";
import {
  contradictionViews,
  effectiveFields,
  previewSchedule,
  requireSavable,
  requireSchedule,
} from "./check-meeting.ts";
import { requireNoPasscodeIn } from "./invitations/one-secret.ts";
import { requireHostFactor } from "./host-factor.ts";
import { organisationRow, rulesOf, type MeetingRow } from "./meeting-rows.ts";
import { detailOf, viewFacts, type Reader } from "./meeting-views.ts";
import { nowOf, viewPoint, type MeetingsDeps } from "./meetings-deps.ts";
import { chosenPasscode, passcodeColumns } from "./passcode.ts";
import { checkSchedule, localMinute } from "./schedule.ts";
import { requireTogether, settingsOfInput } from "./settings-of-input.ts";
import { insertMeeting, logAcceptance, logMeeting } from "./write-meeting.ts";

export function createRoutes(deps: MeetingsDeps): readonly BoundRoute[] {
  return [
    handle(routes.meeting.meetingPreviewRoute, async ({ body, caller }) => {
      const rules = rulesOf(await organisationRow(deps.db));
      const settings = await settingsOfInput(deps.db, body, {
        hostId: signedIn(caller).accountId,
        isApart: await deps.apart(),
      });
      return {
        effective: effectiveFields(settings, rules),
        contradictions: contradictionViews(settings, rules, deps.abilities),
        ...previewSchedule(body, nowOf(deps)),
      };
    }),
    handle(routes.meeting.meetingCreate, async ({ body, caller }) =>
      create(deps, signedIn(caller), body.meeting, body.passcode),
    ),
    handle(routes.meeting.meetingStartNow, async ({ body, caller }) => {
      const { rules } = await organisationRow(deps.db);
      const start = startOf(body.timeZone, nowOf(deps));
      const input = { ...inputForNow(rules), ...startingWith(rules, body.confidentiality), ...body, start };
      return create(deps, signedIn(caller), input, null);
    }),
  ];
}

function signedIn(caller: Caller): AccountCaller {
  if (caller.kind !== "account") throw new HttpError("sign_in_required");
  return caller;
}

async function create(deps: MeetingsDeps, me: AccountCaller, input: MeetingInput, own: string | null) {
  const by = { kind: "account", id: me.accountId } as const;
  await requireHostFactor(deps.db, me, input.confidentiality);
  const { row, passcode } = await scheduleMeeting(deps, { hostId: me.accountId, input, own, by });
  const facts = await viewFacts(deps.db, [row], viewPoint(deps));
  const reader: Reader = {
    accountId: me.accountId,
    name: me.displayName,
    email: me.email,
    relations: new Set(["host"]),
    isApart: await deps.apart(),
  };
  return { meeting: detailOf(row, reader, facts), passcode };
}

export type MeetingToSchedule = {
  readonly hostId: string;
  readonly input: MeetingInput;
  /** A passcode that was asked for; null: a new one, where the meeting needs one. */
  readonly own: string | null;
  readonly by: LogActor;
};

/** The one way in which a meeting is made, by whoever asks. Answers the passcode, where it has one. */
export async function scheduleMeeting(
  deps: MeetingsDeps,
  { hostId, input, own, by }: MeetingToSchedule,
): Promise<{ readonly row: MeetingRow; readonly passcode: string | null }> {
  const organisation = await organisationRow(deps.db);
  const rules = rulesOf(organisation);
  const isApart = await deps.apart();
  const settings = await settingsOfInput(deps.db, input, { hostId, isApart });
  requireSavable(settings, { rules, abilities: deps.abilities }, null);
  requireTogether(settings, isApart);
  const schedule = requireSchedule(input, nowOf(deps), null);
  const { passcodeRequired } = effectivePolicy(settings, rules).values;
  if (own !== null && !passcodeRequired) throw new HttpError("bad_request", { fields: ["passcode"] });
  const passcode = chosenPasscode(own);
  requireNoPasscodeIn(settings, passcode);
  const id = newUuid();
  const row = await deps.db.transaction().execute(async (trx) => {
    const made = await insertMeeting(trx, {
      id,
      hostId,
      settings,
      schedule,
      passcode: passcodeColumns(deps.keys, id, passcode),
      organisation,
    });
    await logMeeting(deps.log, trx, made, { type: "meeting.scheduled", by });
    await logAcceptance(deps.log, trx, made, { before: null, by });
    return made;
  });
  deps.onMeetingChanged(row.id);
  return { row, passcode: passcodeRequired ? passcode : null };
}

export function startOf(timeZone: string, now: number): string {
  const probe = { start: "2026-01-01T00:00", timeZone, durationMinutes: 5, recurrence: null };
  if ("fields" in checkSchedule(probe, now)) throw new HttpError("bad_request", { fields: ["timeZone"] });
  return localMinute(now, timeZone);
}

/** The safe defaults, the organisation's own defaults, and its locks, which nobody has chosen against here. */
export function inputForNow(
  rules: StoredRules,
): Omit<MeetingInput, "topic" | "confidentiality" | "start" | "timeZone"> {
  const { defaults, locks } = rules;
  return {
    ...safeDefaults,
    description: "",
    durationMinutes: defaults.durationMinutes,
    recurrence: null,
    allowedDomains: [],
    invitees: [],
    coHosts: [],
    verifier: null,
    hostVideo: defaults.hostVideo,
    participantVideo: defaults.participantVideo,
    muteOnEntry: locks.muteOnEntry ?? defaults.muteOnEntry,
    whoMayJoin: locks.whoMayJoin ?? safeDefaults.whoMayJoin,
    screenShare: locks.screenShare ?? safeDefaults.screenShare,
    chat: locks.chat ?? safeDefaults.chat,
  };
}

/**
 * What the class has a new meeting start with. Who verifies is a person, whom nobody has named here; nobody has registered
 * for a meeting that begins this minute, so that its link and the waiting room let people ask, and with them the passcode
 * (INV-5); a lock of the organisation stays where it is.
 */
function startingWith(
  rules: StoredRules,
  confidentiality: MeetingInput["confidentiality"],
): Partial<MeetingInput> {
  const {
    verifierRequired: _person,
    registration,
    passcodeRequired,
    ...others
  } = classesWith(rules.classes ?? {})[confidentiality].defaults;
  const values = {
    ...others,
    ...(registration === "required" || passcodeRequired === undefined ? {} : { passcodeRequired }),
  };
  const locked = valuesOf(rules.locks);
  return Object.fromEntries(Object.entries(values).filter(([field]) => !Object.hasOwn(locked, field)));
}
