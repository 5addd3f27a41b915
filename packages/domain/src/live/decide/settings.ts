/** Settings that change while people are inside: they tighten at once (CNF-5). */
import { openness, type PolicyField } from "../../policy/values.ts";
import { isHosting } from "../capabilities.ts";
import { draftOf } from "../draft.ts";
import { applyTo } from "../evolve.ts";
import type { MeetingEvent } from "../events.ts";
import { hasAddressProof, mayStillJoin } from "../standing.ts";
import type { Admission, InstanceState } from "../state.ts";
import type { Command, DecideContext } from "./command.ts";

/** Fields of which everybody inside is known to meet them or not. */
const askedOfPeople = [
  "whoMayJoin",
  "verifierRequired",
  "guestProof",
] as const satisfies readonly PolicyField[];

/**
 * Whoever met the rules and no longer does goes back to the waiting room: not removed and not banned, since nobody did
 * anything wrong, and admitted again once verified or signed in.
 */
export function changeSettings(
  state: InstanceState,
  { settings, names }: Extract<Command, { type: "settings.change" }>,
  { now, barrier }: DecideContext,
): readonly MeetingEvent[] {
  const changed: MeetingEvent = { type: "instance.settingsChanged", settings, personal: names };
  const { values } = settings.policy;
  const tightened = askedOfPeople.some(
    (field) => openness(field, values[field]) < openness(field, state.settings.policy.values[field]),
  );
  if (!tightened) return [changed];
  const after = draftOf(state);
  applyTo(after, { seq: state.seq + 1, at: now, event: changed });
  const out = [...after.inside].filter((admissionId) => {
    const before = state.admissions.get(admissionId);
    const person = after.admissions.get(admissionId);
    if (before === undefined || person === undefined) return false;
    // While barriers are on, their own sweep turns out whoever is not known (BAR-8).
    if (barrier.on && person.principal.kind === "guest" && !mayStillJoin(after, person)) return false;
    return meets(state, before) && !meets(after, person);
  });
  return [
    changed,
    ...out.map((admissionId): MeetingEvent => ({ type: "admission.sentBack", admissionId, by: "gate" })),
  ];
}

function meets(state: InstanceState, person: Admission): boolean {
  if (isHosting(person)) return true;
  const { verifierRequired } = state.settings.policy.values;
  if (verifierRequired && person.external && person.verification === null) return false;
  return hasAddressProof(state, person) && mayStillJoin(state, person);
}
