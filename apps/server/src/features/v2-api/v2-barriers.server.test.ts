import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { at } from "../../../../../packages/testkit/src/answers.ts";
import { apiWorld, type ApiAnswer, type ApiWorld } from "../../../../../packages/testkit/src/api-world.ts";
import { by, insertPerson, write } from "../../../../../packages/testkit/src/barriers-world.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import { verifyAll } from "../evidence/verify.ts";

let postgres: TestPostgres;
let world: ApiWorld;
let call: ApiWorld["call"];

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  world = await apiWorld(postgres);
  ({ call } = world);
});
afterEach(() => world[Symbol.asyncDispose]());

const policies = "/v2/information_barriers/policies";
const noFlags = {
  meeting: false,
  in_meeting_chat: false,
  file_transfer: false,
  screen_share: false,
  recording: false,
  im: false,
  complete_phone_calls: false,
  message_via_sms: false,
};

async function group(name: string): Promise<string> {
  const made = await call("POST", "/v2/groups", { body: { name } });
  expect(made.status, made.text).toBe(201);
  return String(at(made, "id"));
}

async function twoGroups(): Promise<readonly [string, string]> {
  return [await group("営業部"), await group("調査部")];
}

function policy(a: string, b: string, more: object = {}) {
  return {
    id: "",
    policy_name: "壁",
    assigned_group_id: a,
    to_group_id: b,
    status: 1,
    type: 0,
    settings: { ...noFlags, meeting: true },
    ...more,
  };
}

test("[BAR-12] a policy is made, read, listed, changed and deleted with Zoom's shapes and statuses", async () => {
  const [a, b] = await twoGroups();
  const made = await call("POST", policies, { body: policy(a, b, { reason: "利益相反" }) });
  expect([made.status, made.header("etag")]).toEqual([201, '"3"']);
  const id = String(at(made, "id"));
  expect(made.body).toEqual({
    id,
    policy_name: "壁",
    assigned_group_id: a,
    to_group_id: b,
    status: 1,
    type: 0,
    settings: { ...noFlags, meeting: true },
    version: 3,
    effective_state: "in_force",
    reason: "利益相反",
    approved_by: null,
  });
  expect((await call("GET", `${policies}/${id}`)).body).toEqual(made.body);
  const list = await call("GET", policies);
  expect([list.status, at(list, "total_records"), at(list, "next_page_token")]).toEqual([200, 1, ""]);
  expect(at(list, "policies", 0)).toEqual(made.body);
  const changed = await call("PATCH", `${policies}/${id}`, {
    body: { policy_name: "高い壁", settings: { screen_share: true } },
  });
  expect([changed.status, changed.text]).toEqual([204, ""]);
  const after = await call("GET", `${policies}/${id}`);
  expect(at(after, "policy_name")).toBe("高い壁");
  expect(at(after, "settings")).toEqual({ ...noFlags, meeting: true, screen_share: true });
  expect((await call("DELETE", `${policies}/${id}`)).status).toBe(204);
  const gone = await call("GET", `${policies}/${id}`);
  expect([gone.status, at(gone, "code"), typeof at(gone, "message")]).toEqual([404, 300, "string"]);
  const verified = await verifyAll({ db: world.base.handle.db, keys: world.base.keys });
  expect(verified.ok).toBe(true);
});

test("[BAR-12] one pair of groups has one policy, in whichever order; only type 0; only between groups that exist", async () => {
  const [a, b] = await twoGroups();
  await call("POST", policies, { body: policy(a, b) });
  for (const pair of [policy(a, b), policy(b, a)]) {
    const again = await call("POST", policies, { body: pair });
    expect([again.status, at(again, "code"), String(at(again, "message")).split(":")[0]]).toEqual([
      409,
      93_001,
      "barrier_already_exists",
    ]);
  }
  for (const type of [1, 2, 3]) {
    const one = await call("POST", policies, { body: policy(a, a, { type }) });
    expect([one.status, at(one, "code"), at(one, "errors", 0, "field")]).toEqual([400, 300, "type"]);
  }
  expect((await call("POST", policies, { body: policy(a, a) })).status).toBe(201);
  const unknown = await call("POST", policies, { body: policy(a, "no-such-group-000000") });
  expect([unknown.status, at(unknown, "code")]).toEqual([404, 4130]);
});

