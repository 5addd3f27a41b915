/** Random barriers of a small world: few names, so that everything meets everything. */
import fc from "fast-check";
import {
  applyBarrierChanges,
  emptyBarriers,
  id,
  initialRules,
  type AccountId,
  type BarrierChange,
  type BarrierModel,
  type GroupId,
} from "@sekisho/domain";
import type { NaiveParty } from "./naive-barriers.ts";

const groupNames = ["ga", "gb", "gc", "gd", "ge"];
const policyNames = ["p0", "p1", "p2", "p3", "p4", "p5"];
const accountNames = ["a0", "a1", "a2", "a3", "a4", "a5", "nobody"];
const domainNames = ["bank.example", "shop.example"];

/** Everybody of that world, and more: an account that no model knows, an outsider who proved nothing or elsewhere. */
export const parties: readonly NaiveParty[] = [
  ...accountNames.map((account) => ({ account })),
  ...[...domainNames, "elsewhere.example", null].map((domain) => ({ domain })),
];

const groupId = fc.constantFrom<GroupId>(...groupNames.map(id.group));
const accountId = fc.constantFrom<AccountId>(...accountNames.slice(0, -1).map(id.account));
const policyId = fc.constantFrom(...policyNames.map(id.barrierPolicy));

const groupPut: fc.Arbitrary<BarrierChange> = fc
  .tuple(groupId, fc.subarray(domainNames))
  .map(([group, domains]) => ({ type: "group.put", group: { id: group, name: group, domains } }));

export const policyPut: fc.Arbitrary<BarrierChange> = fc
  .record({
    id: policyId,
    name: fc.constant(""),
    a: groupId,
    b: groupId,
    enabled: fc.boolean(),
    mask: fc.integer({ min: 0, max: 255 }),
  })
  .map((policy) => ({ type: "policy.put", policy }));

const personPut: fc.Arbitrary<BarrierChange> = fc
  .tuple(accountId, fc.option(groupId), fc.uniqueArray(groupId, { maxLength: 2 }))
  .map(([who, primary, held]) => ({
    type: "person.put",
    accountId: who,
    person: { groups: primary === null ? [] : [primary], primary, held },
  }));

const rulesPut: fc.Arbitrary<BarrierChange> = fc
  .record({ on: fc.boolean(), ungrouped: fc.constantFrom("inherit" as const, "unrestricted" as const) })
  .map((rules) => ({ type: "rules.put", rules: { ...initialRules, ...rules } }));

export const barrierChange: fc.Arbitrary<BarrierChange> = fc.oneof(
  { weight: 4, arbitrary: policyPut },
  { weight: 2, arbitrary: policyId.map((one): BarrierChange => ({ type: "policy.remove", policyId: one })) },
  { weight: 4, arbitrary: personPut },
  {
    weight: 1,
    arbitrary: accountId.map((one): BarrierChange => ({ type: "person.remove", accountId: one })),
  },
  { weight: 3, arbitrary: groupPut },
  { weight: 1, arbitrary: groupId.map((one): BarrierChange => ({ type: "group.remove", groupId: one })) },
  { weight: 1, arbitrary: rulesPut },
);

/** Mostly switched on. A policy may name a group that has gone, and a person be in one: they block on (BAR-6). */
export const barrierModel: fc.Arbitrary<BarrierModel> = fc
  .tuple(
    fc.array(fc.oneof(groupPut, personPut, policyPut), { maxLength: 30 }),
    fc.record({
      on: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
      ungrouped: fc.constantFrom("inherit" as const, "unrestricted" as const),
    }),
  )
  .map(([changes, rules]) =>
    applyBarrierChanges(emptyBarriers, 1, [
      ...changes,
      { type: "rules.put", rules: { ...initialRules, ...rules } },
    ]),
  );
