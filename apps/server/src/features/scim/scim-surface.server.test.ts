import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { at } from "../../../../../packages/testkit/src/answers.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import { keysOf, scimWorld, type ScimWorld } from "../../../../../packages/testkit/src/scim-world.ts";
import { createServiceCredential, revokeServiceCredential } from "../accounts/service-credentials.ts";

let postgres: TestPostgres;
let world: ScimWorld;
let call: ScimWorld["call"];

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  world = await scimWorld(postgres);
  ({ call } = world);
});
afterEach(() => world[Symbol.asyncDispose]());

const someone = "00000000-0000-4000-8000-000000000000";
const routes = [
  ...(["GET", "POST"] as const).flatMap((method) => [
    [method, "/Users"] as const,
    [method, "/Groups"] as const,
  ]),
  ...(["GET", "PUT", "PATCH", "DELETE"] as const).flatMap((method) => [
    [method, `/Users/${someone}`] as const,
    [method, `/Groups/${someone}`] as const,
  ]),
  ...(["/ServiceProviderConfig", "/ResourceTypes", "/Schemas", "/nothing", "/Me"] as const).map(
    (path) => ["GET", path] as const,
  ),
];

test("[IDN-3] [SEC-2] nothing answers without a directory's own token: none, a wrong one, one of another scope", async () => {
  const { db } = world.base.handle;
  const deps = { db, log: world.base.log };
  const operator = { kind: "operator" } as const;
  const other = await createServiceCredential(
    deps,
    { name: "監視", scopes: ["metrics:read", "meetings:write"] },
    operator,
  );
  const revoked = await createServiceCredential(deps, { name: "旧", scopes: ["scim:write"] }, operator);
  await revokeServiceCredential(deps, revoked.id, operator);
  const wrong = [
    "",
    "Bearer ",
    `Bearer ${"A".repeat(43)}`,
    `Bearer ${other.token}`,
    `Bearer ${revoked.token}`,
  ];
  for (const [method, path] of routes)
    for (const authorization of [...wrong, `Basic ${world.token}`, world.token]) {
      const body = method === "GET" || method === "DELETE" ? {} : { body: {} };
      const answer = await call(method, path, { ...body, headers: { authorization } });
      expect([method, path, answer.status, at(answer, "status")]).toEqual([method, path, 401, "401"]);
      expect(answer.header("www-authenticate")).toBe('Bearer realm="scim"');
    }
});

test("[IDN-3] a credential goes with the owner who made it", async () => {
  const { db } = world.base.handle;
  await db.updateTable("service_credential").set({ acts_for: world.owner }).execute();
  expect((await call("GET", "/Users")).status).toBe(200);
  await db.updateTable("account").set({ role: "admin" }).where("id", "=", world.owner).execute();
  expect((await call("GET", "/Users")).status).toBe(401);
});

test("[IDN-3] RFC 7644 §4: abilities, resource types and schemas describe what is there", async () => {
  const config = await call("GET", "/ServiceProviderConfig");
  expect(config.body).toMatchObject({
    patch: { supported: true },
    bulk: { supported: false },
    filter: { supported: true, maxResults: 200 },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
  });
  const types = await call("GET", "/ResourceTypes");
  expect([at(types, "totalResults"), at(types, "Resources", 0, "endpoint")]).toEqual([2, "/Users"]);
  const schemas = await call("GET", "/Schemas");
  expect(at(schemas, "totalResults")).toBe(3);
  const urn = "urn:ietf:params:scim:schemas:core:2.0:User";
  const one = await call("GET", `/Schemas/${urn}`);
  expect([one.status, at(one, "id")]).toEqual([200, urn]);
  expect(one.text).not.toContain("password");
  expect((await call("GET", "/ResourceTypes/Group")).status).toBe(200);
  expect((await call("GET", "/Schemas/nothing")).status).toBe(404);
  expect((await call("GET", "/Schemas?filter=id+pr")).status).toBe(403);
  expect((await call("GET", "/Me")).status).toBe(501);
  // Every attribute that a user shows is in the schema.
  const shown = keysOf(at(await call("GET", "/Users"), "Resources", 0));
  const attributes = at(one, "attributes");
  const described = Array.isArray(attributes)
    ? attributes.map((each: unknown) => at({ body: each }, "name"))
    : [];
  const common = [
    "schemas",
    "id",
    "externalId",
    "meta",
    "urn:ietf:params:scim:schemas:extension:sekisho:2.0:User",
  ];
  expect(shown.filter((name) => !described.includes(name) && !common.includes(name))).toEqual([]);
});

const bodies: readonly string[] = [
  ...["", "null", "[]", '"x"', "1", "{", '{"a":', '{"__proto__":{"role":"owner"}}', "\u0000", "{}".repeat(3)],
  ...['{"constructor":{"prototype":{"a":1}}}', `${"[".repeat(5000)}${"]".repeat(5000)}`],
  ...[
    '{"schemas":[],"Operations":[]}',
    '{"userName":"\\u0000@example.jp"}',
    '{"userName":"\\ud800@example.jp"}',
  ],
  ...[
    '{"userName":["a@example.jp"]}',
    '{"userName":"a@example.jp","emails":"x"}',
    '{"userName":"no address"}',
  ],
  ...['{"userName":"a@example.jp","displayName":"\\u202e"}', '{"userName":"a@example.jp","name":"x"}'],
  ...['{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[null]}'],
  ...['{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":{}}'],
  ...[`{"displayName":"${"x".repeat(2000)}"}`, '{"displayName":"","members":[]}'],
];

test("[IDN-3] [OPS-3] whatever is sent, the answer is a clear refusal and nobody is made", async () => {
  for (const [method, path] of routes.filter(([one]) => one === "POST" || one === "PUT" || one === "PATCH"))
    for (const raw of bodies) {
      const answer = await call(method, path, { raw });
      const seen = [method, path, raw.slice(0, 80), answer.status];
      expect(answer.status >= 400 && answer.status < 500, JSON.stringify(seen)).toBe(true);
      expect(keysOf(answer.body), JSON.stringify(seen)).toContain("detail");
      expect(answer.text).not.toMatch(/node_modules|\.ts:|select |stack/u);
    }
  for (const query of [
    ...[
      "?filter=%00",
      "?filter=x",
      "?filter=a&filter=b",
      "?startIndex=%00",
      "?count=1e9",
      "?attributes=%ud800",
    ],
    ...["?filter=userName+eq+%22%27%3Bdrop+table+account%22", "?startIndex=999999999"],
  ])
    for (const path of ["/Users", "/Groups"]) {
      const { status } = await call("GET", path + query);
      expect([path, query, status < 500]).toEqual([path, query, true]);
    }
  for (const type of ["text/plain", "application/xml", "multipart/form-data"]) {
    const answer = await call("POST", "/Users", { raw: "x", headers: { "content-type": type } });
    expect(answer.status).toBe(415);
  }
  const large = `{"userName":"${"x".repeat(300 * 1024)}"}`;
  expect((await call("POST", "/Users", { raw: large })).status).toBe(413);
  const { rows } = await world.base.handle.pool.query("select count(*)::int as n from account");
  expect(rows).toEqual([{ n: 1 }]);
});
