import fc from "fast-check";
import { expect, test } from "vitest";
import { id } from "../unsafe.ts";
import { dangersOf } from "./danger.ts";
import { barrierDifference } from "./difference.ts";
import { allFlags, maskOf, noFlags, type BarrierMask } from "./flags.ts";
import { splitLoosening } from "./loosening.ts";
import {
  applyBarrierChanges,
  emptyBarriers,
  initialRules,
  type BarrierChange,
  type BarrierModel,
  type BarrierPolicy,
} from "./model.ts";
import { rebaseWaiting, waitingChanges } from "./rebase.ts";
import { wantedBarriers } from "./wanted.ts";

const groupIds = ["g1", "g2", "g3", "g4"].map(id.group);
const accountIds = ["u1", "u2", "u3", "u4", "u5"].map(id.account);
const domains = ["a.example", "b.example"];

/** The rule itself, pair by pair, as BAR-2, BAR-6 and BAR-7 say it. Shares nothing with what is tested. */
function flagsBetween(
  model: BarrierModel,
  one: readonly string[] | "ungrouped",
  other: typeof one,
): BarrierMask {
  if (!model.rules.on) return noFlags;
  let mask = noFlags;
  for (const { enabled, mask: flags, a, b } of model.policies.values()) {
    if (!enabled) continue;
    const has = (side: typeof one, group: string) => side !== "ungrouped" && side.includes(group);
    const inherits = (side: typeof one) => side === "ungrouped" && model.rules.ungrouped === "inherit";
    const names = (side: typeof one) => has(side, a) || has(side, b);
    if ((has(one, a) && has(other, b)) || (has(one, b) && has(other, a))) mask |= flags;
    if (inherits(one) && (inherits(other) || names(other))) mask |= flags;
    if (inherits(other) && names(one)) mask |= flags;
  }
  return mask;
}

/** Everybody there is: accounts, and an outsider of each domain. */
function sides(model: BarrierModel): readonly (readonly string[] | "ungrouped")[] {
  const accounts = accountIds.map((accountId) => {
    const person = model.people.get(accountId);
    const counting = [
      ...(person?.held ?? []),
      ...(typeof person?.primary === "string" ? [person.primary] : []),
    ];
    return counting.length === 0 ? "ungrouped" : counting;
  });
  const outsiders = [...domains, "elsewhere.example"].map((domain) =>
    [...model.groups.values()].filter((group) => group.domains.includes(domain)).map((group) => group.id),
  );
  return [...accounts, ...outsiders];
}

function everyPair(model: BarrierModel): readonly BarrierMask[] {
  const all = sides(model);
  return all.flatMap((one) => all.map((other) => flagsBetween(model, one, other)));
}

const anyPolicy = (index: number) =>
  fc.record({
    id: fc.constant(id.barrierPolicy(`p${index}`)),
    name: fc.constant(""),
    // A policy's pair is fixed by its id here, as it is for those who edit.
    a: fc.constant(groupIds[index % 4] ?? id.group("g1")),
    b: fc.constant(groupIds[(index * 2 + 1) % 4] ?? id.group("g1")),
    enabled: fc.boolean(),
    mask: fc.constantFrom(0, 1, 2, 3, 8, 255),
  });

const anyPerson = fc
  .record({
    groups: fc.subarray(groupIds),
    primary: fc.option(fc.nat(3)),
    held: fc.subarray(groupIds, { maxLength: 2 }),
  })
  .map(({ groups, primary, held }) => ({
    groups,
    primary: primary === null ? null : (groups[primary % Math.max(1, groups.length)] ?? null),
    held,
  }));

const anyRules = fc.record({
  on: fc.boolean(),
  ungrouped: fc.constantFrom("inherit" as const, "unrestricted" as const),
  manualGroupEdits: fc.boolean(),
  joinBeforeHost: fc.constantFrom("lockedOff" as const, "unlocked" as const),
  exceptions: fc.subarray([
    { kind: "domain" as const, value: "partner.example" },
    { kind: "address" as const, value: "oba@example.com" },
  ]),
  secondPerson: fc.constantFrom("auto" as const, "always" as const, "never" as const),
  staleLimits: fc.record({
    denyNewAfter: fc.constantFrom(null, 5, 60),
    closeAfter: fc.constantFrom(null, 5, 60),
  }),
});

