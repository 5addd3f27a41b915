/** A person's groups, whole, before and after one change by hand (BAR-2, BAR-9). */
import type { BarrierEdit } from "@sekisho/contract";

export interface Membership {
  readonly accountId: string;
  readonly groups: readonly string[];
  readonly primary: string | null;
}

function put({ accountId, groups, primary }: Membership): BarrierEdit {
  return { type: "person.put", accountId, groups: [...groups], primary };
}

/** The first group of a person is the primary one. */
export function added(person: Membership, groupId: string, asPrimary: boolean): BarrierEdit {
  const groups = person.groups.includes(groupId) ? person.groups : [...person.groups, groupId];
  const primary = asPrimary || person.primary === null ? groupId : person.primary;
  return put({ ...person, groups, primary });
}

export function madePrimary(person: Membership, groupId: string): BarrierEdit {
  return added(person, groupId, true);
}

/** `next` is the primary group from then on, where the one that goes was it. */
export function removed(person: Membership, groupId: string, next: string | null): BarrierEdit {
  const groups = person.groups.filter((one) => one !== groupId);
  const primary = person.primary === groupId ? next : person.primary;
  return put({ ...person, groups, primary });
}
