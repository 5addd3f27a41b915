import { classicApiScopes, allV2Routes } from "@sekisho/contract";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { at } from "../../../../../packages/testkit/src/answers.ts";
import { apiWorld, type ApiWorld } from "../../../../../packages/testkit/src/api-world.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import { createApiClient, revokeApiClient } from "./api-clients.ts";

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

async function made() {
  const deps = { db: world.base.handle.db, log: world.base.log };
  return createApiClient(
    deps,
    { name: "台帳", scopes: ["user:read:admin"], actsFor: world.owner },
    { kind: "operator" },
  );
}

function token(query: string, basic: string | null, payload?: string) {
  return world.http.inject({
    method: "POST",
    url: `/oauth/token${query}`,
    headers: {
      ...(basic === null ? {} : { authorization: `Basic ${Buffer.from(basic).toString("base64")}` }),
      ...(payload === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
    },
    ...(payload === undefined ? {} : { payload }),
  });
}

test("[BAR-12] a token for client id and secret, in query or form; good for an hour, kept hashed", async () => {
  const { client, clientSecret, accountId } = await made();
  const basic = `${client.clientId}:${clientSecret}`;
  const wanted = `grant_type=account_credentials&account_id=${accountId}`;
  for (const answer of [await token(`?${wanted}`, basic), await token("", basic, wanted)]) {
    expect([answer.statusCode, answer.headers["cache-control"]]).toEqual([200, "no-store"]);
    const body: unknown = answer.json();
    expect(body).toMatchObject({ token_type: "bearer", expires_in: 3600, scope: "user:read:admin" });
    const bearer = String(Reflect.get(Object(body), "access_token"));
    expect((await call("GET", "/v2/users", { token: bearer })).status).toBe(200);
    const rows = await world.base.handle.db.selectFrom("api_token").selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(bearer);
  }
  await world.base.handle.db
    .updateTable("api_token")
    .set({ expires_at: new Date(Date.now() - 1) })
    .execute();
  expect((await call("GET", "/v2/users")).status).toBe(401);
});

test("[BAR-12] every wrong way to a token has one answer; a revoked client has none, nor have its tokens", async () => {
  const { client, clientSecret, accountId } = await made();
  const good = `${client.clientId}:${clientSecret}`;
  const wanted = `?grant_type=account_credentials&account_id=${accountId}`;
  const wrong: readonly [string, string | null][] = [
    [wanted, `${client.clientId}:wrong`],
    [wanted, `unknown:${clientSecret}`],
    [wanted, null],
    [wanted, ":"],
    ["?grant_type=account_credentials&account_id=other", good],
    ["?grant_type=account_credentials", good],
    [`${wanted}%00`, good],
    [`${wanted}&account_id=x`, good],
  ];
  for (const [query, basic] of wrong) {
    const answer = await token(query, basic);
    expect([query, answer.statusCode], answer.body).toEqual([query, 400]);
    expect(Object.keys(answer.json<object>())).toEqual(["reason", "error"]);
  }
  expect((await token("?grant_type=password", good)).json()).toMatchObject({
    error: "unsupported_grant_type",
  });
  const fine = await token(wanted, good);
  const bearer = String(Reflect.get(Object(fine.json()), "access_token"));
  const deps = { db: world.base.handle.db, log: world.base.log };
  expect(await revokeApiClient(deps, client.id, { kind: "operator" })).toBe(true);
  expect((await token(wanted, good)).statusCode).toBe(400);
  expect((await call("GET", "/v2/users", { token: bearer })).status).toBe(401);
});

const filled = (path: string) =>
  path
    .replace(":userId", world.owner)
    .replace(":meetingId", "12345678901")
    .replaceAll(/:\w+/gu, "AAAAAAAAAAAAAAAAAAAAAA");

test("[BAR-12] no route answers without a token, or with one of other scopes; granular scopes do as well", async () => {
  const nothing = await world.tokenFor(["user:read:email:admin"]);
  for (const route of allV2Routes) {
    const path = filled(route.path);
    const bare = await call(route.method, path, { headers: { authorization: "" } });
    expect([route.id, bare.status, bare.body]).toEqual([
      route.id,
      401,
      { code: 124, message: "Invalid access token." },
    ]);
    if (route.id === "v2.user.email") continue;
    const other = await call(route.method, path, { token: nothing, body: {} });
    expect([route.id, other.status, at(other, "code")]).toEqual([route.id, 400, 4711]);
    expect(String(at(other, "message"))).toContain(route.scopes[0]);
  }
  for (const scope of allV2Routes[0]?.scopes ?? [])
    expect(
      (await call("GET", "/v2/information_barriers/policies", { token: await world.tokenFor([scope]) }))
        .status,
    ).toBe(200);
  for (const scope of classicApiScopes)
    expect(
      allV2Routes.some((route) => route.scopes.includes(scope)),
      scope,
    ).toBe(true);
});

test("[BAR-12] how much may be asked is told with each answer, and more than that waits a second", async () => {
  await using slow = await apiWorld(postgres, { rates: { Light: 2, Medium: 3, Heavy: 1 } });
  const answers = await Promise.all(Array.from({ length: 8 }, () => slow.call("GET", "/v2/users")));
  const refused = answers.filter(({ status }) => status === 429);
  // Eight at one instant reach over two seconds at most.
  expect(refused.length).toBeGreaterThanOrEqual(2);
  for (const answer of answers) {
    expect(answer.header("x-ratelimit-category")).toBe("Medium");
    expect(answer.header("x-ratelimit-type")).toBe("QPS");
    expect(answer.header("x-ratelimit-limit")).toBe("3");
    expect(answer.header("x-ratelimit-remaining")).toMatch(/^[0-2]$/u);
  }
  for (const answer of refused)
    expect([at(answer, "code"), answer.header("retry-after")]).toEqual([429, "1"]);
});

test("[BAR-12] people: listed in pages, found by id, address and me, invited, renamed, deactivated", async () => {
  const list = await call("GET", "/v2/users?page_size=2");
  expect([at(list, "total_records"), at(list, "users", "length"), at(list, "page_count")]).toEqual([3, 2, 2]);
  const rest = await call(
    "GET",
    `/v2/users?page_size=2&next_page_token=${String(at(list, "next_page_token"))}`,
  );
  expect([at(rest, "users", "length"), at(rest, "next_page_token")]).toEqual([1, ""]);
  expect(at(await call("GET", "/v2/users?page_size=2&page_number=2"), "users", "length")).toBe(1);
  const me = await call("GET", "/v2/users/me");
  expect([at(me, "id"), at(me, "role_id"), at(me, "status"), at(me, "type")]).toEqual([
    world.owner,
    "0",
    "active",
    2,
  ]);
  expect(at(await call("GET", "/v2/users/RINA@example.jp"), "id")).toBe(world.owner);
  for (const unknown of ["nobody@example.jp", "x", "%00", world.base.database.name]) {
    const answer = await call("GET", `/v2/users/${unknown}`);
    expect([unknown, answer.status < 500, answer.status >= 400]).toEqual([unknown, true, true]);
  }
  expect((await call("GET", "/v2/users/email?email=maho@example.jp")).body).toEqual({ existed_email: true });
  expect((await call("GET", "/v2/users/email?email=x@example.jp")).body).toEqual({ existed_email: false });
  const invite = {
    action: "create",
    user_info: { email: "new@example.jp", type: 1, first_name: "新", last_name: "人" },
  };
  const invited = await call("POST", "/v2/users", { body: invite, headers: { "idempotency-key": "1" } });
  expect([invited.status, at(invited, "first_name")], invited.text).toEqual([201, "新 人"]);
  expect(String(at(invited, "invitation_url"))).toMatch(/^https:\/\/meet\.example\.jp\/invite\/[\w-]{43}$/u);
  const again = await call("POST", "/v2/users", { body: invite, headers: { "idempotency-key": "1" } });
  expect([again.status, at(again, "invitation_url")]).toEqual([201, undefined]);
  expect(at(await call("GET", "/v2/users?status=pending"), "users", 0, "id")).toBe(at(invited, "id"));
  expect((await call("DELETE", `/v2/users/${String(at(invited, "id"))}`)).status).toBe(204);
  const taken = { action: "create", user_info: { email: "MAHO@example.jp", type: 1 } };
  const exists = await call("POST", "/v2/users", { body: taken });
  expect([exists.status, at(exists, "code")]).toEqual([409, 1005]);
  for (const action of ["autoCreate", "custCreate", "ssoCreate"]) {
    const refused = await call("POST", "/v2/users", { body: { ...invite, action } });
    expect([action, refused.status, at(refused, "code")]).toEqual([action, 400, 200]);
  }
  const [maho = ""] = world.people;
  expect((await call("PATCH", `/v2/users/${maho}`, { body: { display_name: "桐生 まほ" } })).status).toBe(
    204,
  );
  expect(at(await call("GET", `/v2/users/${maho}`), "display_name")).toBe("桐生 まほ");
  expect((await call("PATCH", `/v2/users/${maho}`, { body: { type: 2 } })).status).toBe(400);
  const off = { action: "deactivate" };
  expect((await call("PUT", `/v2/users/${maho}/status`, { body: off })).status).toBe(204);
  expect(at(await call("GET", "/v2/users?status=inactive"), "users", 0, "id")).toBe(maho);
  expect((await call("PUT", `/v2/users/${maho}/status`, { body: { action: "activate" } })).status).toBe(204);
  const owner = await call("PUT", `/v2/users/me/status`, { body: off });
  expect([owner.status, at(owner, "code")]).toEqual([400, 200]);
  const kept = await call("DELETE", `/v2/users/${maho}?action=delete`);
  expect([kept.status, at(kept, "code")]).toEqual([400, 200]);
});

const meeting = (more: object = {}) => ({
  topic: "ご相談",
  type: 2,
  start_time: new Date(Date.now() + 7_200_000).toISOString().replace(/\.\d+/u, ""),
  duration: 45,
  timezone: "Asia/Tokyo",
  agenda: "資料",
  confidentiality: "medium",
  settings: {
    waiting_room: true,
    join_before_host: false,
    host_video: true,
    transport_risk_accepted: true,
    unknown_field: 1,
  },
  ...more,
});

test("[BAR-12] [MTG-5] a meeting: made for a host, its passcode answered once, never in an address", async () => {
  const headers = { "idempotency-key": "m1" };
  const body = meeting();
  const answer = await call("POST", "/v2/users/me/meetings", { body, headers });
  expect(answer.status, answer.text).toBe(201);
  const password = String(at(answer, "password"));
  expect(password).toMatch(/^[2-9A-HJKMNP-TV-Z]{10}$/u);
  expect(answer.text.split(password)).toHaveLength(2);
  expect(String(at(answer, "join_url"))).toMatch(/^https:\/\/meet\.example\.jp\/m\/[\w-]{22}$/u);
  expect(answer.body).toMatchObject({
    topic: "ご相談",
    type: 2,
    status: "waiting",
    host_id: world.owner,
    host_email: "rina@example.jp",
    duration: 45,
    timezone: "Asia/Tokyo",
    start_time: body.start_time.slice(0, 16) + ":00Z",
    confidentiality: "medium",
    settings: {
      waiting_room: true,
      host_video: true,
      audio: "voip",
      auto_recording: "none",
      approval_type: 2,
    },
  });
  const replayed = await call("POST", "/v2/users/me/meetings", { body, headers });
  expect([replayed.status, at(replayed, "id"), at(replayed, "password")]).toEqual([
    201,
    at(answer, "id"),
    "",
  ]);
  const id = String(at(answer, "id"));
  expect(id).toMatch(/^\d{11}$/u);
  const read = await call("GET", `/v2/meetings/${id}`);
  expect([read.status, at(read, "password"), read.text.includes(password)]).toEqual([200, "", false]);
  expect(at(await call("GET", `/v2/meetings/${String(at(answer, "uuid"))}`), "id")).toBe(Number(id));
  const list = await call("GET", "/v2/users/rina@example.jp/meetings/?type=upcoming&page_size=30&");
  expect([at(list, "total_records"), at(list, "meetings", 0, "id")]).toEqual([1, Number(id)]);
  const rows = await world.base.handle.db.selectFrom("api_idempotency").select("body").execute();
  expect(JSON.stringify(rows)).not.toContain(password);
});

test("[CNF-1] at medium a machine says, too, that the risk was accepted, or is told what to send", async () => {
  const refused = await call("POST", "/v2/users/me/meetings", { body: meeting({ settings: {} }) });
  expect([refused.status, at(refused, "errors", 0, "field")]).toEqual([
    400,
    "settings.transport_risk_accepted",
  ]);
});

test("[BAR-12] a meeting is changed, ended and cancelled; what contradicts is refused whole", async () => {
  const made = await call("POST", "/v2/users/me/meetings", { body: meeting({ confidentiality: "low" }) });
  const path = `/v2/meetings/${String(at(made, "id"))}`;
  const patch = {
    topic: "新しい件",
    settings: {
      alternative_hosts: "maho@example.jp;megumi@example.jp",
      meeting_invitees: [{ email: "x@example.com" }],
    },
  };
  expect((await call("PATCH", path, { body: patch })).status).toBe(204);
  const after = await call("GET", path);
  expect(after.body).toMatchObject({
    topic: "新しい件",
    agenda: "資料",
    settings: {
      alternative_hosts: "maho@example.jp;megumi@example.jp",
      meeting_invitees: [{ email: "x@example.com" }],
    },
  });
  for (const wrong of [
    { topic: "a", password: "weak" },
    { topic: "a", settings: { encryption_type: "e2ee" } },
    { topic: "a", settings: { alternative_hosts: "nobody@example.jp" } },
    { topic: "a", timezone: "Nowhere/Land" },
    { topic: "a", start_time: "yesterday" },
    { topic: "a", start_time: "2020-01-01T00:00:00Z" },
    { topic: "a", duration: "long" },
    { topic: "a", type: 3 },
    { topic: "a", type: 8 },
  ]) {
    const refused = await call("PATCH", path, { body: wrong });
    expect([JSON.stringify(wrong), refused.status < 500 && refused.status >= 400]).toEqual([
      JSON.stringify(wrong),
      true,
    ]);
  }
  expect(at(await call("GET", path), "topic")).toBe("新しい件");
  expect((await call("PUT", `${path}/status`, { body: { action: "end" } })).status).toBe(204);
  expect(world.ended).toEqual([at(made, "uuid")]);
  expect(at(await call("PUT", `${path}/status`, { body: { action: "recover" } }), "code")).toBe(3000);
  expect((await call("DELETE", path)).status).toBe(204);
  for (const method of ["GET", "PATCH", "DELETE"] as const) {
    const gone = await call(method, path, method === "PATCH" ? { body: {} } : {});
    expect([method, gone.status, at(gone, "code")]).toEqual([method, 404, 3001]);
  }
});

test("[BAR-12] [MTG-3] recurring meetings go and come back in Zoom's words", async () => {
  const recurrences = [
    { type: 1, repeat_interval: 2, end_times: 5 },
    { type: 2, repeat_interval: 1, weekly_days: "2,4", end_times: 6 },
    { type: 3, repeat_interval: 1, monthly_day: 15, end_times: 3 },
    { type: 3, repeat_interval: 1, monthly_week: -1, monthly_week_day: 6, end_times: 3 },
  ];
  for (const recurrence of recurrences) {
    const answer = await call("POST", "/v2/users/me/meetings", { body: meeting({ type: 8, recurrence }) });
    expect([answer.status, at(answer, "type"), at(answer, "recurrence")], answer.text).toEqual([
      201,
      8,
      recurrence,
    ]);
    expect(at(answer, "occurrences", "length")).toBe(recurrence.end_times);
  }
});

test("[BAR-12] the class has to come from somewhere: the request, or the organisation's default", async () => {
  const body = meeting({ confidentiality: undefined });
  const refused = await call("POST", "/v2/users/me/meetings", { body });
  expect([refused.status, at(refused, "code"), at(refused, "errors", 0, "field")]).toEqual([
    400,
    300,
    "confidentiality",
  ]);
  expect(refused.text).toContain("high, medium or low");
  const { db } = world.base.handle;
  const { rules } = await db.selectFrom("organisation").select("rules").executeTakeFirstOrThrow();
  const defaults = { ...rules.defaults, confidentiality: "low" };
  await db
    .updateTable("organisation")
    .set({ rules: JSON.stringify({ ...rules, defaults }) })
    .execute();
  expect(at(await call("POST", "/v2/users/me/meetings", { body }), "confidentiality")).toBe("low");
});

test("[BAR-12] hostile input gets a clear code and never a fault", async () => {
  const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`;
  const bodies: readonly string[] = [
    "",
    "null",
    "[]",
    '"text"',
    "{",
    '{"__proto__":{"a":1}}',
    '{"name":"\\u0000"}',
    '{"name":"\\ud800"}',
    '{"name":{"a":1},"members":5,"settings":"x","action":[],"user_info":null}',
    `{"name":${deep}}`,
    `{"name":"${"x".repeat(300_000)}"}`,
    '{"page_size":1e999,"type":-1,"status":"1","start_time":9}',
  ];
  const wrong: string[] = [];
  for (const route of allV2Routes)
    for (const raw of bodies) {
      const answer = await call(route.method, filled(route.path), route.method === "GET" ? {} : { raw });
      const clear = answer.status < 400 || typeof at(answer, "code") === "number";
      const isBulk = route.id === "v2.barrier.bulk";
      if (answer.status >= 500 || !clear || (answer.status < 300 && isBulk))
        wrong.push(`${route.id} ${raw.slice(0, 40)} ${answer.status} ${answer.text.slice(0, 100)}`);
    }
  expect(wrong).toEqual([]);
  for (const path of [
    "/v2/",
    "/v2/nothing",
    "/v2/users/%2e%2e/x",
    "/v2/groups/%ff",
    `/v2/users/${"x".repeat(5000)}`,
  ]) {
    const answer = await call("GET", path);
    expect([path.slice(0, 20), answer.status >= 400 && answer.status < 500]).toEqual([
      path.slice(0, 20),
      true,
    ]);
  }
  const xml = await call("POST", "/v2/groups", { raw: "<a/>", headers: { "content-type": "text/xml" } });
  expect([xml.status, at(xml, "code")]).toEqual([415, 300]);
}, 120_000);
