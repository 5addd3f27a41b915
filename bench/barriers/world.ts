/** The synthetic organisation that everybody is measured with; the same one from the same seed, in every process. */
import {
  applyBarrierChanges,
  emptyBarriers,
  id,
  initialRules,
  type AccountId,
  type BarrierModel,
  type BarrierPerson,
  type BarrierPolicy,
  type GroupId,
} from "../../packages/domain/src/index.ts";

export type Size = { readonly people: number; readonly groups: number; readonly blocked: number };

/** `blocked`: the share of all pairs of groups that a policy names. */
export const goalSize: Size = { people: 1_000_000, groups: 5_000, blocked: 0.1 };

export type World = {
  readonly groups: readonly GroupId[];
  readonly people: readonly AccountId[];
  /** Place of the group in `groups`; -1: none. */
  readonly groupOf: Int32Array;
  readonly policies: readonly BarrierPolicy[];
  readonly random: () => number;
};

/** A copy without common memory: as ids come from a database or a request, not as a program names its own. */
export function fresh(text: string): string {
  return Buffer.from(text).toString("latin1");
}

export function makeWorld(size: Size, seed = 20_261_123): World {
  const random = mulberry(seed);
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join("");
  const uuid = () => fresh(`${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`);
  const groups = Array.from({ length: size.groups }, () => id.group(uuid()));
  const people = Array.from({ length: size.people }, () => id.account(uuid()));
  // One in a hundred has no group.
  const groupOf = Int32Array.from(people, () =>
    random() < 0.01 ? -1 : Math.floor(random() * groups.length),
  );
  return { groups, people, groupOf, policies: makePolicies(size, groups, random), random };
}

/** Half of them hard, half soft. */
function makePolicies(
  size: Size,
  groups: readonly GroupId[],
  random: () => number,
): readonly BarrierPolicy[] {
  const wanted = Math.round(((size.groups * (size.groups + 1)) / 2) * size.blocked);
  const taken = new Set<number>();
  const policies: BarrierPolicy[] = [];
  while (policies.length < wanted) {
    const a = Math.floor(random() * groups.length);
    const b = Math.floor(random() * groups.length);
    const key = Math.min(a, b) * groups.length + Math.max(a, b);
    if (taken.has(key)) continue;
    taken.add(key);
    policies.push({
      id: id.barrierPolicy(`policy-${policies.length}`),
      name: "",
      a: id.group(fresh(groups[a] ?? "")),
      b: id.group(fresh(groups[b] ?? "")),
      enabled: true,
      mask: random() < 0.5 ? 1 : 2 + 2 * Math.floor(random() * 15),
    });
  }
  return policies;
}

export function modelOf(world: World, parts: { readonly people: boolean }): BarrierModel {
  const people = new Map<AccountId, BarrierPerson>();
  if (parts.people)
    world.people.forEach((accountId, at) => {
      const primary = world.groups[world.groupOf[at] ?? -1] ?? null;
      people.set(accountId, { groups: primary === null ? [] : [primary], primary, held: [] });
    });
  return {
    ...applyBarrierChanges(emptyBarriers, 1, [{ type: "rules.put", rules: { ...initialRules, on: true } }]),
    groups: new Map(world.groups.map((groupId) => [groupId, { id: groupId, name: "", domains: [] }])),
    policies: new Map(world.policies.map((policy) => [policy.id, policy])),
    people,
  };
}

export type Pair = readonly [a: AccountId, b: AccountId];

/** Different people, drawn from all; ids are copies. */
export function drawPairs(world: World, count: number, seed: number): readonly Pair[] {
  const random = mulberry(seed);
  const one = () => Math.floor(random() * world.people.length);
  const copy = (at: number) => id.account(fresh(world.people[at] ?? ""));
  return Array.from({ length: count }, () => {
    const a = one();
    const b = one();
    return [copy(a), copy(a === b ? (b + 1) % world.people.length : b)] as const;
  });
}

export type DrawnRoom = { readonly inside: readonly AccountId[]; readonly asking: readonly AccountId[] };

/** Meetings of a few teams, so that some may come in and some may not; nobody asks who is inside. */
export function drawRooms(world: World, people: number, rooms: number): readonly DrawnRoom[] {
  const random = mulberry(people * 31 + rooms);
  const byGroup = new Map<number, AccountId[]>();
  world.people.forEach((accountId, at) => {
    const group = world.groupOf[at] ?? -1;
    const team = byGroup.get(group);
    if (team === undefined) byGroup.set(group, [accountId]);
    else team.push(accountId);
  });
  const any = () => Math.floor(random() * world.groups.length);
  return Array.from({ length: rooms }, () => {
    const teams = Array.from({ length: Math.max(1, Math.min(12, people >> 2)) }, any);
    const inside = Array.from({ length: people }, (_, at) => {
      const team = byGroup.get(teams[at % teams.length] ?? 0) ?? [];
      return team[Math.floor(random() * team.length)] ?? world.people[at] ?? id.account("");
    });
    const asking = Array.from({ length: 16 }, () =>
      id.account(fresh(world.people[Math.floor(random() * world.people.length)] ?? "")),
    );
    return { inside, asking: asking.filter((one) => !inside.includes(one)) };
  });
}

/** Public-domain generator of 32 bits; the same numbers everywhere. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
