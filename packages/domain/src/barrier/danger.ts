/** What makes a sync look broken rather than meant (BAR-6): an empty export is the commonest failure there is. */
import type { AccountId, GroupId } from "../ids.ts";
import { countingGroups } from "./barrier-index.ts";
import type { BarrierGroup, BarrierModel, BarrierPerson } from "./model.ts";

export const barrierDangers = [
  "many_ungrouped",
  "group_emptied",
  "policy_disabled",
  "flags_cleared",
  "policy_removed",
  "group_removed",
  "domain_removed",
] as const;
export type BarrierDanger = (typeof barrierDangers)[number];

/** More than this share of the people in policies leaving their group, for whichever other one, is not an ordinary day's work. */
const manyUngrouped = 0.05;

/** Empty while barriers are off: there is nothing to take away. */
export function dangersOf(current: BarrierModel, wanted: BarrierModel): readonly BarrierDanger[] {
  if (!current.rules.on) return [];
  const found = new Set<BarrierDanger>();
  const named = namedGroups(current);
  let inPolicies = 0;
  let ungrouped = 0;
  for (const [accountId, person] of current.people) {
    const walled = countingGroups(person).filter((groupId) => named.has(groupId));
    if (walled.length === 0) continue;
    inPolicies += 1;
    const next = countingGroups(wanted.people.get(accountId));
    if (walled.some((groupId) => !next.includes(groupId))) ungrouped += 1;
  }
  if (ungrouped > inPolicies * manyUngrouped) found.add("many_ungrouped");
  for (const groupId of emptied(current, wanted))
    found.add(wanted.groups.has(groupId) ? "group_emptied" : "group_removed");
  for (const groupId of named) {
    const after = wanted.groups.get(groupId);
    if (after === undefined) found.add("group_removed");
    else if (losesDomain(current.groups.get(groupId), after)) found.add("domain_removed");
  }
  for (const before of current.policies.values()) {
    if (!before.enabled) continue;
    const after = wanted.policies.get(before.id);
    if (after === undefined) found.add("policy_removed");
    else if (!after.enabled) found.add("policy_disabled");
    else if ((before.mask & ~after.mask) !== 0) found.add("flags_cleared");
  }
  return barrierDangers.filter((one) => found.has(one));
}

function namedGroups(model: BarrierModel): ReadonlySet<GroupId> {
  const named = new Set<GroupId>();
  for (const { enabled, a, b } of model.policies.values()) if (enabled) named.add(a).add(b);
  return named;
}

function emptied(current: BarrierModel, wanted: BarrierModel): ReadonlySet<GroupId> {
  const before = peopled(current.people);
  for (const groupId of peopled(wanted.people)) before.delete(groupId);
  return before;
}

/** Whoever is held in a group is in it: the same sync a second time is as dangerous as the first. */
function peopled(people: ReadonlyMap<AccountId, BarrierPerson>): Set<GroupId> {
  const groups = new Set<GroupId>();
  for (const person of people.values()) for (const groupId of countingGroups(person)) groups.add(groupId);
  return groups;
}

function losesDomain(before: BarrierGroup | undefined, after: BarrierGroup): boolean {
  return before?.domains.some((domain) => !after.domains.includes(domain)) === true;
}
