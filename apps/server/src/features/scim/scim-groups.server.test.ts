import { id as ids } from "@sekisho/domain";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { at } from "../../../../../packages/testkit/src/answers.ts";
import { by, groupId, insertPerson, write } from "../../../../../packages/testkit/src/barriers-world.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import { scimWorld, type ScimWorld } from "../../../../../packages/testkit/src/scim-world.ts";

let postgres: TestPostgres;
let world: ScimWorld;
let call: ScimWorld["call"];
let people: readonly string[];

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  world = await scimWorld(postgres);
  ({ call } = world);
  const names = ["桐生 真帆", "外山 恵", "勅使河原 大輔"];
  people = await Promise.all(names.map((name) => insertPerson(world.base, { name })));
});
afterEach(() => world[Symbol.asyncDispose]());

const group = "urn:ietf:params:scim:schemas:core:2.0:Group";
const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const ours = "urn:ietf:params:scim:schemas:extension:sekisho:2.0:User";

const patch = (id: string, ...operations: readonly object[]) =>
  call("PATCH", `/Groups/${id}`, { body: { schemas: [patchOp], Operations: operations } });

async function made(displayName: string, ...members: readonly string[]): Promise<string> {
  const body = { schemas: [group], displayName, members: members.map((value) => ({ value })) };
  const answer = await call("POST", "/Groups", { body });
  expect(answer.status, answer.text).toBe(201);
  return String(at(answer, "id"));
}

async function membersOf(id: string): Promise<readonly unknown[]> {
  const members = at(await call("GET", `/Groups/${id}`), "members");
  return Array.isArray(members) ? members.map((one: unknown) => at({ body: one }, "value")) : [];
}

const person = async (accountId: string) => (await world.source.refresh()).people.get(ids.account(accountId));

test("[IDN-3] [BAR-2] Okta: a group with members; the first group of a person is the primary one", async () => {
  const [maho = "", megumi = ""] = people;
  const id = await made("投資銀行", maho);
  const read = await call("GET", `/Groups/${id}`);
  expect(read.body).toMatchObject({
    schemas: [group],
    displayName: "投資銀行",
    members: [{ value: maho, display: "桐生 真帆", type: "User" }],
    meta: { resourceType: "Group", location: `https://meet.example.jp/scim/v2/Groups/${id}` },
  });
  expect(await person(maho)).toMatchObject({ groups: [id], primary: id });
  const added = await patch(id, { op: "add", path: "members", value: [{ value: megumi, display: "x" }] });
  expect(added.status, added.text).toBe(200);
  expect(await membersOf(id)).toEqual([maho, megumi].toSorted());
  const renamed = await patch(id, { op: "replace", value: { id, displayName: "投資銀行部" } });
  expect(at(renamed, "displayName")).toBe("投資銀行部");
  await patch(id, { op: "remove", path: `members[value eq "${maho}"]` });
  expect(await membersOf(id)).toEqual([megumi]);
  await patch(id, { op: "replace", path: "members", value: [{ value: maho }] });
  expect(await membersOf(id)).toEqual([maho]);
  const user = await call("GET", `/Users/${maho}`);
  expect(at(user, "groups", 0)).toMatchObject({ value: id, display: "投資銀行部", type: "direct" });
  const put = { schemas: [group], displayName: "投資銀行", members: [{ value: megumi }] };
  expect((await call("PUT", `/Groups/${id}`, { body: put })).status).toBe(200);
  expect(await membersOf(id)).toEqual([megumi]);
});

