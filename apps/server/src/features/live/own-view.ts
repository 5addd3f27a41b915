/** A person's own admission, from the state and the person alone. */
import type { AdmissionView } from "@sekisho/contract";
import {
  admissionOf,
  banOf,
  referenceOf,
  type Admission,
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
 * For a page that is opened: whom a barrier kept out may ask again (BAR-5: not a ban), and is told nothing before: an
 * answer that changed with who is inside would tell who is (BAR-14). What is asked is decided, and is on record.
 */
export function viewOnArrival(state: InstanceState | null, principal: Principal | null): AdmissionView {
  const status = state === null || principal === null ? undefined : ownAdmission(state, principal)?.status;
  const kept = status?.kind === "barred" || (status?.kind === "left" && status.reason === "policy");
  return kept ? { state: "none" } : ownView(state, principal);
}