test("[BAR-6] [BAR-12] what loosens answers as Zoom does and waits for a second person; effective_state says so", async () => {
  const second = await insertPerson(world.base, { name: "二人目", duties: ["compliance"] });
  expect(second).not.toBe("");
  await world.writer.write([write.on], by(world.owner));
  const [a, b] = await twoGroups();
  const id = String(at(await call("POST", policies, { body: policy(a, b) }), "id"));
  const off = await call("PATCH", `${policies}/${id}`, { body: { status: 0 } });
  expect([off.status, off.text]).toEqual([204, ""]);
  const waits = await call("GET", `${policies}/${id}`);
  expect([at(waits, "status"), at(waits, "effective_state")]).toEqual([1, "pending_approval"]);
  expect((await call("DELETE", `${policies}/${id}`)).status).toBe(204);
  expect((await call("GET", `${policies}/${id}`)).status).toBe(200);
  // A restriction beside it acts at once.
  await call("PATCH", `${policies}/${id}`, { body: { settings: { recording: true } } });
  expect(at(await call("GET", `${policies}/${id}`), "settings", "recording")).toBe(true);
});

test("[BAR-12] If-Match is the version that the change was made on", async () => {
  const [a, b] = await twoGroups();
  const made = await call("POST", policies, { body: policy(a, b), headers: { "if-match": '"2"' } });
  expect([made.status, made.header("etag")]).toEqual([201, '"3"']);
  const path = `${policies}/${String(at(made, "id"))}`;
  const old = await call("PATCH", path, { body: { policy_name: "x" }, headers: { "if-match": '"2"' } });
  expect([old.status, at(old, "code")]).toEqual([412, 93_003]);
  expect(at(await call("GET", path), "policy_name")).toBe("壁");
  for (const wrong of ["abc", '"x"', "-1"])
    expect((await call("DELETE", path, { headers: { "if-match": wrong } })).status).toBe(412);
  expect((await call("DELETE", path, { headers: { "if-match": 'W/"3"' } })).status).toBe(204);
});

test("[BAR-12] many changes at one instant without If-Match are all made, one after the other", async () => {
  const names = Array.from({ length: 6 }, (_, index) => `班 ${index}`);
  const made = await Promise.all(names.map((name) => call("POST", "/v2/groups", { body: { name } })));
  expect(made.map(({ status }) => status)).toEqual(names.map(() => 201));
  expect(at(await call("GET", "/v2/groups"), "total_records")).toBe(6);
});

test("[BAR-12] Idempotency-Key: the first answer again, nothing done twice, and never for another request", async () => {
  const headers = { "idempotency-key": "0b3a-1" };
  const first = await call("POST", "/v2/groups", { body: { name: "営業部" }, headers });
  const again = await call("POST", "/v2/groups", { body: { name: "営業部" }, headers });
  expect([again.status, again.body, again.header("idempotent-replayed")]).toEqual([201, first.body, "true"]);
  expect(at(await call("GET", "/v2/groups"), "total_records")).toBe(1);
  const other = await call("POST", "/v2/groups", { body: { name: "調査部" }, headers });
  expect([other.status, at(other, "code")]).toEqual([422, 93_004]);
  const token = await world.tokenFor(["group:write:admin"]);
  const theirs = await call("POST", "/v2/groups", { body: { name: "調査部" }, headers, token });
  expect(theirs.status).toBe(201);
  // A refusal does not use the key up.
  const refused = await call("POST", "/v2/groups", {
    body: { name: "営業部" },
    headers: { "idempotency-key": "2" },
  });
  expect([refused.status, at(refused, "code")]).toEqual([409, 4132]);
  const better = await call("POST", "/v2/groups", {
    body: { name: "総務部" },
    headers: { "idempotency-key": "2" },
  });
  expect(better.status).toBe(201);
  const both = await Promise.all(
    [1, 2].map(() =>
      call("POST", "/v2/groups", { body: { name: "同時" }, headers: { "idempotency-key": "3" } }),
    ),
  );
  expect(both.map(({ status }) => status).toSorted((x, y) => x - y)).toSatisfy(
    (statuses: number[]) => statuses[0] === 201 && [201, 409].includes(statuses[1] ?? 0),
  );
  expect(at(await call("GET", "/v2/groups"), "total_records")).toBe(4);
});

