/**
 * One version of the barriers, compiled for decisions. People with the same groups form a class; a decision is a look
 * into a byte matrix of classes. A new version is a new index: nobody ever decides with half of one.
 */
import type { AccountId, GroupId } from "../ids.ts";
import { allFlags, hardBlock, noFlags, type BarrierMask } from "./flags.ts";
import type { BarrierModel, BarrierPerson } from "./model.ts";

/** A number that means something only to the index that gave it. */
export type BarrierClass = number;

/** Outsiders whom no group names: they carry no flags (BAR-7). */
export const outsiderClass: BarrierClass = 0;
/** People of the organisation without a group (BAR-7). */
export const ungroupedClass: BarrierClass = 1;

export type BarrierIndex = {
  readonly version: number;
  readonly on: boolean;
  /** How many classes there are; classes are 0 … `classes - 1`. */
  readonly classes: number;
  classOfAccount(accountId: AccountId): BarrierClass;
  /** `domain`: of a proved address, lower case; null: nothing was proved. */
  classOfOutsider(domain: string | null): BarrierClass;
  /** The class of somebody whose groups are these; undefined where nobody's are. */
  classOfGroups(groups: readonly GroupId[]): BarrierClass | undefined;
  /** What two different people of these classes cannot do with each other. Symmetric; unknown classes forbid everything. */
  between(a: BarrierClass, b: BarrierClass): BarrierMask;
  /** Whether two different people of these classes may never be in one meeting. */
  hard(a: BarrierClass, b: BarrierClass): boolean;
};

/** Only these count: the primary group, and what is held until a loosening is approved (BAR-2, BAR-6). */
export function countingGroups(person: BarrierPerson | undefined): readonly GroupId[] {
  if (person === undefined) return [];
  const groups = person.primary === null ? person.held : [person.primary, ...person.held];
  return groups.length < 2 ? groups : [...new Set(groups)].toSorted();
}

export function compileBarriers(model: BarrierModel): BarrierIndex {
  const names = nameClasses(model);
  const masks = fillMasks(model, names);
  const size = names.groupsOf.length;
  const between = (a: BarrierClass, b: BarrierClass) => masks[a * size + b] ?? allFlags;
  return {
    version: model.version,
    on: model.rules.on,
    classes: size,
    classOfAccount: (accountId) => names.ofAccount.get(accountId) ?? ungroupedClass,
    classOfOutsider: (domain) =>
      domain === null ? outsiderClass : (names.ofDomain.get(domain) ?? outsiderClass),
    classOfGroups: (groups) => names.byKey.get(keyOf([...new Set(groups)].toSorted())),
    between: model.rules.on ? between : () => noFlags,
    hard: model.rules.on ? (a, b) => (between(a, b) & hardBlock) !== 0 : () => false,
  };
}

type ClassNames = {
  /** Groups of each class, sorted; 0 and 1 have none. */
  readonly groupsOf: readonly (readonly GroupId[])[];
  readonly byKey: ReadonlyMap<string, BarrierClass>;
  readonly ofAccount: ReadonlyMap<AccountId, BarrierClass>;
  readonly ofDomain: ReadonlyMap<string, BarrierClass>;
};

function keyOf(groups: readonly GroupId[]): string {
  return groups.join(" ");
}

/** Every group has a class of its own, members or not; further ones arise where somebody counts in several. */
function nameClasses(model: BarrierModel): ClassNames {
  const groupsOf: (readonly GroupId[])[] = [[], []];
  const byKey = new Map<string, BarrierClass>([["", ungroupedClass]]);
  const intern = (groups: readonly GroupId[]): BarrierClass => {
    const key = keyOf(groups);
    const known = byKey.get(key);
    if (known !== undefined) return known;
    byKey.set(key, groupsOf.length);
    return groupsOf.push(groups) - 1;
  };
  for (const groupId of model.groups.keys()) intern([groupId]);
  for (const policy of model.policies.values()) {
    intern([policy.a]);
    intern([policy.b]);
  }
  const ofAccount = new Map<AccountId, BarrierClass>();
  for (const [accountId, person] of model.people) {
    for (const groupId of countingGroups(person)) intern([groupId]);
    ofAccount.set(accountId, intern(countingGroups(person)));
  }
  const ofDomain = new Map<string, BarrierClass>();
  for (const group of model.groups.values())
    for (const domain of group.domains) {
      const others = groupsOf[ofDomain.get(domain) ?? 0] ?? [];
      ofDomain.set(domain, intern([...new Set([...others, group.id])].toSorted()));
    }
  return { groupsOf, byKey, ofAccount, ofDomain };
}

/** Blocks only add: a pair's mask is the union over all enabled policies that name it (BAR-6). */
function fillMasks(model: BarrierModel, { groupsOf, byKey }: ClassNames): Uint8Array {
  const size = groupsOf.length;
  const masks = new Uint8Array(size * size);
  const add = (a: BarrierClass, b: BarrierClass, mask: BarrierMask) => {
    masks[a * size + b] = (masks[a * size + b] ?? 0) | mask;
    masks[b * size + a] = (masks[b * size + a] ?? 0) | mask;
  };
  const inherit = model.rules.ungrouped === "inherit";
  for (const policy of model.policies.values()) {
    if (!policy.enabled) continue;
    const a = byKey.get(policy.a) ?? ungroupedClass;
    const b = byKey.get(policy.b) ?? ungroupedClass;
    add(a, b, policy.mask);
    if (!inherit) continue;
    add(ungroupedClass, a, policy.mask);
    add(ungroupedClass, b, policy.mask);
    add(ungroupedClass, ungroupedClass, policy.mask);
  }
  const single = (groupId: GroupId) => byKey.get(groupId) ?? ungroupedClass;
  for (let one = 2; one < size; one += 1) {
    const parts = (groupsOf[one] ?? []).map(single);
    if (parts.length < 2) continue;
    for (let other = 0; other < size; other += 1) {
      const others = other < 2 ? [other] : (groupsOf[other] ?? []).map(single);
      for (const a of parts) for (const b of others) add(one, other, masks[a * size + b] ?? 0);
    }
  }
  return masks;
}
