import fc from "fast-check";
import { expect, test } from "vitest";
import {
  applyBarrierChanges,
  compileBarriers,
  compileBarriersInSteps,
  decidePair,
  emptyBarriers,
  explainPair,
  id,
  maskOf,
  outsiderClass,
  ungroupedClass,
  type BarrierClass,
  type BarrierIndex,
  type BarrierParty,
} from "@sekisho/domain";
import { barrierModel, parties, policyPut } from "../../../testkit/src/arbitraries/barrier-models.ts";
import { barrierModel as walls } from "../../../testkit/src/arbitraries/barriers.ts";
import { naiveMask, type NaiveParty } from "../../../testkit/src/arbitraries/naive-barriers.ts";

function classOf(index: BarrierIndex, party: NaiveParty): BarrierClass {
  return "account" in party
    ? index.classOfAccount(id.account(party.account))
    : index.classOfOutsider(party.domain);
}

function between(index: BarrierIndex, u: NaiveParty, v: NaiveParty): number {
  return index.between(classOf(index, u), classOf(index, v));
}

function partyOf(party: NaiveParty): BarrierParty {
  return "account" in party
    ? { kind: "account", accountId: id.account(party.account) }
    : { kind: "outsider", domain: party.domain };
}

function forAllPairs(check: (u: NaiveParty, v: NaiveParty) => void): void {
  for (const u of parties) for (const v of parties) check(u, v);
}

test("[BAR-1] [BAR-2] [BAR-6] [BAR-7] decides as the relation is written down, for everybody and every two", () => {
  fc.assert(
    fc.property(barrierModel, (model) => {
      const index = compileBarriers(model);
      forAllPairs((u, v) => {
        const mask = naiveMask(model, u, v);
        expect(between(index, u, v)).toBe(mask);
        expect(index.hard(classOf(index, u), classOf(index, v))).toBe(mask % 2 === 1);
      });
    }),
    { numRuns: 1000 },
  );
});

test("[BAR-11] the explainer comes to the same result, and its policies make it up", () => {
  fc.assert(
    fc.property(barrierModel, (model) => {
      const index = compileBarriers(model);
      forAllPairs((u, v) => {
        if (u === v && "account" in u) return;
        const { mask, policies, reason } = explainPair(model, partyOf(u), partyOf(v));
        expect(mask).toBe(between(index, u, v));
        if (model.rules.on) expect(policies.reduce((sum, one) => sum | one.mask, 0)).toBe(mask);
        if ("account" in u && "account" in v)
          expect(decidePair(index, id.account(u.account), id.account(v.account))).toEqual({
            mask,
            hard: mask % 2 === 1,
            reason,
            version: model.version,
          });
      });
    }),
    { numRuns: 300 },
  );
});

test("[BAR-1] who is kept from whom does not depend on who asks (I11)", () => {
  fc.assert(
    fc.property(barrierModel, (model) => {
      const index = compileBarriers(model);
      forAllPairs((u, v) => expect(between(index, u, v)).toBe(between(index, v, u)));
      const turned = new Map([...model.policies].map(([key, one]) => [key, { ...one, a: one.b, b: one.a }]));
      const other = compileBarriers({ ...model, policies: turned });
      forAllPairs((u, v) => expect(between(other, u, v)).toBe(between(index, u, v)));
    }),
  );
});

test("[BAR-6] one more policy, one switched on, one flag more: nobody may do more than before (I12)", () => {
  fc.assert(
    fc.property(barrierModel, policyPut, (model, put) => {
      if (put.type !== "policy.put") return;
      const before = model.policies.get(put.policy.id);
      const merged = {
        ...(before ?? put.policy),
        enabled: true,
        mask: (before?.mask ?? 0) | put.policy.mask,
      };
      const after = applyBarrierChanges(model, 2, [{ type: "policy.put", policy: merged }]);
      const [old, now] = [compileBarriers(model), compileBarriers(after)];
      forAllPairs((u, v) => expect(between(now, u, v) & between(old, u, v)).toBe(between(old, u, v)));
    }),
  );
});

test("[BAR-1] a group with itself: its members are kept from each other, nobody from themselves", () => {
  const model = walls({
    groups: { traders: ["ann", "bob"] },
    policies: [["traders", "traders", ["meeting"]]],
  });
  const index = compileBarriers(model);
  const [ann, bob] = [id.account("ann"), id.account("bob")];
  expect(decidePair(index, ann, bob)).toMatchObject({ mask: 1, hard: true, reason: "pair" });
  expect(decidePair(index, ann, ann)).toEqual({ mask: 0, hard: false, reason: "same_person", version: 1 });
});

test("[BAR-2] only the primary group counts", () => {
  const model = applyBarrierChanges(
    walls({ groups: { a: [], b: ["bob"], c: [] }, policies: [["a", "b", ["meeting"]]] }),
    2,
    [
      {
        type: "person.put",
        accountId: id.account("ann"),
        person: { groups: [id.group("a"), id.group("c")], primary: id.group("c"), held: [] },
      },
    ],
  );
  expect(decidePair(compileBarriers(model), id.account("ann"), id.account("bob")).mask).toBe(0);
  const ann = { kind: "account", accountId: id.account("ann") } as const;
  expect(explainPair(model, ann, { kind: "account", accountId: id.account("bob") }).a).toEqual({
    kind: "grouped",
    counting: [{ groupId: "c", because: "primary" }],
    ignored: ["a"],
  });
});

