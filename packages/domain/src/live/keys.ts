/** Keys of end-to-end encrypted meetings as the gate knows them (ENC-2, ENC-7): who has been added to which group. */
import { callWith } from "./calls.ts";
import type { AdmissionId } from "../ids.ts";
import type { Admission, InstanceState, KeyGroup, KeyGroupName } from "./state.ts";

/** ENC-7: so long whoever was admitted may wait for the keys (ms). */
export const keysMs = 10_000;

export function isEndToEnd(state: Pick<InstanceState, "settings">): boolean {
  return state.settings.policy.values.encryption === "e2ee";
}

/** The group whose keys this person's place needs: the call's while in one, else the meeting's. */
export function groupOf(state: Pick<InstanceState, "calls">, person: Pick<Admission, "id">): KeyGroupName {
  const call = callWith(state, person);
  return call?.running ? call.applicantId : "main";
}

/** Whether the keys of the person's place are theirs: before that nobody gets media (ENC-7). True without E2EE. */
export function isKeyed(
  state: Pick<InstanceState, "settings" | "calls" | "keyGroups">,
  person: Pick<Admission, "id">,
): boolean {
  if (!isEndToEnd(state)) return true;
  return state.keyGroups.get(groupOf(state, person))?.members.has(person.id) === true;
}

export function hasOffered(
  state: Pick<InstanceState, "keyOffers">,
  group: KeyGroupName,
  admissionId: AdmissionId,
): boolean {
  return state.keyOffers.get(group)?.has(admissionId) === true;
}

/** Admitted and not in the group: those that wait for a member to add them. `ready`: their key package is there. */
export function awaitingKeys(
  state: Pick<InstanceState, "inside" | "keyGroups" | "keyOffers">,
): readonly { readonly admissionId: AdmissionId; readonly ready: boolean }[] {
  const members = state.keyGroups.get("main")?.members;
  return [...state.inside]
    .filter((admissionId) => members?.has(admissionId) !== true)
    .map((admissionId) => ({ admissionId, ready: hasOffered(state, "main", admissionId) }));
}

/** Whether this person may belong to that group at all: inside for the meeting's, one of the two for a call's. */
export function belongsTo(state: InstanceState, group: KeyGroupName, person: Admission): boolean {
  if (group === "main") return person.status.kind === "admitted";
  const call = state.calls.get(group);
  return Boolean(call?.running) && (call?.applicantId === person.id || call?.verifierId === person.id);
}

export function nextGeneration(group: KeyGroup | undefined): number {
  return (group?.generation ?? 0) + 1;
}
