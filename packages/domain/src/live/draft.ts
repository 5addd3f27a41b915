/**
 * A copy of the state that one owner may change in place, so that a batch of a thousand events costs one copy.
 * Nobody outside `evolve` and the owner of the draft sees it while it changes.
 */
import type { AdmissionId, BanId, SfuIdentity } from "../ids.ts";
import {
  personKey,
  type Admission,
  type AdmissionStatus,
  type Ban,
  type InstanceState,
  type KeyGroupName,
  type VerificationCall,
} from "./state.ts";

type Collections = {
  admissions: Map<AdmissionId, Admission>;
  inside: Set<AdmissionId>;
  waiting: Set<AdmissionId>;
  sfuIdentities: Set<SfuIdentity>;
  appointed: Map<string, "coHost" | "participant">;
  byPerson: Map<string, readonly AdmissionId[]>;
  bans: Map<BanId, Ban>;
  calls: Map<AdmissionId, VerificationCall>;
};

export type Draft = {
  -readonly [K in Exclude<keyof InstanceState, keyof Collections>]: InstanceState[K];
} & Collections;

export function emptyCollections(): Collections {
  return {
    admissions: new Map(),
    inside: new Set(),
    waiting: new Set(),
    sfuIdentities: new Set(),
    appointed: new Map(),
    byPerson: new Map(),
    bans: new Map(),
    calls: new Map(),
  };
}

export function draftOf(state: InstanceState): Draft {
  return {
    ...state,
    admissions: new Map(state.admissions),
    inside: new Set(state.inside),
    waiting: new Set(state.waiting),
    sfuIdentities: new Set(state.sfuIdentities),
    appointed: new Map(state.appointed),
    byPerson: new Map(state.byPerson),
    bans: new Map(state.bans),
    calls: new Map(state.calls),
  };
}

export function addAdmission(draft: Draft, person: Admission): void {
  const key = personKey(person.principal);
  draft.admissions.set(person.id, person);
  draft.waiting.add(person.id);
  draft.byPerson.set(key, [...(draft.byPerson.get(key) ?? []), person.id]);
}

export function change(draft: Draft, admissionId: AdmissionId, next: Partial<Admission>): void {
  const person = draft.admissions.get(admissionId);
  if (person !== undefined) draft.admissions.set(admissionId, { ...person, ...next });
}

/** A new status ends what belonged to the old one: a raised hand, a request to unmute, a place in a breakout room. */
export function setStatus(draft: Draft, admissionId: AdmissionId, status: AdmissionStatus): void {
  if (!draft.admissions.has(admissionId)) return;
  const over = { handRaisedAt: null, askedToUnmuteAt: null, calledHostAt: null, breakoutId: null };
  change(draft, admissionId, { status, ...over });
  if (status.kind === "admitted") draft.inside.add(admissionId);
  else draft.inside.delete(admissionId);
  if (status.kind === "waiting") draft.waiting.add(admissionId);
  else draft.waiting.delete(admissionId);
  // Each stay is added to the keys anew, and nobody stays in them who is not inside (ENC-2).
  leaveGroup(draft, "main", admissionId);
}

export function leaveGroup(draft: Draft, name: KeyGroupName, admissionId: AdmissionId): void {
  const group = draft.keyGroups.get(name);
  if (group?.members.has(admissionId) !== true) return;
  const members = new Set(group.members);
  members.delete(admissionId);
  draft.keyGroups = new Map(draft.keyGroups).set(name, { ...group, members });
}
