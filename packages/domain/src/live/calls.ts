/** Verification calls (ADM-13): who is in which, and what is known of it. Whether one may stand is `call-standing.ts`. */
import type { Admission, Connection, InstanceState, VerificationCall } from "./state.ts";

/** So long a medium has to arrive before it counts as seen or heard (ms). */
export const callMediumMs = 5000;
/** So long an applicant may take to answer, and either side to come back (ms). */
export const callAnswerMs = 120_000;
export const callGraceMs = 30_000;

/** The call that this person takes part in or is asked into, on either side. */
export function callWith(
  state: Pick<InstanceState, "calls">,
  person: Pick<Admission, "id">,
): VerificationCall | null {
  const own = state.calls.get(person.id);
  if (own !== undefined) return own;
  for (const call of state.calls.values()) if (call.verifierId === person.id) return call;
  return null;
}

/** The same, once the applicant has agreed: this person's place at the SFU is the call's room and no other. */
export function isInCall(state: Pick<InstanceState, "calls">, person: Pick<Admission, "id">): boolean {
  return (callWith(state, person)?.running ?? null) !== null;
}

/** Whoever has a place at the SFU has a connection to it, or lacks one since some time; null: no place. */
export function connectionOf(state: Pick<InstanceState, "calls">, person: Admission): Connection | null {
  if (person.status.kind === "admitted") return person.status.connection;
  return state.calls.get(person.id)?.running?.connection ?? null;
}

/** Everybody with a place at the SFU: who is inside, and who waits and is in a call. */
export function* placedAtSfu(
  state: Pick<InstanceState, "inside" | "calls" | "admissions">,
): Generator<Admission, void, undefined> {
  for (const admissionId of state.inside) {
    const person = state.admissions.get(admissionId);
    if (person !== undefined) yield person;
  }
  for (const call of state.calls.values()) {
    const applicant = state.admissions.get(call.applicantId);
    if (call.running !== null && applicant !== undefined) yield applicant;
  }
}

/** The account that the meeting's settings name, whatever other role it has. */
export function isVerifier(
  state: Pick<InstanceState, "settings">,
  { principal }: Pick<Admission, "principal">,
): boolean {
  return principal.kind === "account" && principal.accountId === state.settings.appointments.verifier;
}

/** ADM-4: people from outside, where the meeting asks for a verifier. */
export function needsVerification(state: Pick<InstanceState, "settings">, person: Admission): boolean {
  return person.external && state.settings.policy.values.verifierRequired;
}
