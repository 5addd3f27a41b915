/**
 * What of an edit restricts and what loosens (BAR-6). Restrictions act at once; loosenings may wait for a second person,
 * and until then everything that could not be done before still cannot be done.
 */
import type { AccountId, BarrierPolicyId, GroupId } from "../ids.ts";
import { countingGroups } from "./barrier-index.ts";
import { barrierDifference, exceptionKey } from "./difference.ts";
import type {
  BarrierChange,
  BarrierGroup,
  BarrierModel,
  BarrierPerson,
  BarrierPolicy,
  BarrierRules,
} from "./model.ts";
import { relationOf, type GroupRelation } from "./relation.ts";

export type BarrierSplit = {
  readonly now: readonly BarrierChange[];
  readonly later: readonly BarrierChange[];
};

export type SplitOptions = {
  /**
   * For a sync that looks broken: who would lose the primary group keeps it until that is approved, too. Without this,
   * people without a group are cut off at once, as BAR-7 says, and an empty export would end every meeting.
   */
  readonly holdUngrouping?: boolean;
};

/**
 * For any two people, and outsiders by domain: after `now` everything is forbidden that was forbidden before and that is
 * forbidden under `wanted`; after `later` as well, the state is `wanted`. Of a policy both sides are as before: another
 * pair is another policy.
 */
export function splitLoosening(
  current: BarrierModel,
  wanted: BarrierModel,
  options: SplitOptions = {},
): BarrierSplit {
  // Nothing is forbidden while barriers are off, so nothing can be loosened.
  if (!current.rules.on) return { now: barrierDifference(current, wanted), later: [] };
  const rules = stricterRules(current.rules, wanted.rules);
  const policies = stricterPolicies(current, wanted);
  const relation = relationOf(policies.values(), rules.ungrouped);
  const people = heldPeople(current, wanted, relation, options);
  const groups = keptGroups({ current, wanted, policies, people, relation });
  const strict: BarrierModel = { version: current.version, rules, policies, people, groups };
  return { now: barrierDifference(current, strict), later: barrierDifference(strict, wanted) };
}

/**
 * What `wanted` says, but whoever is held in a group stays held in it. The answer to a sync that is no loosening in itself:
 * it knows nothing of what is held, and only an approval lets go.
 */
export function keepHeld(current: BarrierModel, wanted: BarrierModel): BarrierModel {
  if (![...current.people.values()].some(({ held }) => held.length > 0)) return wanted;
  const people = new Map(wanted.people);
  for (const [accountId, { held }] of current.people) {
    if (held.length === 0) continue;
    const after = wanted.people.get(accountId) ?? nobody;
    const next = countingGroups(after);
    // Without a group everything is forbidden that a group could forbid (BAR-7).
    if (next.length === 0 && wanted.rules.ungrouped === "inherit") continue;
    const kept = held.filter((groupId) => !next.includes(groupId));
    if (kept.length > 0) people.set(accountId, { ...after, held: [...after.held, ...kept].toSorted() });
  }
  const groups = new Map(wanted.groups);
  for (const groupId of neededGroups(wanted.policies, people)) {
    const before = current.groups.get(groupId);
    if (before !== undefined && !groups.has(groupId)) groups.set(groupId, before);
  }
  return { ...wanted, people, groups };
}

/** Field by field the one that lets less happen. Whether a second person is asked at all is such a field, too. */
export function stricterRules(current: BarrierRules, wanted: BarrierRules): BarrierRules {
  const asked = ["never", "auto", "always"] as const;
  const known = new Set(current.exceptions.map(exceptionKey));
  const strictest = Math.max(asked.indexOf(current.secondPerson), asked.indexOf(wanted.secondPerson));
  return {
    on: current.on || wanted.on,
    ungrouped: current.ungrouped === "inherit" ? "inherit" : wanted.ungrouped,
    manualGroupEdits: wanted.manualGroupEdits,
    joinBeforeHost: current.joinBeforeHost === "lockedOff" ? "lockedOff" : wanted.joinBeforeHost,
    exceptions: wanted.exceptions.filter((one) => known.has(exceptionKey(one))),
    secondPerson: asked[strictest] ?? "always",
    staleLimits: {
      denyNewAfter: shorter(current.staleLimits.denyNewAfter, wanted.staleLimits.denyNewAfter),
      closeAfter: shorter(current.staleLimits.closeAfter, wanted.staleLimits.closeAfter),
    },
  };
}

