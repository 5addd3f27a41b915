/**
 * What the organisation has laid down about its walls, as one value with one version. It is the fold of its changes,
 * so that any version can be made again from the log (BAR-15), and nothing in between two versions is ever seen.
 */
import type { AccountId, BarrierPolicyId, GroupId } from "../ids.ts";
import type { BarrierMask } from "./flags.ts";

export type BarrierGroup = {
  readonly id: GroupId;
  readonly name: string;
  /** People without an account whose proved address ends in one of these count in this group (BAR-7). Lower case. */
  readonly domains: readonly string[];
};

/** Unordered: `a` and `b` are only the order in which it was written. `a === b`: between different members. */
export type BarrierPolicy = {
  readonly id: BarrierPolicyId;
  readonly name: string;
  readonly a: GroupId;
  readonly b: GroupId;
  readonly enabled: boolean;
  readonly mask: BarrierMask;
};

/** A person's groups. Only `primary` counts (BAR-2), and what is `held` from before until a loosening is approved (BAR-6). */
export type BarrierPerson = {
  readonly groups: readonly GroupId[];
  readonly primary: GroupId | null;
  readonly held: readonly GroupId[];
};

/** An outsider who joins without an account after proving the address by code (BAR-8). Lower case. */
export type AuthenticationException = { readonly kind: "address" | "domain"; readonly value: string };

export type BarrierRules = {
  readonly on: boolean;
  /** What people without a group are (BAR-7). */
  readonly ungrouped: "inherit" | "unrestricted";
  /** BAR-9: groups by hand while barriers are on. */
  readonly manualGroupEdits: boolean;
  /** BAR-8: join before host stays locked off unless an administrator said otherwise, knowing what breaks. */
  readonly joinBeforeHost: "lockedOff" | "unlocked";
  readonly exceptions: readonly AuthenticationException[];
  /** BAR-6: `auto`: as soon as two people may edit barriers. */
  readonly secondPerson: "auto" | "always" | "never";
  /** BAR-10, minutes since the last good contact with a pulled source; null: no limit. */
  readonly staleLimits: { readonly denyNewAfter: number | null; readonly closeAfter: number | null };
};

export type BarrierModel = {
  readonly version: number;
  readonly rules: BarrierRules;
  readonly groups: ReadonlyMap<GroupId, BarrierGroup>;
  readonly policies: ReadonlyMap<BarrierPolicyId, BarrierPolicy>;
  readonly people: ReadonlyMap<AccountId, BarrierPerson>;
};

export type BarrierChange =
  | { readonly type: "group.put"; readonly group: BarrierGroup }
  | { readonly type: "group.remove"; readonly groupId: GroupId }
  | { readonly type: "policy.put"; readonly policy: BarrierPolicy }
  | { readonly type: "policy.remove"; readonly policyId: BarrierPolicyId }
  | { readonly type: "person.put"; readonly accountId: AccountId; readonly person: BarrierPerson }
  | { readonly type: "person.remove"; readonly accountId: AccountId }
  | { readonly type: "rules.put"; readonly rules: BarrierRules };

export const initialRules: BarrierRules = {
  on: false,
  ungrouped: "inherit",
  manualGroupEdits: false,
  joinBeforeHost: "lockedOff",
  exceptions: [],
  secondPerson: "auto",
  staleLimits: { denyNewAfter: null, closeAfter: null },
};

export const emptyBarriers: BarrierModel = {
  version: 0,
  rules: initialRules,
  groups: new Map(),
  policies: new Map(),
  people: new Map(),
};

/** The next version. Pure; a map that no change touches is the same object as before. */
export function applyBarrierChanges(
  model: BarrierModel,
  version: number,
  changes: readonly BarrierChange[],
): BarrierModel {
  const kinds = new Set(changes.map((change) => change.type.slice(0, change.type.indexOf("."))));
  const groups = new Map(kinds.has("group") ? model.groups : []);
  const policies = new Map(kinds.has("policy") ? model.policies : []);
  const people = new Map(kinds.has("person") ? model.people : []);
  let { rules } = model;
  for (const change of changes)
    if (change.type === "group.put") groups.set(change.group.id, change.group);
    else if (change.type === "group.remove") groups.delete(change.groupId);
    else if (change.type === "policy.put") policies.set(change.policy.id, change.policy);
    else if (change.type === "policy.remove") policies.delete(change.policyId);
    else if (change.type === "person.put") people.set(change.accountId, change.person);
    else if (change.type === "person.remove") people.delete(change.accountId);
    else rules = change.rules;
  return {
    version,
    rules,
    groups: kinds.has("group") ? groups : model.groups,
    policies: kinds.has("policy") ? policies : model.policies,
    people: kinds.has("person") ? people : model.people,
  };
}