test("[BAR-2] [BAR-12] members: added by id or address, the first group is the primary one, moved in one step", async () => {
  const [a, b] = await twoGroups();
  const [maho, megumi] = world.people;
  const added = await call("POST", `/v2/groups/${a}/members`, {
    body: { groupid: a, members: [{ id: maho }, { email: "MEGUMI@example.jp" }] },
  });
  expect([added.status, at(added, "ids")]).toEqual([201, `${maho},${megumi}`]);
  const list = await call("GET", `/v2/groups/${a}/members`);
  expect(at(list, "total_records")).toBe(2);
  const rows = at(list, "members");
  expect(rows).toContainEqual({
    id: maho,
    email: "maho@example.jp",
    first_name: "桐生 真帆",
    last_name: "",
    type: 2,
    primary: true,
  });
  await call("POST", `/v2/groups/${b}/members`, { body: { members: [{ id: maho }] } });
  const user = await call("GET", `/v2/users/${maho}`);
  expect([at(user, "group_ids"), at(user, "primary_group_id")]).toEqual([[a, b], a]);
  const primary = await call("PATCH", `/v2/groups/${b}/members/${maho}`, { body: { action: "set_primary" } });
  expect(primary.status, primary.text).toBe(204);
  expect(at(await call("GET", `/v2/users/${maho}`), "primary_group_id")).toBe(b);
  const c = await group("総務部");
  const moved = await call("PATCH", `/v2/groups/${b}/members/${maho}`, {
    body: { action: "move", target_group_id: c },
  });
  expect(moved.status).toBe(204);
  const after = await call("GET", "/v2/users/maho@example.jp");
  expect([at(after, "group_ids"), at(after, "primary_group_id")]).toEqual([[a, c], c]);
  expect((await call("DELETE", `/v2/groups/${a}/members/${maho}`)).status).toBe(204);
  expect((await call("DELETE", `/v2/groups/${a}/members/${maho}`)).status).toBe(404);
  expect(at(await call("GET", `/v2/groups/${a}`), "total_members")).toBe(1);
});

test("[BAR-12] of several members one is unknown: nobody is added", async () => {
  const a = await group("営業部");
  const members = [{ id: world.people[0] }, { email: "nobody@example.jp" }];
  const added = await call("POST", `/v2/groups/${a}/members`, { body: { members } });
  expect([added.status, at(added, "code")]).toEqual([404, 1001]);
  expect(at(await call("GET", `/v2/groups/${a}`), "total_members")).toBe(0);
});

test("[BAR-6] [BAR-12] a group that a policy names is not deleted", async () => {
  const [a, b] = await twoGroups();
  await call("POST", policies, { body: policy(a, b) });
  const refused = await call("DELETE", `/v2/groups/${a}`);
  expect([refused.status, at(refused, "code")]).toEqual([409, 93_002]);
  const free = await group("総務部");
  expect((await call("DELETE", `/v2/groups/${free}`)).status).toBe(204);
  expect((await call("GET", `/v2/groups/${free}`)).status).toBe(404);
});