const anyState = fc
  .record({
    rules: anyRules,
    policies: fc.tuple(...[0, 1, 2, 3, 4].map((index) => fc.option(anyPolicy(index)))),
    people: fc.tuple(...accountIds.map(() => fc.option(anyPerson))),
    domains: fc.tuple(...groupIds.map(() => fc.subarray(domains))),
  })
  .map((parts): BarrierModel => {
    const changes: BarrierChange[] = [{ type: "rules.put", rules: parts.rules }];
    groupIds.forEach((groupId, index) => {
      const group = { id: groupId, name: groupId, domains: parts.domains[index] ?? [] };
      changes.push({ type: "group.put", group });
    });
    for (const policy of parts.policies) if (policy !== null) changes.push({ type: "policy.put", policy });
    parts.people.forEach((person, index) => {
      const accountId = accountIds[index];
      if (person !== null && accountId !== undefined) changes.push({ type: "person.put", accountId, person });
    });
    return applyBarrierChanges(emptyBarriers, 1, changes);
  });

const on = (model: BarrierModel): BarrierModel => ({ ...model, rules: { ...model.rules, on: true } });

test("[BAR-6] until it is approved, an edit forbids what was forbidden and what it asks to forbid", () => {
  fc.assert(
    fc.property(anyState, anyState, (current, wanted) => {
      const { now } = splitLoosening(current, wanted);
      const strict = everyPair(applyBarrierChanges(current, 2, now));
      const before = everyPair(current);
      const after = everyPair(wanted);
      strict.forEach((mask, pair) => {
        expect(mask & (before[pair] ?? allFlags)).toBe(before[pair]);
        expect(mask & (after[pair] ?? allFlags)).toBe(after[pair]);
      });
    }),
    { numRuns: 2000 },
  );
});

