/** Whether somebody still fits the rules of this moment about who may be in the meeting at all (CNF-3, CNF-5, BAR-8). */
import { agreementOf, declarationOf } from "./said-before.ts";
import type { Admission, InstanceState, Principal } from "./state.ts";

export function isInvitedAccount(state: Pick<InstanceState, "settings">, principal: Principal): boolean {
  return (
    principal.kind === "account" && state.settings.appointments.invitedAccounts.includes(principal.accountId)
  );
}

/** Whether somebody who asked under earlier rules may still join under those of this moment (CNF-3, CNF-5). */
export function mayStillJoin(state: InstanceState, person: Admission): boolean {
  const { whoMayJoin, registration } = state.settings.policy.values;
  if (registration === "required" && !isRegistered(state, person)) return false;
  if (whoMayJoin === "anyoneWithLink") return true;
  if (person.principal.kind !== "account")
    return person.principal.provedDomain !== undefined && (whoMayJoin === "signedIn" || person.named);
  if (whoMayJoin === "signedIn" || person.role !== "participant") return true;
  return person.named || isInvitedAccount(state, person.principal);
}

/** IDN-4: a guest has proved an address that was invited to or registered for this meeting, where it asks for that. */
export function hasAddressProof(state: InstanceState, { principal }: Admission): boolean {
  if (state.settings.policy.values.guestProof !== "address" || principal.kind !== "guest") return true;
  return principal.addressProved === true;
}

/**
 * What is said at the door and was never said here: it may be asked for only since somebody came in (INV-4, SEC-8). Which
 * version of the sheet was agreed to is the door's question.
 */
export function hasSaid(state: InstanceState, { principal }: Admission): boolean {
  const { agreement, deviceDeclaration } = state.settings.policy.values;
  if (agreement && principal.kind === "guest" && agreementOf(state, principal) === null) return false;
  return !deviceDeclaration || declarationOf(state, principal) !== null;
}

/** Waiting does not help any more: something is asked at the door that this person has not brought (CNF-5). */
export function hasToAskAnew(state: InstanceState, person: Admission): boolean {
  return !mayStillJoin(state, person) || !hasAddressProof(state, person) || !hasSaid(state, person);
}

/** INV-5: those who are named for the meeting need not register. */
function isRegistered(state: InstanceState, { principal, role }: Admission): boolean {
  return principal.registration !== undefined || role !== "participant" || isInvitedAccount(state, principal);
}