function shorter(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** Turned off, taken away or with fewer flags: stays as it is. */
function stricterPolicies(
  current: BarrierModel,
  wanted: BarrierModel,
): ReadonlyMap<BarrierPolicyId, BarrierPolicy> {
  if (current.policies === wanted.policies) return current.policies;
  const policies = new Map(wanted.policies);
  for (const [policyId, before] of current.policies) {
    if (!before.enabled) continue;
    const after = wanted.policies.get(policyId);
    if (after === undefined) policies.set(policyId, before);
    else if (!after.enabled) policies.set(policyId, { ...after, enabled: true, mask: before.mask });
    else if ((before.mask & ~after.mask) !== 0)
      policies.set(policyId, { ...after, mask: before.mask | after.mask });
  }
  return policies;
}

const nobody: BarrierPerson = { groups: [], primary: null, held: [] };

/** Whoever leaves a group for one that forbids less counts in both. */
function heldPeople(
  current: BarrierModel,
  wanted: BarrierModel,
  relation: GroupRelation,
  options: SplitOptions,
): ReadonlyMap<AccountId, BarrierPerson> {
  if (current.people === wanted.people) return wanted.people;
  const people = new Map(wanted.people);
  const settle = (accountId: AccountId, before: BarrierPerson | undefined) => {
    const after = wanted.people.get(accountId);
    if (before === after) return;
    const held = heldPerson(before ?? nobody, after ?? nobody, relation, options);
    if (held === after || (after === undefined && held === nobody)) return;
    if (held === nobody) people.delete(accountId);
    else people.set(accountId, held);
  };
  for (const [accountId, before] of current.people) settle(accountId, before);
  for (const accountId of wanted.people.keys())
    if (!current.people.has(accountId)) settle(accountId, undefined);
  return people;
}

function heldPerson(
  before: BarrierPerson,
  after: BarrierPerson,
  relation: GroupRelation,
  options: SplitOptions,
): BarrierPerson {
  const old = countingGroups(before);
  const next = countingGroups(after);
  if (options.holdUngrouping === true && old.length > 0 && next.length === 0) return before;
  if (relation.dominates(next, old)) return after;
  // Without a group, under the rule that this forbids most: there is no group to be kept in, so the person waits outside.
  if (old.length === 0) return before;
  const kept = old.filter((groupId) => !next.includes(groupId) && !relation.dominates(next, [groupId]));
  return { ...after, held: [...new Set([...after.held, ...kept])].toSorted() };
}

type Kept = {
  readonly current: BarrierModel;
  readonly wanted: BarrierModel;
  readonly policies: ReadonlyMap<BarrierPolicyId, BarrierPolicy>;
  readonly people: ReadonlyMap<AccountId, BarrierPerson>;
  readonly relation: GroupRelation;
};

/** A group stays while a policy or a person needs it, and a domain while its people would be freed by leaving. */
function keptGroups({
  current,
  wanted,
  policies,
  people,
  relation,
}: Kept): ReadonlyMap<GroupId, BarrierGroup> {
  if (current.groups === wanted.groups) return current.groups;
  const groups = new Map(wanted.groups);
  const needed = neededGroups(policies, people);
  const owners = ownersOf(wanted.groups.values());
  for (const [groupId, before] of current.groups) {
    const after = wanted.groups.get(groupId);
    if (after === undefined) {
      if (needed.has(groupId)) groups.set(groupId, before);
      continue;
    }
    const left = before.domains.filter((domain) => !after.domains.includes(domain));
    const freed = left.filter((domain) => {
      const others = owners.get(domain) ?? [];
      return others.length === 0 ? relation.isNamed(groupId) : !relation.dominates(others, [groupId]);
    });
    if (freed.length > 0) groups.set(groupId, { ...after, domains: [...after.domains, ...freed] });
  }
  return groups;
}

function neededGroups(
  policies: ReadonlyMap<BarrierPolicyId, BarrierPolicy>,
  people: ReadonlyMap<AccountId, BarrierPerson>,
): ReadonlySet<GroupId> {
  const needed = new Set<GroupId>();
  for (const { a, b } of policies.values()) needed.add(a).add(b);
  for (const { groups, held } of people.values()) for (const one of [...groups, ...held]) needed.add(one);
  return needed;
}

function ownersOf(groups: Iterable<BarrierGroup>): ReadonlyMap<string, readonly GroupId[]> {
  const owners = new Map<string, GroupId[]>();
  for (const { id, domains } of groups)
    for (const domain of domains) owners.set(domain, [...(owners.get(domain) ?? []), id]);
  return owners;
}
