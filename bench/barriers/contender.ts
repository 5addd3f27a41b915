/** What each engine is asked, in its best public encoding. */
import type { AccountId } from "../../packages/domain/src/index.ts";
import type { World } from "./world.ts";

type Answer<T> = T | Promise<T>;

export type Contender = AsyncDisposable & {
  /** `hard`: tells only whether the two may meet, which is less work than ours does. */
  readonly tells: "mask" | "hard";
  /** Answers come as promises. */
  readonly isAsync: boolean;
  readonly version: string;
  /** The policies alone; what was made ready before does not count. */
  load(): Answer<void>;
  /** What is made ready afterwards, and does not count either. */
  ready?(): void;
  /** What two different people cannot do with each other, or 1 where they may not meet. */
  pair(a: AccountId, b: AccountId): Answer<number>;
  /** Makes a room with these people; the answer says whether one more may come in. */
  room(inside: readonly AccountId[]): Answer<(asking: AccountId) => Answer<boolean>>;
};

export type Opener = (world: World) => Answer<Contender>;

export type PairRow = readonly [low: string, high: string, mask: number];

/** Of people without a group. */
export const noGroup = "";

/**
 * For peers: each pair of groups once, in one order, and what people without a group inherit written out as pairs of
 * its own (BAR-7). Ours has to work that out by itself.
 */
export function writtenOut(world: World): readonly PairRow[] {
  // One string for each group: an engine that makes them one by itself would seem to need less than nothing.
  const only = new Map<string, string>(world.groups.map((group) => [group, group]));
  const inherited = new Map<string, number>();
  const rows: PairRow[] = world.policies.map((policy) => {
    const { mask } = policy;
    const a = only.get(policy.a) ?? policy.a;
    const b = only.get(policy.b) ?? policy.b;
    for (const group of [a, b, noGroup]) inherited.set(group, (inherited.get(group) ?? 0) | mask);
    return [...ordered(a, b), mask] as const;
  });
  return [...rows, ...[...inherited].map(([group, mask]) => [noGroup, group, mask] as const)];
}

export function ordered(a: string, b: string): readonly [string, string] {
  return a < b ? [a, b] : [b, a];
}

/** For peers that have no place for a million people. */
export function groupsOfPeople(world: World): ReadonlyMap<string, string> {
  return new Map(
    world.people.map((accountId, at) => [accountId, world.groups[world.groupOf[at] ?? -1] ?? noGroup]),
  );
}

/** A room for peers that know pairs only: one look at each person inside, until one stands in the way. */
export function roomOfPairs(pair: (a: AccountId, b: AccountId) => number, inside: readonly AccountId[]) {
  return (asking: AccountId) => inside.every((one) => (pair(asking, one) & 1) === 0);
}