test("[BAR-12] pages: 30 unless told, 300 at most, each row once; a token that is none of ours is refused", async () => {
  for (let index = 0; index < 35; index++) await group(`班 ${index}`);
  const first = await call("GET", "/v2/groups");
  expect([at(first, "page_size"), at(first, "groups", "length")]).toEqual([30, 30]);
  const second = await call("GET", `/v2/groups?next_page_token=${String(at(first, "next_page_token"))}`);
  expect([at(second, "groups", "length"), at(second, "next_page_token")]).toEqual([5, ""]);
  const idsOf = (answer: ApiAnswer, count: number) =>
    Array.from({ length: count }, (_, index) => at(answer, "groups", index, "id"));
  expect(new Set([...idsOf(first, 30), ...idsOf(second, 5)]).size).toBe(35);
  expect(at(await call("GET", "/v2/groups?page_size=300"), "groups", "length")).toBe(35);
  for (const wrong of [
    "page_size=0",
    "page_size=301",
    "page_size=x",
    "next_page_token=%00",
    "next_page_token=..%2F",
  ]) {
    const refused = await call("GET", `/v2/groups?${wrong}`);
    expect([wrong, refused.status, at(refused, "code")]).toEqual([wrong, 400, 300]);
  }
});

const bulk = "/v2/information_barriers/bulk";
const bank = "group-bank-000000000";
const research = "group-research-00000";

function document(more: object = {}) {
  return {
    groups: [
      { id: bank, name: "銀行" },
      { id: research, name: "調査" },
    ],
    members: [
      { email: "maho@example.jp", groups: [bank] },
      { email: "megumi@example.jp", groups: [research] },
    ],
    policies: [
      { policy_name: "壁", assigned_group_id: bank, to_group_id: research, settings: { meeting: true } },
    ],
    ...more,
  };
}

test("[BAR-12] a whole state is put as one version; the same again changes nothing", async () => {
  const put = await call("PUT", bulk, { body: { ...document(), reason: "夜間の同期" } });
  expect([put.status, put.body], put.text).toEqual([
    200,
    { version: 1, changes: 5, effective_state: "in_force", pending_id: null, unknown_members: [] },
  ]);
  expect(put.header("etag")).toBe('"1"');
  const again = await call("PUT", bulk, { body: document(), headers: { "if-match": '"1"' } });
  expect([again.status, at(again, "version"), at(again, "effective_state")]).toEqual([200, 1, "unchanged"]);
  const old = await call("PUT", bulk, { body: document(), headers: { "if-match": '"0"' } });
  expect([old.status, at(old, "code")]).toEqual([412, 93_003]);
  expect(at(await call("GET", policies), "policies", 0, "reason")).toBe("夜間の同期");
  const syncs = await world.base.handle.db.selectFrom("barrier_sync").select(["source", "result"]).execute();
  expect(syncs).toEqual([
    { source: "push", result: "applied" },
    { source: "push", result: "unchanged" },
  ]);
});

test("[BAR-6] [BAR-12] a push that would open something is quarantined; its restrictions act at once", async () => {
  await world.writer.write([write.on], by(world.owner));
  await call("PUT", bulk, { body: document() });
  const third = "group-third-00000000";
  const put = await call("PUT", bulk, {
    body: document({
      groups: [...document().groups, { id: third, name: "三課" }],
      policies: [{ assigned_group_id: bank, to_group_id: third, settings: { meeting: true } }],
    }),
  });
  expect([put.status, at(put, "effective_state")]).toEqual([200, "pending_approval"]);
  expect(String(at(put, "pending_id")).length).toBeGreaterThan(15);
  expect(at(await call("GET", policies), "total_records")).toBe(2);
});

test("[BAR-12] a document with one wrong line changes nothing, and says which", async () => {
  const wrong: readonly [object, string][] = [
    [{ groups: [{ id: bank, name: "銀行" }] }, "group_unknown"],
    [{ members: [{ email: "maho@example.jp", groups: [bank, research] }] }, "primary_missing"],
    [{ policies: [...document().policies, ...document().policies] }, "policy_twice"],
    [{ groups: [...document().groups, { id: "x", name: "短い" }] }, ""],
    [{ policies: [{ ...document().policies[0], type: 1 }] }, ""],
    [{ extra: true }, ""],
    [{ members: "all" }, ""],
  ];
  for (const [change, code] of wrong) {
    const put = await call("PUT", bulk, { body: document(change) });
    expect([put.status < 500 && put.status >= 400, typeof at(put, "code")], put.text).toEqual([
      true,
      "number",
    ]);
    expect(put.text).toContain(code);
  }
  expect(at(await call("GET", "/v2/groups"), "total_records")).toBe(0);
});
