/** What an edit would make of the barriers, and what stands against it. */
import type { AccountId, GroupId } from "../ids.ts";
import { applyBarrierChanges, type BarrierChange, type BarrierModel, type BarrierPerson } from "./model.ts";

export const barrierProblems = [
  "group_unknown",
  "group_in_use",
  "policy_unknown",
  "policy_exists",
  /** A policy is its pair: another pair is another policy. */
  "policy_pair_fixed",
  "person_unknown",
  "primary_not_member",
  "manual_edits_off",
  "name_taken",
  "domain_taken",
  /** BAR-8: an address of the organisation itself must sign in. */
  "address_of_own_organisation",
] as const;
export type BarrierProblem = (typeof barrierProblems)[number];

export type WantedBarriers = {
  /** With the version of `model`. */
  readonly wanted: BarrierModel;
  readonly problems: readonly BarrierProblem[];
};

/**
 * A group that goes takes along the policies of it that are off, and leaves its people without it. `held` in an edit counts
 * for nothing: what is held is not for those who edit to say. Accounts are not looked up here.
 */
export function wantedBarriers(model: BarrierModel, changes: readonly BarrierChange[]): WantedBarriers {
  const asked = applyBarrierChanges(model, model.version, changes.map(withoutHeld));
  const removed = removedGroups(model, asked);
  const wanted = removed.size === 0 ? asked : withoutGroups(asked, removed);
  const problems = new Set<BarrierProblem>();
  for (const change of changes)
    if (change.type === "policy.remove" && !model.policies.has(change.policyId))
      problems.add("policy_unknown");
    else if (change.type === "group.remove" && !model.groups.has(change.groupId))
      problems.add("group_unknown");
  for (const problem of [
    ...policyProblems(model, asked, wanted),
    ...groupProblems(model, wanted),
    ...personProblems(model, wanted),
  ])
    problems.add(problem);
  return { wanted, problems: barrierProblems.filter((one) => problems.has(one)) };
}

function withoutHeld(change: BarrierChange): BarrierChange {
  if (change.type !== "person.put" || change.person.held.length === 0) return change;
  return { ...change, person: { ...change.person, held: [] } };
}

function removedGroups(model: BarrierModel, asked: BarrierModel): ReadonlySet<GroupId> {
  return new Set([...model.groups.keys()].filter((groupId) => !asked.groups.has(groupId)));
}

function withoutGroups(model: BarrierModel, removed: ReadonlySet<GroupId>): BarrierModel {
  const policies = new Map(model.policies);
  for (const [policyId, { a, b, enabled }] of model.policies)
    if (!enabled && (removed.has(a) || removed.has(b))) policies.delete(policyId);
  const people = new Map(model.people);
  for (const [accountId, person] of model.people)
    if ([...person.groups, ...person.held].some((groupId) => removed.has(groupId)))
      people.set(accountId, personWithout(person, removed));
  return { ...model, policies, people };
}

function personWithout(person: BarrierPerson, removed: ReadonlySet<GroupId>): BarrierPerson {
  const stays = (groupId: GroupId) => !removed.has(groupId);
  return {
    groups: person.groups.filter(stays),
    primary: person.primary !== null && stays(person.primary) ? person.primary : null,
    held: person.held.filter(stays),
  };
}

/** The same for a pair in either order. */
export function pairKey(a: GroupId, b: GroupId): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function* policyProblems(
  model: BarrierModel,
  asked: BarrierModel,
  wanted: BarrierModel,
): Generator<BarrierProblem> {
  for (const { a, b, enabled } of asked.policies.values())
    if (enabled && !(wanted.groups.has(a) && wanted.groups.has(b)))
      yield model.groups.has(a) && model.groups.has(b) ? "group_in_use" : "group_unknown";
  if (model.policies === wanted.policies) return;
  const byPair = new Map<string, number>();
  for (const { a, b } of wanted.policies.values()) {
    const key = pairKey(a, b);
    byPair.set(key, (byPair.get(key) ?? 0) + 1);
  }
  for (const policy of wanted.policies.values()) {
    const before = model.policies.get(policy.id);
    if (before === policy) continue;
    if (!wanted.groups.has(policy.a) || !wanted.groups.has(policy.b)) yield "group_unknown";
    const key = pairKey(policy.a, policy.b);
    if (before !== undefined && pairKey(before.a, before.b) !== key) yield "policy_pair_fixed";
    if (before === undefined && (byPair.get(key) ?? 0) > 1) yield "policy_exists";
  }
}

/** As people read it: two names that only differ in width or case are one. */
export function groupNameKey(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}

function* groupProblems(model: BarrierModel, wanted: BarrierModel): Generator<BarrierProblem> {
  if (model.groups === wanted.groups) return;
  const names = new Map<string, number>();
  const domains = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const group of wanted.groups.values()) {
    count(names, groupNameKey(group.name));
    for (const domain of new Set(group.domains)) count(domains, domain);
  }
  for (const group of wanted.groups.values()) {
    const before = model.groups.get(group.id);
    if (before === group) continue;
    if (before?.name !== group.name && (names.get(groupNameKey(group.name)) ?? 0) > 1) yield "name_taken";
    const added = group.domains.filter((domain) => before?.domains.includes(domain) !== true);
    if (added.some((domain) => (domains.get(domain) ?? 0) > 1)) yield "domain_taken";
  }
}

function* personProblems(model: BarrierModel, wanted: BarrierModel): Generator<BarrierProblem> {
  if (model.people === wanted.people) return;
  for (const [accountId, person] of wanted.people) {
    if (model.people.get(accountId) === person) continue;
    if (person.groups.some((groupId) => !wanted.groups.has(groupId))) yield "group_unknown";
    if (person.primary !== null && !person.groups.includes(person.primary)) yield "primary_not_member";
  }
}

/** Accounts that a change puts where they were not; whoever calls checks that they exist. */
export function namedAccounts(model: BarrierModel, wanted: BarrierModel): readonly AccountId[] {
  if (model.people === wanted.people) return [];
  return [...wanted.people.keys()].filter((accountId) => !model.people.has(accountId));
}