test("[BAR-6] approved, the state is the one that was asked for", () => {
  fc.assert(
    fc.property(anyState, anyState, fc.boolean(), (current, wanted, holdUngrouping) => {
      const { now, later } = splitLoosening(current, wanted, { holdUngrouping });
      const strict = applyBarrierChanges(current, 2, now);
      expect(barrierDifference(applyBarrierChanges(strict, 3, later), wanted)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("[BAR-6] what was forbidden stays so too where the ungrouped wait, and they keep their group", () => {
  fc.assert(
    fc.property(anyState.map(on), anyState, (current, wanted) => {
      const { now } = splitLoosening(current, wanted, { holdUngrouping: true });
      const strict = applyBarrierChanges(current, 2, now);
      const before = everyPair(current);
      everyPair(strict).forEach((mask, pair) => expect(mask & (before[pair] ?? 255)).toBe(before[pair]));
      for (const [accountId, person] of current.people)
        if (person.primary !== null && typeof wanted.people.get(accountId)?.primary !== "string")
          expect([
            strict.people.get(accountId)?.primary,
            ...(strict.people.get(accountId)?.held ?? []),
          ]).toContain(wanted.people.get(accountId)?.held[0] ?? person.primary);
    }),
    { numRuns: 500 },
  );
});

test("[BAR-6] an edit that only forbids more does not wait", () => {
  fc.assert(
    fc.property(anyState.map(on), fc.nat(4), fc.constantFrom(1, 2, 255), (current, index, mask) => {
      const policy = [...current.policies.values()][index];
      if (policy === undefined) return;
      const more: BarrierPolicy = { ...policy, enabled: true, mask: policy.mask | mask };
      const { wanted } = wantedBarriers(current, [{ type: "policy.put", policy: more }]);
      expect(splitLoosening(current, wanted).later).toEqual([]);
    }),
  );
});

test("[BAR-6] the same state again changes nothing, now or later", () => {
  fc.assert(
    fc.property(anyState, (state) => {
      const { now, later } = splitLoosening(state, { ...state, people: new Map(state.people) });
      expect([now, later]).toEqual([[], []]);
    }),
  );
});

function small(): BarrierModel {
  const [bank, research] = groupIds;
  if (bank === undefined || research === undefined) throw new Error("no groups");
  const put = (account: string, group: typeof bank): BarrierChange => ({
    type: "person.put",
    accountId: id.account(account),
    person: { groups: [group], primary: group, held: [] },
  });
  return applyBarrierChanges(emptyBarriers, 1, [
    { type: "rules.put", rules: { ...initialRules, on: true } },
    ...groupIds.map((one) => ({ type: "group.put" as const, group: { id: one, name: one, domains: [] } })),
    {
      type: "policy.put",
      policy: {
        id: id.barrierPolicy("p0"),
        name: "",
        a: bank,
        b: research,
        enabled: true,
        mask: maskOf(["meeting"]),
      },
    },
    ...["u1", "u2", "u3"].map((one) => put(one, bank)),
    put("u4", research),
  ]);
}

test("[BAR-6] leaving a walled group for a free one: counts in both until approved", () => {
  const current = small();
  const free = id.group("g3");
  const { wanted, problems } = wantedBarriers(current, [
    {
      type: "person.put",
      accountId: id.account("u1"),
      person: { groups: [free], primary: free, held: [id.group("g2")] },
    },
  ]);
  expect(problems).toEqual([]);
  const { now, later } = splitLoosening(current, wanted);
  const person = { groups: [free], primary: free, held: [id.group("g1")] };
  expect(now).toEqual([{ type: "person.put", accountId: "u1", person }]);
  expect(later).toEqual([{ type: "person.put", accountId: "u1", person: { ...person, held: [] } }]);
});

test("[BAR-6] whether a second person is asked cannot be switched off by one", () => {
  const current = small();
  const rules = { ...current.rules, secondPerson: "never" as const };
  const { wanted } = wantedBarriers(current, [{ type: "rules.put", rules }]);
  expect(splitLoosening(current, wanted)).toEqual({ now: [], later: [{ type: "rules.put", rules }] });
});

test("[BAR-6] an empty export is recognised as what it is", () => {
  const current = small();
  const nothing = { ...current, groups: new Map(), policies: new Map(), people: new Map() };
  expect(dangersOf(current, nothing)).toEqual(["many_ungrouped", "policy_removed", "group_removed"]);
  const { now } = splitLoosening(current, nothing, { holdUngrouping: true });
  // Groups that nothing needs may go; nobody's walls move.
  expect(now).toEqual([
    { type: "group.remove", groupId: "g3" },
    { type: "group.remove", groupId: "g4" },
  ]);
  expect(dangersOf({ ...current, rules: initialRules }, nothing)).toEqual([]);
});

test("[BAR-6] a group that a policy in force names cannot be removed; one that is off goes along", () => {
  const current = small();
  const remove: BarrierChange = { type: "group.remove", groupId: id.group("g1") };
  expect(wantedBarriers(current, [remove]).problems).toEqual(["group_in_use"]);
  const policy = current.policies.get(id.barrierPolicy("p0"));
  if (policy === undefined) throw new Error("no policy");
  const off = wantedBarriers(current, [{ type: "policy.put", policy: { ...policy, enabled: false } }]).wanted;
  const { wanted, problems } = wantedBarriers(off, [remove]);
  expect(problems).toEqual([]);
  expect(wanted.policies.size).toBe(0);
  expect(wanted.people.get(id.account("u1"))).toEqual({ groups: [], primary: null, held: [] });
});

test("[BAR-6] what was changed since is left out of an approval", () => {
  const current = small();
  const policy = current.policies.get(id.barrierPolicy("p0"));
  if (policy === undefined) throw new Error("no policy");
  const { later } = splitLoosening(
    current,
    wantedBarriers(current, [
      { type: "policy.remove", policyId: policy.id },
      { type: "rules.put", rules: { ...current.rules, ungrouped: "unrestricted" } },
    ]).wanted,
  );
  const waiting = waitingChanges(current, later);
  expect(rebaseWaiting(current, waiting)).toEqual(later);
  const since = applyBarrierChanges(current, 2, [
    { type: "policy.put", policy: { ...policy, mask: maskOf(["meeting", "im"]) } },
    { type: "rules.put", rules: { ...current.rules, manualGroupEdits: true } },
  ]);
  expect(rebaseWaiting(since, waiting)).toEqual([
    { type: "rules.put", rules: { ...since.rules, ungrouped: "unrestricted" } },
  ]);
});
