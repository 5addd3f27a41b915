import { emptyBarriers, id, maskOf, type BarrierModel } from "@sekisho/domain";
import { expect, test } from "vitest";
import { bulkDocument, readBulk, type BulkDirectory } from "./bulk-document.ts";

const bank = "group-bank----------";
const desk = "group-research------";
const mika = "7b0c2a52-0d3c-4f57-9d3c-5d0d3f2f8a01";
const ryo = "7b0c2a52-0d3c-4f57-9d3c-5d0d3f2f8a02";
const directory: BulkDirectory = {
  ids: new Set([mika, ryo]),
  byEmail: new Map([
    ["mika@example.jp", mika],
    ["ryo@example.jp", ryo],
  ]),
};
const whole = {
  groups: [
    { id: bank, name: "投資銀行部" },
    { id: desk, name: "調査部", domains: ["Research.example"] },
  ],
  members: [
    { email: "Mika@Example.jp", groups: [bank] },
    { account_id: ryo, groups: [bank, desk], primary_group_id: desk },
    { email: "nobody@example.jp", groups: [desk] },
  ],
  policies: [
    { policy_name: "壁", assigned_group_id: bank, to_group_id: desk, settings: { meeting: true, im: false } },
  ],
};

function read(change: object = {}, model: BarrierModel = emptyBarriers) {
  return readBulk(bulkDocument.parse({ ...whole, ...change }), directory, model);
}

function codes(change: object): readonly string[] {
  const result = read(change);
  return result.kind === "good" ? [] : result.problems.map((one) => `${one.code} ${one.path}`);
}

test("[BAR-12] a document is a whole state: groups, primary groups, policies in Zoom's shape", () => {
  const result = read();
  if (result.kind !== "good") throw new Error("not taken");
  expect(result.unknown).toEqual(["nobody@example.jp"]);
  expect([...result.target.groups.values()].map((one) => one.domains)).toEqual([[], ["research.example"]]);
  expect(result.target.people.get(id.account(mika))).toEqual({ groups: [bank], primary: bank, held: [] });
  expect(result.target.people.get(id.account(ryo))).toMatchObject({ primary: desk });
  const [policy] = result.target.policies.values();
  expect(policy).toMatchObject({ a: bank, b: desk, enabled: true, mask: maskOf(["meeting"]) });
});

test("[BAR-6] a policy without an id is the one that its groups have already, in either order", () => {
  const first = read();
  if (first.kind !== "good") throw new Error("not taken");
  const [policy] = first.target.policies.values();
  if (policy === undefined) throw new Error("no policy");
  const known = id.barrierPolicy("a-policy-of-the-portal");
  const model = {
    ...emptyBarriers,
    policies: new Map([[known, { ...policy, id: known, a: policy.b, b: policy.a }]]),
  };
  const again = read({}, model);
  expect(again.kind === "good" && [...again.target.policies.keys()]).toEqual([known]);
  const twice = read();
  expect(twice.kind === "good" && [...twice.target.policies.keys()]).toEqual([policy.id]);
});

test("[BAR-12] what does not hold together is told by its place, and nothing is taken", () => {
  const { groups, members, policies } = whole;
  expect(codes({ groups: [...groups, groups[0]] })).toEqual([
    "group_twice groups.2.id",
    "group_name_taken groups.2.name",
  ]);
  expect(codes({ groups: groups.slice(1) })).toEqual([
    "group_unknown members.0.groups",
    "group_unknown members.1.groups",
    "group_unknown policies.0.assigned_group_id",
  ]);
  expect(codes({ members: [{ email: "mika@example.jp", groups: [bank, desk] }] })).toEqual([
    "primary_missing members.0.primary_group_id",
  ]);
  expect(codes({ members: [{ email: "mika@example.jp", groups: [bank], primary_group_id: desk }] })).toEqual([
    "primary_not_member members.0.primary_group_id",
  ]);
  expect(codes({ members: [...members, { account_id: mika, groups: [desk] }] })).toEqual([
    "person_twice members.3",
  ]);
  const reversed = { assigned_group_id: desk, to_group_id: bank, settings: {} };
  expect(codes({ policies: [...policies, reversed] })).toEqual(["policy_twice policies.1"]);
});

test("[BAR-12] hostile shapes are refused before anything is read", () => {
  const refused = [
    { ...whole, extra: 1 },
    { ...whole, groups: "all" },
    { ...whole, policies: [{ ...whole.policies[0], type: 1 }] },
    { ...whole, policies: [{ ...whole.policies[0], status: 2 }] },
    { ...whole, policies: [{ ...whole.policies[0], settings: { allow: true } }] },
    { ...whole, policies: [{ ...whole.policies[0], settings: { meeting: "yes" } }] },
    { ...whole, members: [{ email: "mika@example.jp", account_id: mika, groups: [] }] },
    { ...whole, members: [{ groups: [] }] },
    { ...whole, groups: [{ id: "short", name: "x" }] },
    { groups: [], members: [] },
    null,
    [],
  ];
  expect(refused.filter((one) => bulkDocument.safeParse(one).success)).toEqual([]);
});
