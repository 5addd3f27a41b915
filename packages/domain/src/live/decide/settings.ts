/** Settings that change while people are inside: they tighten at once (CNF-5). */
import { openness, type PolicyField } from "../../policy/values.ts";
import { isHosting } from "../capabilities.ts";
import { draftOf } from "../draft.ts";
import { applyTo } from "../evolve.ts";
import type { MeetingEvent, Move } from "../events.ts";
import { isEndToEnd } from "../keys.ts";
import { hasToAskAnew, mayStillJoin } from "../standing.ts";
import type { Admission, InstanceSettings, InstanceState } from "../state.ts";
import { id } from "../../unsafe.ts";
import type { Command, DecideContext } from "./command.ts";

/** Fields of which everybody inside is known to meet them or not. */
const askedOfPeople = [
  "whoMayJoin",
  "verifierRequired",
  "guestProof",
  "registration",
  "agreement",
  "deviceDeclaration",
] as const satisfies readonly PolicyField[];

/**
 * Whoever met the rules and no longer does goes back to the waiting room: not removed and not banned, since nobody did
 * anything wrong, and admitted again once verified or signed in.
 */
export function changeSettings(
  state: InstanceState,
  { settings: wanted, names }: Extract<Command, { type: "settings.change" }>,
  ctx: DecideContext,
): readonly MeetingEvent[] {
  const { now, barrier } = ctx;
  const settings = withHeldEncryption(state, wanted);
  const changed: MeetingEvent = { type: "instance.settingsChanged", settings, personal: names };
  if (isRaised(state, settings)) return [changed, ...begunAnew(state, ctx)];
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

/** ENC-1: what began end-to-end encrypted stays so until it ends, whatever is saved meanwhile. */
function withHeldEncryption(state: InstanceState, settings: InstanceSettings): InstanceSettings {
  if (!isEndToEnd(state) || !isRunning(state) || settings.policy.values.encryption === "e2ee")
    return settings;
  const { policy } = settings;
  const held = { ...policy, values: { ...policy.values, encryption: "e2ee" as const } };
  return { ...settings, policy: held };
}

function isRunning({ phase }: InstanceState): boolean {
  return phase === "live" || phase === "waiting_for_host";
}

function isRaised(state: InstanceState, { policy }: InstanceSettings): boolean {
  return isRunning(state) && !isEndToEnd(state) && policy.values.encryption === "e2ee";
}

/**
 * CNF-5: nothing of what was said before goes on under the new mode. Everybody waits again; whoever hosts begins a stay
 * of their own, for which there is no ticket before there are keys. Bans stay, since the instance does.
 */
function begunAnew(state: InstanceState, { newId }: DecideContext): readonly MeetingEvent[] {
  const events: MeetingEvent[] = [...state.calls.values()].map((call) => ({
    type: "verificationCall.ended",
    admissionId: call.applicantId,
    by: "gate",
    reason: "over",
    moves: [],
  }));
  const moves: Move[] = [];
  for (const admissionId of state.inside) {
    const person = state.admissions.get(admissionId);
    if (person === undefined) continue;
    if (!isHosting(person)) events.push({ type: "admission.sentBack", admissionId, by: "gate" });
    else moves.push({ admissionId, breakoutId: null, sfuIdentity: id.sfuIdentity(newId()) });
  }
  if (state.breakouts.phase !== "closed") events.push({ type: "breakout.closed", by: "gate", moves });
  else {
    const [first] = moves;
    if (first !== undefined) events.push({ type: "breakout.moved", by: first.admissionId, moves });
  }
  return events;
}

function meets(state: InstanceState, person: Admission): boolean {
  if (isHosting(person)) return true;
  const { verifierRequired } = state.settings.policy.values;
  if (verifierRequired && person.external && person.verification === null) return false;
  return !hasToAskAnew(state, person);
}
