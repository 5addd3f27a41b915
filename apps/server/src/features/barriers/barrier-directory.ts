/** What pages ask of a model again and again, worked out once for each. */
import {
  countingGroups,
  pairKey,
  type AccountId,
  type BarrierGroup,
  type BarrierMask,
  type BarrierModel,
  type GroupId,
} from "@sekisho/domain";

export type BarrierDirectory = {
  /** By name. */
  readonly groups: readonly BarrierGroup[];
  readonly members: ReadonlyMap<GroupId, number>;
  readonly primaries: ReadonlyMap<GroupId, number>;
  readonly policies: ReadonlyMap<GroupId, number>;
  /** By `pairKey`: what enabled policies forbid two groups. */
  readonly masks: ReadonlyMap<string, BarrierMask>;
  /** People of whom at least one group counts. */
  readonly grouped: readonly AccountId[];
  /** How many people have a group that does not count and that an enabled policy names (BAR-2). */
  readonly otherGroupsMatter: number;
};

const known = new WeakMap<BarrierModel, BarrierDirectory>();

export function directoryOf(model: BarrierModel): BarrierDirectory {
  const found = known.get(model) ?? workOut(model);
  known.set(model, found);
  return found;
}

export function maskBetween(model: BarrierModel, a: GroupId, b: GroupId): BarrierMask {
  return directoryOf(model).masks.get(pairKey(a, b)) ?? 0;
}

/** People whose further groups are among these (BAR-2). */
export function peopleBeside(model: BarrierModel, named: ReadonlySet<GroupId>): readonly AccountId[] {
  const found: AccountId[] = [];
  for (const [accountId, person] of model.people) {
    const counting = countingGroups(person);
    if (person.groups.some((one) => named.has(one) && !counting.includes(one))) found.push(accountId);
  }
  return found;
}

function workOut(model: BarrierModel): BarrierDirectory {
  const collator = new Intl.Collator("ja");
  const members = new Map<GroupId, number>();
  const primaries = new Map<GroupId, number>();
  const policies = new Map<GroupId, number>();
  const masks = new Map<string, BarrierMask>();
  const grouped: AccountId[] = [];
  const named = new Set<GroupId>();
  const count = (counts: Map<GroupId, number>, key: GroupId) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { a, b, enabled, mask } of model.policies.values()) {
    for (const side of new Set([a, b])) count(policies, side);
    if (!enabled) continue;
    named.add(a).add(b);
    masks.set(pairKey(a, b), (masks.get(pairKey(a, b)) ?? 0) | mask);
  }
  for (const [accountId, person] of model.people) {
    for (const groupId of new Set([...person.groups, ...person.held])) count(members, groupId);
    if (person.primary !== null) count(primaries, person.primary);
    if (countingGroups(person).length > 0) grouped.push(accountId);
  }
  const groups = [...model.groups.values()].toSorted(
    (a, b) => collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1),
  );
  const otherGroupsMatter = peopleBeside(model, named).length;
  return { groups, members, primaries, policies, masks, grouped, otherGroupsMatter };
}

/** What people type into a search box against what stands in a list. */
export function matches(q: string, ...texts: readonly string[]): boolean {
  const wanted = fold(q);
  return wanted === "" || texts.some((text) => fold(text).includes(wanted));
}

function fold(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}
