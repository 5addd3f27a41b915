/** A person's own admission, from the state and the person alone. */
import type { AdmissionView } from "@sekisho/contract";
import {
  admissionOf,
  banOf,
  referenceOf,
  isWalledOff,
  type Admission,
  type BarrierContext,
  type InstanceState,
  type Principal,
} from "@sekisho/domain";
import { admissionView } from "./present-person.ts";

/** The admission that this very device holds, waiting or more; null if it holds none. */
export function ownAdmission(state: InstanceState, principal: Principal): Admission | null {
  const person = admissionOf(state, principal);
  return person !== null && person.principal.device === principal.device ? person : null;
}

export function ownView(state: InstanceState | null, principal: Principal | null): AdmissionView {
  if (state === null || principal === null) return { state: "none" };
  const person = ownAdmission(state, principal);
  if (person === null) return { state: "none" };
  const barred = person.status.kind === "denied" || person.status.kind === "removed";
  // A ban that was lifted leaves the way to a new request open.
  if (barred && !banOf(state, principal)) return { state: "none" };
  // ui.md §6: the reference is unguessable and resolves only in the log, where the admission's id stands.
  return admissionView(state, person, referenceOf(person.id));
}

/**
 * For a page that is opened: whom a barrier kept out, and keeps out no longer, may ask again (BAR-5: not a ban). Never
 * on the open stream, where the change would tell that somebody has just gone.
 */
export function viewOnArrival(
  state: InstanceState | null,
  principal: Principal | null,
  barrier: BarrierContext,
): AdmissionView {
  const person = state === null || principal === null ? null : ownAdmission(state, principal);
  const kept =
    person?.status.kind === "barred" || (person?.status.kind === "left" && person.status.reason === "policy");
  if (state !== null && principal !== null && kept && !isWalledOff(state, principal, barrier))
    return { state: "none" };
  return ownView(state, principal);
}