test("[IDN-3] Entra ID: looked for without members, and members removed by their values", async () => {
  const [maho = "", megumi = ""] = people;
  const body = {
    schemas: [group, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
    externalId: "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
    displayName: "調査",
    meta: { resourceType: "Group" },
  };
  const answer = await call("POST", "/Groups", { body });
  expect([answer.status, at(answer, "externalId")], answer.text).toEqual([201, body.externalId]);
  const id = String(at(answer, "id"));
  const query = `/Groups?excludedAttributes=members&filter=${encodeURIComponent('displayName eq "調査"')}`;
  const found = await call("GET", query);
  expect([at(found, "totalResults"), at(found, "Resources", 0, "id")]).toEqual([1, id]);
  expect(at(found, "Resources", 0, "members")).toBeUndefined();
  const add = { op: "Add", path: "members", value: [{ $ref: null, value: maho }, { value: megumi }] };
  expect((await patch(id, add)).status).toBe(200);
  const remove = { op: "Remove", path: "members", value: [{ $ref: null, value: maho }] };
  expect((await patch(id, remove)).status).toBe(200);
  expect(await membersOf(id)).toEqual([megumi]);
  const byMember = `/Groups?filter=${encodeURIComponent(`members[value eq "${megumi}"]`)}`;
  expect(at(await call("GET", byMember), "totalResults")).toBe(1);
  const external = `/Groups?filter=${encodeURIComponent(`externalId eq "${body.externalId}"`)}`;
  expect(at(await call("GET", external), "Resources", 0, "id")).toBe(id);
  const taken = await call("POST", "/Groups", { body: { ...body, displayName: "別" } });
  expect([taken.status, at(taken, "scimType")]).toEqual([409, "uniqueness"]);
  const sameName = await call("POST", "/Groups", { body: { schemas: [group], displayName: "調査" } });
  expect([sameName.status, at(sameName, "scimType")]).toEqual([409, "uniqueness"]);
});

test("[IDN-3] a group that is deleted is gone; one that a policy names stays", async () => {
  const [maho = ""] = people;
  const id = await made("旧部門", maho);
  expect((await call("DELETE", `/Groups/${id}`)).status).toBe(204);
  expect((await call("GET", `/Groups/${id}`)).status).toBe(404);
  expect(await person(maho)).toMatchObject({ groups: [], primary: null });
  const { writer, owner } = world;
  const named = [write.group("甲"), write.group("乙"), write.policy("甲", "乙", ["meeting"])];
  await writer.write(named, by(owner));
  expect((await call("DELETE", `/Groups/${groupId("甲")}`)).status).toBe(409);
  for (const path of ["/Groups/nothing", `/Groups/${id}`, "/Groups/%20"])
    expect((await call("DELETE", path)).status).toBe(404);
});

test("[IDN-3] [BAR-6] what a directory loosens waits for a release, however little it is; what restricts acts", async () => {
  const { writer, owner, base } = world;
  const [maho = "", megumi = "", daisuke = ""] = people;
  const wall = [write.group("甲"), write.group("乙"), write.policy("甲", "乙", ["meeting"])];
  const inside = [write.person(maho, "甲"), write.person(megumi, "甲"), write.person(daisuke, "乙")];
  await writer.write([write.on, ...wall, ...inside], by(owner));
  // One editor alone: without the directory's rule a loosening of this size would act at once.
  const out = await patch(groupId("甲"), { op: "remove", path: `members[value eq "${maho}"]` });
  expect(out.status, out.text).toBe(200);
  // Without a group she would be behind every wall, which is no loosening: the group is left, and the walls are there.
  expect((await person(maho))?.groups).toEqual([]);
  const free = await made("自由");
  await patch(free, { op: "add", path: "members", value: [{ value: megumi }] });
  await patch(groupId("甲"), { op: "remove", path: `members[value eq "${megumi}"]` });
  expect(await person(megumi)).toMatchObject({ groups: [free], primary: free, held: [groupId("甲")] });
  const pending = await base.handle.db.selectFrom("barrier_pending").select(["state", "source"]).execute();
  expect(pending).toEqual([{ state: "open", source: "api" }]);
  const more = await patch(groupId("甲"), { op: "add", path: "members", value: [{ value: daisuke }] });
  expect(more.status).toBe(200);
  const moved = await call("PATCH", `/Users/${daisuke}`, {
    body: { schemas: [patchOp], Operations: [{ op: "add", path: `${ours}:primaryGroup`, value: "甲" }] },
  });
  expect([moved.status, at(moved, ours, "primaryGroup")]).toEqual([200, "甲"]);
  expect(await person(daisuke)).toMatchObject({ primary: groupId("甲"), held: [groupId("乙")] });
});

test("[IDN-3] [BAR-2] the primary group comes with the person, by name or id; an unknown one makes nothing", async () => {
  const id = await made("監査");
  const user = (userName: string, primaryGroup: string) => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", ours],
    ...{ userName, displayName: "新人", [ours]: { primaryGroup } },
  });
  const first = await call("POST", "/Users", { body: user("one@example.jp", "監査") });
  expect([first.status, at(first, ours, "primaryGroup")], first.text).toEqual([201, "監査"]);
  expect(await person(String(at(first, "id")))).toMatchObject({ groups: [id], primary: id });
  const second = await call("POST", "/Users", { body: user("two@example.jp", id) });
  expect(at(second, ours, "primaryGroup")).toBe("監査");
  const third = await call("POST", "/Users", { body: user("three@example.jp", "不明") });
  expect([third.status, at(third, "scimType")]).toEqual([400, "invalidValue"]);
  const found = await call("GET", "/Users?filter=userName+eq+%22three%40example.jp%22");
  expect(at(found, "totalResults")).toBe(0);
});

test("[IDN-3] [OPS-3] members are users that exist; everything else is refused and changes nothing", async () => {
  const id = await made("部門");
  const [maho = ""] = people;
  for (const value of [
    [{ value: "00000000-0000-4000-8000-000000000000" }],
    [{ value: maho, type: "Group" }],
    [{ value: id }],
    [{}],
    "x",
    [1],
    { value: null },
  ]) {
    const answer = await patch(id, { op: "add", path: "members", value });
    expect([JSON.stringify(value), answer.status]).toEqual([JSON.stringify(value), 400]);
  }
  for (const operation of [
    { op: "replace", path: `members[value eq "${maho}"].display`, value: "x" },
    { op: "replace", path: "nothing", value: "x" },
    { op: "replace", path: "id", value: "x" },
    { op: "replace", path: "displayName", value: " " },
  ])
    expect((await patch(id, operation)).status, JSON.stringify(operation)).toBe(400);
  expect(await membersOf(id)).toEqual([]);
  const tag = (await call("GET", `/Groups/${id}`)).header("etag");
  await patch(id, { op: "add", path: "members", value: [{ value: maho }] });
  const body = { schemas: [patchOp], Operations: [{ op: "remove", path: "members" }] };
  const late = await call("PATCH", `/Groups/${id}`, { body, headers: { "if-match": tag } });
  expect([late.status, await membersOf(id)]).toEqual([412, [maho]]);
});
