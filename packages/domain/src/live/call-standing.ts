/**
 * Whether a verification call may begin, and goes on (ADM-13): ban, barrier and lock are decided before it starts, and
 * whenever they change after it. One question for asking, for beginning, for every connect, and for every later moment.
 */
import type { BarrierContext } from "../barrier/context.ts";
import { isWalledOff } from "./barrier.ts";
import { needsVerification } from "./calls.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { hasAddressProof, mayStillJoin } from "./standing.ts";
import type { Admission, InstanceState, VerificationCall } from "./state.ts";

export type CallProblem =
  | "not_allowed"
  | "meeting_locked"
  | "already_decided"
  | "nothing_to_do"
  | "not_admissible"
  | "fixed_by_policy";

/** A banned person never waits (ADM-8), so there is no question of it here. */
export function callProblem(
  state: InstanceState,
  verifier: Admission,
  applicant: Admission,
  barrier: BarrierContext,
): CallProblem | null {
  if (!capabilitiesOf(state, verifier).has("verificationCall.start")) return "not_allowed";
  if (state.locked !== null) return "meeting_locked";
  if (applicant.status.kind !== "waiting") return "already_decided";
  if (!needsVerification(state, applicant)) return "nothing_to_do";
  if (barrier.denyNew || isWalledOff(state, applicant.principal, barrier)) return "not_admissible";
  const fits = mayStillJoin(state, applicant) && hasAddressProof(state, applicant);
  return fits ? null : "fixed_by_policy";
}

export function callStands(state: InstanceState, call: VerificationCall, barrier: BarrierContext): boolean {
  const verifier = state.admissions.get(call.verifierId);
  const applicant = state.admissions.get(call.applicantId);
  // A name that has changed is another row: what is checked is what the verifier sees (ADM-5).
  if (verifier === undefined || applicant === undefined || applicant.callCheck === null) return false;
  return callProblem(state, verifier, applicant, barrier) === null;
}
