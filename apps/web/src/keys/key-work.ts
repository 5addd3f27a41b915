/** What a member's device should commit as things stand, and how long it leaves that to others. Pure. */
import type { GroupPolicy } from "@sekisho/e2ee";
import type { GroupView } from "./key-view.ts";
import type { Snapshot } from "./group-port.ts";

export type Work = {
  /** Admissions whose key packages are to be added. */
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly policy: GroupPolicy | null;
};

/** How much longer each further device waits before it does what another should have done (ms). */
export const turnMs = 1500;

/** Null where there is nothing to do, or nothing that this member may do. */
export function workOf(group: Snapshot, view: GroupView): Work | null {
  const admits = mayAdmit(group);
  const waits = new Map(view.awaiting.map((one) => [one.id, one.ready]));
  const others = group.members.filter(({ member }) => member !== view.self);
  // Out of the meeting; or back with new keys, for which the old leaf makes room.
  const gone = others.filter(({ member }) => !view.people.has(member)).map(({ member }) => member);
  const add = admits
    ? [...waits].filter(([id, ready]) => ready && id !== view.self && view.people.has(id)).map(([id]) => id)
    : [];
  const again = others.filter(({ member }) => add.includes(member)).map(({ member }) => member);
  const remove = admits || !somebodyAdmits(group, view) ? [...gone, ...again] : [];
  const policy = admits ? policyOf(group, view, add) : null;
  return add.length + remove.length === 0 && policy === null ? null : { add, remove, policy };
}

function mayAdmit({ policy, self }: Snapshot): boolean {
  return policy.admit.includes(self.member);
}

function isHere(view: GroupView, id: string): boolean {
  return view.people.get(id)?.connected === true && !view.awaiting.some((one) => one.id === id);
}

function somebodyAdmits({ policy, members }: Snapshot, view: GroupView): boolean {
  return members.some(({ member }) => policy.admit.includes(member) && isHere(view, member));
}

/** ENC-7: host, co-hosts and verifier, as far as they hold keys. Null where it is as it should be. */
function policyOf({ policy, members, self }: Snapshot, view: GroupView, add: readonly string[]) {
  const holders = [...members.map(({ member }) => member), ...add];
  const admit = [...new Set(holders)].filter(
    (id) => id === self.member || view.people.get(id)?.admits === true,
  );
  const same = admit.length === policy.admit.length && admit.every((id) => policy.admit.includes(id));
  return same ? null : { ...policy, admit };
}

/** The place in line: those who may admit, then everybody, each in the order of the leaves; only who is there counts. */
export function turnOf(group: Snapshot, view: GroupView): number {
  const line = group.members
    .filter(({ member }) => member === view.self || isHere(view, member))
    .toSorted((a, b) => rank(group, a.member) - rank(group, b.member) || a.leaf - b.leaf);
  return line.findIndex(({ member }) => member === view.self);
}

function rank({ policy }: Snapshot, member: string): number {
  return policy.admit.includes(member) ? 0 : 1;
}

/** Whether somebody else is there who could add this host. */
export function somebodyCanAdd(view: GroupView): boolean {
  return [...view.people].some(([id, one]) => id !== view.self && one.admits && isHere(view, id));
}