test("[BAR-6] what is held from before counts beside the primary group until it is let go", () => {
  const base = walls({
    groups: { a: [], b: ["bob"], c: [], d: ["dan"] },
    policies: [
      ["a", "b", ["meeting"]],
      ["c", "d", ["screen_share"]],
    ],
  });
  const ann = id.account("ann");
  const put = (held: readonly string[]) =>
    compileBarriers(
      applyBarrierChanges(base, 2, [
        {
          type: "person.put",
          accountId: ann,
          person: { groups: [], primary: id.group("c"), held: held.map(id.group) },
        },
      ]),
    );
  const masks = (index: BarrierIndex) =>
    ["bob", "dan"].map((who) => decidePair(index, ann, id.account(who)).mask);
  expect(masks(put(["a"]))).toEqual([1, 8]);
  expect(masks(put([]))).toEqual([0, 8]);
});

test("[BAR-6] two policies for one pair forbid together; a disabled one forbids nothing", () => {
  const model = walls({
    groups: { a: ["ann"], b: ["bob"] },
    policies: [
      ["a", "b", ["recording"]],
      ["b", "a", ["in_meeting_chat"]],
    ],
  });
  const mask = (one: typeof model) =>
    decidePair(compileBarriers(one), id.account("ann"), id.account("bob")).mask;
  expect(mask(model)).toBe(maskOf(["recording", "in_meeting_chat"]));
  const [first] = model.policies.values();
  if (first === undefined) throw new Error("no policy");
  const off = applyBarrierChanges(model, 2, [{ type: "policy.put", policy: { ...first, enabled: false } }]);
  expect(mask(off)).toBe(maskOf(["in_meeting_chat"]));
});

test("[BAR-6] a group that is gone while a policy names it goes on blocking its members", () => {
  const model = applyBarrierChanges(
    walls({ groups: { a: ["ann"], b: ["bob"] }, policies: [["a", "b", ["meeting"]]] }),
    2,
    [{ type: "group.remove", groupId: id.group("a") }],
  );
  expect(decidePair(compileBarriers(model), id.account("ann"), id.account("bob")).hard).toBe(true);
});

test("[BAR-7] people without a group inherit what policies say of the other side; two of them, everything", () => {
  const describe = (ungrouped: "inherit" | "unrestricted") => {
    const index = compileBarriers(
      walls({
        groups: { a: ["ann"], b: ["bob"], c: ["cid"] },
        policies: [
          ["a", "b", ["meeting"]],
          ["b", "b", ["recording"]],
        ],
        rules: { ungrouped },
      }),
    );
    const of = (who: string) => decidePair(index, id.account("new"), id.account(who));
    return ["ann", "bob", "cid", "other"].map((who) => [of(who).mask, of(who).reason]);
  };
  expect(describe("inherit")).toEqual([
    [1, "ungrouped"],
    [17, "ungrouped"],
    [0, "none"],
    [17, "ungrouped"],
  ]);
  expect(describe("unrestricted").map(([mask]) => mask)).toEqual([0, 0, 0, 0]);
});

test("[BAR-7] outsiders carry no flags, but for those whose domain a group names", () => {
  const index = compileBarriers(
    walls({
      groups: { a: ["ann"], rivals: [] },
      policies: [["a", "rivals", ["meeting"]]],
      domains: { rivals: ["rival.example"] },
    }),
  );
  const ann = index.classOfAccount(id.account("ann"));
  const masks = ["rival.example", "other.example", null].map((one) =>
    index.between(index.classOfOutsider(one), ann),
  );
  expect(masks).toEqual([1, 0, 0]);
  expect(index.between(index.classOfOutsider(null), index.classOfAccount(id.account("new")))).toBe(0);
});

test("[BAR-6] a class that nobody gave forbids everything", () => {
  const index = compileBarriers(walls({ groups: { a: ["ann"] }, policies: [] }));
  for (const unknown of [-1, index.classes, index.classes + 1, 10_000, Number.NaN])
    for (const known of [outsiderClass, ungroupedClass, index.classOfAccount(id.account("ann"))]) {
      expect([index.between(unknown, known), index.between(known, unknown)]).toEqual([255, 255]);
      expect(index.hard(unknown, known)).toBe(true);
    }
});

test("[BAR-6] barriers that are off forbid nothing, and say so", () => {
  const model = walls({
    groups: { a: ["ann"], b: ["bob"] },
    policies: [["a", "b", ["meeting"]]],
    rules: { on: false },
  });
  const decision = decidePair(compileBarriers(model), id.account("ann"), id.account("bob"));
  expect(decision).toEqual({ mask: 0, hard: false, reason: "off", version: 1 });
  expect(decidePair(compileBarriers(emptyBarriers), id.account("x"), id.account("y")).reason).toBe("off");
});

test("[BAR-2] classes are found by groups, whatever their order", () => {
  const index = compileBarriers(walls({ groups: { a: ["ann"], b: [] }, policies: [] }));
  expect(index.classOfGroups([id.group("a")])).toBe(index.classOfAccount(id.account("ann")));
  expect(index.classOfGroups([])).toBe(ungroupedClass);
  expect(index.classOfGroups([id.group("b"), id.group("a")])).toBeUndefined();
});

test("[BAR-5] compiling in steps pauses, and comes to the same", () => {
  const groups = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`g${at}`, [`a${at}`]] as const));
  const policies = Array.from(
    { length: 20_000 },
    (_, at) => [`g${at % 300}`, `g${(at * 7) % 299}`, ["meeting"]] as const,
  );
  const model = walls({ groups, policies });
  const steps = compileBarriersInSteps(model);
  let pauses = 0;
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) pauses += 1;
  const whole = compileBarriers(model);
  expect(pauses).toBeGreaterThan(1);
  for (let a = 0; a < whole.classes; a += 1)
    for (let b = 0; b < whole.classes; b += 1)
      if (step.value.between(a, b) !== whole.between(a, b)) throw new Error();
});
