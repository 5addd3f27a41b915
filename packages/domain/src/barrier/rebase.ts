/** A loosening that has waited, put onto what the barriers are by now (BAR-6). */
import type { GroupId } from "../ids.ts";
import { barrierDifference, rulesFields, sameGroup, samePlace, samePolicy, sameRule } from "./difference.ts";
import {
  applyBarrierChanges,
  type BarrierChange,
  type BarrierGroup,
  type BarrierModel,
  type BarrierPerson,
  type BarrierPolicy,
  type BarrierRules,
} from "./model.ts";

/** What a change was made on: null where there was nothing. */
export type ChangeBase =
  | { readonly type: "group"; readonly group: BarrierGroup | null }
  | { readonly type: "policy"; readonly policy: BarrierPolicy | null }
  | { readonly type: "person"; readonly person: BarrierPerson | null }
  | { readonly type: "rules"; readonly rules: BarrierRules };

export type WaitingChange = { readonly change: BarrierChange; readonly base: ChangeBase };

/** `model`: with the restrictions of the same edit in force. */
export function waitingChanges(
  model: BarrierModel,
  later: readonly BarrierChange[],
): readonly WaitingChange[] {
  return later.map((change) => ({ change, base: baseOf(model, change) }));
}

function baseOf(model: BarrierModel, change: BarrierChange): ChangeBase {
  switch (change.type) {
    case "group.put":
      return { type: "group", group: model.groups.get(change.group.id) ?? null };
    case "group.remove":
      return { type: "group", group: model.groups.get(change.groupId) ?? null };
    case "policy.put":
      return { type: "policy", policy: model.policies.get(change.policy.id) ?? null };
    case "policy.remove":
      return { type: "policy", policy: model.policies.get(change.policyId) ?? null };
    case "person.put":
    case "person.remove":
      return { type: "person", person: model.people.get(change.accountId) ?? null };
    case "rules.put":
      return { type: "rules", rules: model.rules };
  }
}

/**
 * Whatever somebody has changed since is left out: the newer word counts, and nothing is loosened that was not seen. Empty
 * where nothing is left.
 */
export function rebaseWaiting(
  model: BarrierModel,
  waiting: readonly WaitingChange[],
): readonly BarrierChange[] {
  const still = waiting.flatMap((one) => stillMeant(model, one) ?? []);
  const next = applyBarrierChanges(model, model.version, still);
  return barrierDifference(model, withNeededGroups(model, next));
}

function stillMeant(model: BarrierModel, { change, base }: WaitingChange): BarrierChange | null {
  const now = baseOf(model, change);
  if (change.type === "rules.put")
    return base.type === "rules"
      ? { ...change, rules: mergedRules(model.rules, base.rules, change.rules) }
      : null;
  return sameBase(now, base) ? change : null;
}

function sameBase(a: ChangeBase, b: ChangeBase): boolean {
  if (a.type === "group" && b.type === "group") return same(a.group, b.group, sameGroup);
  if (a.type === "policy" && b.type === "policy") return same(a.policy, b.policy, samePolicy);
  return a.type === "person" && b.type === "person" && same(a.person, b.person, samePlace);
}

function same<T>(a: T | null, b: T | null, equal: (a: T, b: T) => boolean): boolean {
  return a === null || b === null ? a === b : equal(a, b);
}

/** Only the fields that were asked for, and of these only the ones nobody has touched since. */
function mergedRules(now: BarrierRules, base: BarrierRules, asked: BarrierRules): BarrierRules {
  let rules = now;
  for (const field of rulesFields)
    if (!sameRule(base, asked, field) && sameRule(base, now, field))
      rules = { ...rules, [field]: asked[field] };
  return rules;
}

/** A group that a policy or a person has come to need since stays; who would be put into a group that is gone stays out. */
function withNeededGroups(model: BarrierModel, next: BarrierModel): BarrierModel {
  const groups = new Map(next.groups);
  const keep = (groupId: GroupId): boolean => {
    const before = model.groups.get(groupId);
    if (!groups.has(groupId) && before !== undefined) groups.set(groupId, before);
    return groups.has(groupId);
  };
  const people = new Map(next.people);
  for (const [accountId, person] of next.people) {
    const fits = [...person.groups, ...person.held].map(keep).every(Boolean);
    const before = model.people.get(accountId);
    if (fits) continue;
    if (before === undefined) people.delete(accountId);
    else people.set(accountId, before);
  }
  const policies = new Map(next.policies);
  for (const policy of next.policies.values())
    if (![policy.a, policy.b].map(keep).every(Boolean)) policies.delete(policy.id);
  return { ...next, groups, people, policies };
}
