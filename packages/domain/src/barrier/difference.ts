/** From one state of the barriers to another, as the fewest changes. */
import type { AuthenticationException, BarrierChange, BarrierGroup, BarrierModel } from "./model.ts";
import type { BarrierPerson, BarrierPolicy, BarrierRules } from "./model.ts";

export function sameGroup(a: BarrierGroup, b: BarrierGroup): boolean {
  return a === b || (a.id === b.id && a.name === b.name && sameSet(a.domains, b.domains));
}

export function samePolicy(a: BarrierPolicy, b: BarrierPolicy): boolean {
  if (a === b) return true;
  const same = a.id === b.id && a.name === b.name && a.a === b.a && a.b === b.b;
  return same && a.enabled === b.enabled && a.mask === b.mask;
}

export function samePlace(a: BarrierPerson, b: BarrierPerson): boolean {
  return a === b || (a.primary === b.primary && sameSet(a.groups, b.groups) && sameSet(a.held, b.held));
}

export function sameRules(a: BarrierRules, b: BarrierRules): boolean {
  return a === b || rulesFields.every((field) => sameRule(a, b, field));
}

export const rulesFields = [
  "on",
  "ungrouped",
  "manualGroupEdits",
  "joinBeforeHost",
  "exceptions",
  "secondPerson",
  "staleLimits",
] as const satisfies readonly (keyof BarrierRules)[];

export function sameRule(a: BarrierRules, b: BarrierRules, field: keyof BarrierRules): boolean {
  if (field === "exceptions") return sameSet(a.exceptions.map(exceptionKey), b.exceptions.map(exceptionKey));
  if (field !== "staleLimits") return a[field] === b[field];
  const [one, other] = [a.staleLimits, b.staleLimits];
  return one.denyNewAfter === other.denyNewAfter && one.closeAfter === other.closeAfter;
}

export function exceptionKey({ kind, value }: AuthenticationException): string {
  return `${kind}:${value}`;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  const known = new Set(a);
  return b.every((one) => known.has(one));
}

/** Folding these onto `from` gives `to`, but for the version. Empty where they say the same. */
export function barrierDifference(from: BarrierModel, to: BarrierModel): readonly BarrierChange[] {
  const changes: BarrierChange[] = [];
  if (!sameRules(from.rules, to.rules)) changes.push({ type: "rules.put", rules: to.rules });
  // A map that nothing has touched is the same object: large organisations change a little at a time.
  if (from.groups !== to.groups)
    for (const [groupId, group] of to.groups) {
      const before = from.groups.get(groupId);
      if (before === undefined || !sameGroup(before, group)) changes.push({ type: "group.put", group });
    }
  if (from.policies !== to.policies)
    for (const [policyId, policy] of to.policies) {
      const before = from.policies.get(policyId);
      if (before === undefined || !samePolicy(before, policy)) changes.push({ type: "policy.put", policy });
    }
  if (from.people !== to.people)
    for (const [accountId, person] of to.people) {
      const before = from.people.get(accountId);
      if (before === undefined || !samePlace(before, person))
        changes.push({ type: "person.put", accountId, person });
    }
  for (const removal of removals(from, to)) changes.push(removal);
  return changes;
}

function* removals(from: BarrierModel, to: BarrierModel): Generator<BarrierChange> {
  if (from.people !== to.people)
    for (const accountId of from.people.keys())
      if (!to.people.has(accountId)) yield { type: "person.remove", accountId };
  if (from.policies !== to.policies)
    for (const policyId of from.policies.keys())
      if (!to.policies.has(policyId)) yield { type: "policy.remove", policyId };
  if (from.groups !== to.groups)
    for (const groupId of from.groups.keys())
      if (!to.groups.has(groupId)) yield { type: "group.remove", groupId };
}
