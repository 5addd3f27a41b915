import fc from "fast-check";
import { expect, test } from "vitest";
import {
  applyBarrierChanges,
  compileBarriers,
  id,
  patchBarriers,
  patchBarriersInSteps,
  type BarrierChange,
  type BarrierIndex,
} from "@sekisho/domain";
import { barrierChange, barrierModel, parties } from "../../../testkit/src/arbitraries/barrier-models.ts";
import { barrierModel as walls } from "../../../testkit/src/arbitraries/barriers.ts";

function table(index: BarrierIndex): readonly number[] {
  const classes = parties.map((party) =>
    "account" in party
      ? index.classOfAccount(id.account(party.account))
      : index.classOfOutsider(party.domain),
  );
  return classes.flatMap((one) => classes.map((other) => index.between(one, other)));
}

test("[BAR-5] version after version, an index made from the one before decides as one made anew", () => {
  fc.assert(
    fc.property(
      barrierModel,
      fc.array(fc.array(barrierChange, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
      (first, versions) => {
        let model = first;
        let index = compileBarriers(model);
        versions.forEach((changes, at) => {
          const before = table(index);
          const next = applyBarrierChanges(model, at + 2, changes);
          const patched = patchBarriers(index, next, changes);
          expect(table(patched)).toEqual(table(compileBarriers(next)));
          expect(patched.version).toBe(next.version);
          // The version before is in use until the new one stands: it must not have moved.
          expect(table(index)).toEqual(before);
          model = next;
          index = patched;
        });
      },
    ),
    { numRuns: 1500 },
  );
});

function bigModel(groups: number) {
  return walls({
    groups: Object.fromEntries(Array.from({ length: groups }, (_, at) => [`g${at}`, [`a${at}`]] as const)),
    policies: Array.from(
      { length: groups },
      (_, at) => [`g${at}`, `g${(at * 7 + 1) % groups}`, ["meeting"]] as const,
    ),
  });
}

test("[BAR-5] an edit of one policy among many copies what it touches, not the whole", () => {
  const model = bigModel(1000);
  const index = compileBarriers(model);
  const [policy] = model.policies.values();
  if (policy === undefined) throw new Error("no policy");
  const changes: readonly BarrierChange[] = [{ type: "policy.put", policy: { ...policy, mask: 9 } }];
  const patched = patchBarriers(index, applyBarrierChanges(model, 2, changes), changes);
  expect(patched.parts.matrix.stride).toBe(index.parts.matrix.stride);
  const kept = patched.parts.matrix.slabs.filter((slab, at) => slab === index.parts.matrix.slabs[at]);
  expect(index.parts.matrix.slabs.length - kept.length).toBeLessThanOrEqual(2);
});

test("[BAR-5] more new groups than there is room for: the rows move, and nothing is lost", () => {
  const model = bigModel(200);
  const index = compileBarriers(model);
  const added = Array.from({ length: 200 }, (_, at) => id.group(`new${at}`));
  const changes = added.flatMap((groupId, at): readonly BarrierChange[] => [
    { type: "group.put", group: { id: groupId, name: "", domains: [] } },
    {
      type: "person.put",
      accountId: id.account(`new${at}`),
      person: { groups: [], primary: groupId, held: [id.group(`g${at}`)] },
    },
    {
      type: "policy.put",
      policy: {
        id: id.barrierPolicy(`n${at}`),
        name: "",
        a: groupId,
        b: id.group(`g${(at * 3) % 200}`),
        enabled: true,
        mask: 3,
      },
    },
  ]);
  const next = applyBarrierChanges(model, 2, changes);
  const [patched, whole] = [patchBarriers(index, next, changes), compileBarriers(next)];
  const people = [...next.people.keys()];
  const of = (one: BarrierIndex) => {
    const classes = people.map((accountId) => one.classOfAccount(accountId));
    return classes.flatMap((a) => classes.map((b) => one.between(a, b)));
  };
  expect(Buffer.from(of(patched)).equals(Buffer.from(of(whole)))).toBe(true);
});

test("[BAR-5] a version that stands already decides on while the next one is being made", () => {
  const model = bigModel(400);
  const index = compileBarriers(model);
  const changes = [...model.policies.values()]
    .slice(0, 200)
    .map((policy): BarrierChange => ({ type: "policy.remove", policyId: policy.id }));
  const before = index.between(
    index.classOfAccount(id.account("a0")),
    index.classOfAccount(id.account("a1")),
  );
  const steps = patchBarriersInSteps(index, applyBarrierChanges(model, 2, changes), changes);
  let step = steps.next();
  let pauses = 0;
  for (; step.done !== true; step = steps.next()) {
    pauses += 1;
    expect(
      index.between(index.classOfAccount(id.account("a0")), index.classOfAccount(id.account("a1"))),
    ).toBe(before);
  }
  expect(pauses).toBeGreaterThan(0);
  const after = step.value;
  expect(after.between(after.classOfAccount(id.account("a0")), after.classOfAccount(id.account("a1")))).toBe(
    0,
  );
});
