import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { at } from "../../../../../packages/testkit/src/answers.ts";
import { insertPerson } from "../../../../../packages/testkit/src/barriers-world.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import {
  keysOf,
  scimWorld,
  type ScimReply,
  type ScimWorld,
} from "../../../../../packages/testkit/src/scim-world.ts";

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

const user = "urn:ietf:params:scim:schemas:core:2.0:User";
const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** As Microsoft documents what Entra ID sends (learn.microsoft.com, "Develop and plan provisioning for a SCIM endpoint"). */
const fromEntra = {
  schemas: [user, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
  externalId: "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
  userName: "Test_User_ab6490ee@example.jp",
  active: true,
  emails: [{ primary: true, type: "work", value: "Test_User_fd0ea19b@example.jp" }],
  meta: { resourceType: "User" },
  name: { formatted: "givenName familyName", familyName: "familyName", givenName: "givenName" },
  roles: [],
};

/** As Okta documents what it sends (developer.okta.com, "Okta and SCIM version 2.0"). */
const fromOkta = {
  schemas: [user],
  userName: "test.user@okta.local",
  name: { givenName: "Test", familyName: "User" },
  emails: [{ primary: true, value: "test.user@okta.local", type: "work" }],
  displayName: "Test User",
  locale: "en-US",
  externalId: "00ujl29u0le5T6Aj10h7",
  groups: [],
  password: "1mz050nq",
  active: true,
};

const patch = (id: string, ...operations: readonly object[]) =>
  call("PATCH", `/Users/${id}`, { body: { schemas: [patchOp], Operations: operations } });

async function created(body: object = fromOkta): Promise<{ id: string; answer: ScimReply }> {
  const answer = await call("POST", "/Users", { body });
  expect(answer.status, answer.text).toBe(201);
  return { id: String(at(answer, "id")), answer };
}

async function rowOf(id: string) {
  const { db } = world.base.handle;
  return db.selectFrom("account").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
}

test("[IDN-3] Okta: looked for, made, read, and the same again is no second one", async () => {
  const none = await call(
    "GET",
    "/Users?filter=userName%20eq%20%22test.user%40okta.local%22&startIndex=1&count=100",
  );
  expect([none.status, at(none, "totalResults"), at(none, "Resources")]).toEqual([200, 0, []]);
  const { id, answer } = await created();
  expect(answer.header("content-type")).toBe("application/scim+json; charset=utf-8");
  expect(answer.header("location")).toBe(`https://meet.example.jp/scim/v2/Users/${id}`);
  expect(answer.header("etag")).toBe(at(answer, "meta", "version"));
  expect(answer.body).toMatchObject({
    schemas: [user, "urn:ietf:params:scim:schemas:extension:sekisho:2.0:User"],
    id,
    externalId: "00ujl29u0le5T6Aj10h7",
    userName: "test.user@okta.local",
    name: { givenName: "Test", familyName: "User" },
    displayName: "Test User",
    emails: [{ primary: true, value: "test.user@okta.local", type: "work" }],
    active: true,
    groups: [],
    meta: { resourceType: "User" },
  });
  expect(answer.text).not.toContain("password");
  expect((await call("GET", `/Users/${id}`)).body).toEqual(answer.body);
  const twice = await call("POST", "/Users", { body: { ...fromOkta, userName: "TEST.user@okta.local" } });
  expect([twice.status, at(twice, "scimType"), at(twice, "status")]).toEqual([409, "uniqueness", "409"]);
  const found = await call("GET", "/Users?filter=userName%20eq%20%22TEST.USER%40okta.local%22");
  expect([at(found, "totalResults"), at(found, "Resources", 0, "id")]).toEqual([1, id]);
});

test("[IDN-3] [IDN-2] an account from a directory is a member, without a password that anybody knows", async () => {
  const { id } = await created();
  expect(await rowOf(id)).toMatchObject({ role: "member", duties: [], locale: "en", last_sign_in_at: null });
  const { passwordMatches } = await import("../accounts/passwords.ts");
  const { password_hash: hash } = await rowOf(id);
  expect(await passwordMatches(hash, fromOkta.password)).toBe(false);
  await patch(id, { op: "replace", value: { password: "a long enough password 1" } });
  expect((await rowOf(id)).password_hash).toBe(hash);
  const roles = await patch(id, { op: "add", path: "roles", value: [{ value: "owner" }] });
  expect([roles.status, (await rowOf(id)).role]).toEqual([200, "member"]);
});

test("[IDN-3] Entra ID: userName and address are two, each changed by its own path", async () => {
  const { id, answer } = await created(fromEntra);
  expect(answer.body).toMatchObject({
    userName: fromEntra.userName,
    displayName: "givenName familyName",
    emails: [{ value: "Test_User_fd0ea19b@example.jp" }],
  });
  const changed = await patch(
    id,
    { op: "Replace", path: 'emails[type eq "work"].value', value: "updatedEmail@example.jp" },
    { op: "Replace", path: "name.familyName", value: "updatedFamilyName" },
    { op: "Replace", path: "displayName", value: "Updated" },
  );
  expect(changed.status, changed.text).toBe(200);
  expect(changed.body).toMatchObject({
    userName: fromEntra.userName,
    displayName: "Updated",
    name: { familyName: "updatedFamilyName", givenName: "givenName" },
    emails: [{ value: "updatedEmail@example.jp" }],
  });
  expect((await rowOf(id)).email).toBe("updatedEmail@example.jp");
  const renamed = await patch(id, { op: "Replace", path: "userName", value: "5b50642d@example.jp" });
  expect(renamed.body).toMatchObject({
    userName: "5b50642d@example.jp",
    emails: [{ value: "updatedEmail@example.jp" }],
  });
  const byExternal = await call("GET", `/Users?filter=externalId+eq+%22${fromEntra.externalId}%22`);
  expect(at(byExternal, "Resources", 0, "id")).toBe(id);
});

async function withSession(accountId: string): Promise<void> {
  await world.base.handle.db
    .insertInto("session")
    .values({
      ...{ id: `session-${accountId}`, token_hash: Buffer.from(accountId), account_id: accountId },
      ...{ proved_at: new Date(), expires_at: new Date(Date.now() + 60_000), device: "", address: "" },
    })
    .execute();
}

test("[IDN-3] [IDN-5] disabled by a directory: every session ends at once, and it alone brings back", async () => {
  const { id } = await created();
  await withSession(id);
  const off = await patch(id, { op: "Replace", path: "active", value: "False" });
  expect([off.status, at(off, "active")], off.text).toEqual([200, false]);
  expect(world.ended).toEqual([`session-${id}`]);
  expect((await rowOf(id)).disabled_at).not.toBeNull();
  const on = await patch(id, { op: "replace", value: { active: true } });
  expect([on.status, at(on, "active")]).toEqual([200, true]);
  // By hand: the next sync does not bring the person back.
  const by = { disabled_at: new Date() };
  await world.base.handle.db.updateTable("account").set(by).where("id", "=", id).execute();
  const refused = await call("PUT", `/Users/${id}`, { body: fromOkta });
  expect([refused.status, at(refused, "detail")]).toEqual([
    403,
    "The account was disabled here by hand, and is enabled here.",
  ]);
  expect((await rowOf(id)).disabled_at).not.toBeNull();
});

test("[IDN-3] PUT says all there is, and what it leaves out is taken away; `active` stays as it was", async () => {
  const { id } = await created();
  await patch(id, { op: "replace", path: "active", value: false });
  const put = await call("PUT", `/Users/${id}`, {
    body: { schemas: [user], id, userName: "other@okta.local", name: { formatted: "Other Name" } },
  });
  expect(put.status, put.text).toBe(200);
  expect(put.body).toMatchObject({ userName: "other@okta.local", displayName: "Other Name", active: false });
  expect([at(put, "externalId"), at(put, "name", "givenName")]).toEqual([undefined, undefined]);
  expect((await call("PUT", `/Users/${id}`, { body: { schemas: [user] } })).status).toBe(400);
});

test("[IDN-3] DELETE: gone for the directory, disabled here; the same name again is the same account, bare", async () => {
  const { id } = await created();
  await withSession(id);
  const before = await rowOf(id);
  expect((await call("DELETE", `/Users/${id}`)).status).toBe(204);
  expect(world.ended).toEqual([`session-${id}`]);
  expect((await rowOf(id)).disabled_at).not.toBeNull();
  for (const answer of [
    await call("GET", `/Users/${id}`),
    await call("DELETE", `/Users/${id}`),
    await patch(id, { op: "replace", path: "active", value: true }),
  ])
    expect(answer.status).toBe(404);
  expect(at(await call("GET", "/Users?filter=active+eq+false"), "totalResults")).toBe(0);
  const again = await created({ ...fromOkta, displayName: "Somebody Else" });
  expect(again.id).toBe(id);
  const after = await rowOf(id);
  expect([after.disabled_at, after.display_name]).toEqual([null, "Somebody Else"]);
  expect(after.password_hash).not.toBe(before.password_hash);
});

test("[IDN-3] taking away and making again gives nobody else the account, nor back what a person took", async () => {
  const member = await insertPerson(world.base, { name: "社員", email: "member@example.jp" });
  const made = (email: string) =>
    call("POST", "/Users", {
      body: {
        ...fromOkta,
        userName: "member@example.jp",
        emails: [{ primary: true, value: email, type: "work" }],
      },
    });
  expect((await call("DELETE", `/Users/${member}`)).status).toBe(204);
  expect((await made("attacker@example.com")).status).toBe(409);
  expect((await rowOf(member)).email).toBe("member@example.jp");
  expect((await made("member@example.jp")).status).toBe(201);
  const elsewhere = { op: "replace", path: 'emails[type eq "work"].value', value: "attacker@example.com" };
  expect((await patch(member, elsewhere)).status).toBe(400);
  const byHand = await insertPerson(world.base, { name: "退職", email: "left@example.jp" });
  const { db } = world.base.handle;
  await db.updateTable("account").set({ disabled_at: new Date() }).where("id", "=", byHand).execute();
  await call("DELETE", `/Users/${byHand}`);
  const again = await call("POST", "/Users", {
    body: { ...fromOkta, userName: "left@example.jp", emails: [] },
  });
  expect([again.status, (await rowOf(byHand)).disabled_at === null]).toEqual([409, false]);
});

test("[IDN-3] [BAR-6] never an owner, and not those who look after barriers; no address that it has not made", async () => {
  const { base, owner } = world;
  const compliance = await insertPerson(base, {
    name: "法務",
    email: "law@example.jp",
    duties: ["compliance"],
  });
  const admin = await insertPerson(base, { name: "管理", email: "admin@example.jp", role: "admin" });
  const member = await insertPerson(base, { name: "社員", email: "member@example.jp" });
  const seen = await call("GET", "/Users?filter=userName+eq+%22rina%40example.jp%22");
  expect(at(seen, "Resources", 0, "id")).toBe(owner);
  const off = { op: "replace", path: "active", value: false };
  const named = { op: "replace", path: "displayName", value: "他人" };
  for (const [id, operation] of [
    [owner, off],
    [owner, named],
    [owner, { op: "add", path: "externalId", value: "x" }],
    [compliance, off],
  ] as const)
    expect([id, (await patch(id, operation)).status]).toEqual([id, 403]);
  expect((await call("DELETE", `/Users/${owner}`)).status).toBe(403);
  expect((await call("DELETE", `/Users/${compliance}`)).status).toBe(403);
  expect((await rowOf(owner)).disabled_at).toBeNull();
  const taken = await call("POST", "/Users", {
    body: { ...fromOkta, userName: "RINA@example.jp", emails: [] },
  });
  expect(taken.status).toBe(409);
  const address = { op: "replace", path: 'emails[type eq "work"].value', value: "taken-over@example.jp" };
  for (const id of [admin, member, compliance]) {
    const adopted = await patch(id, { op: "add", path: "externalId", value: `e-${id}` });
    expect(adopted.status, adopted.text).toBe(200);
    const refused = await patch(id, address);
    expect([refused.status, at(refused, "scimType")]).toEqual([400, "mutability"]);
  }
  // Made by the directory, and given a rank here: from then on the address is no longer the directory's.
  const { id } = await created();
  expect((await patch(id, address)).status).toBe(200);
  await base.handle.db.updateTable("account").set({ role: "admin" }).where("id", "=", id).execute();
  const back = { ...address, value: "x@example.jp" };
  expect((await patch(id, back)).status).toBe(400);
});

test("[IDN-3] ETag: If-Match keeps two from writing over each other, and any door changes it", async () => {
  const { id, answer } = await created();
  const tag = answer.header("etag");
  const known = await call("GET", `/Users/${id}`, { headers: { "if-none-match": tag } });
  expect(known.status).toBe(304);
  await world.base.handle.db
    .updateTable("account")
    .set({ display_name: "別名" })
    .where("id", "=", id)
    .execute();
  const read = await call("GET", `/Users/${id}`);
  expect(read.header("etag")).not.toBe(tag);
  expect(String(at(read, "meta", "lastModified")) > String(at(answer, "meta", "lastModified"))).toBe(true);
  const body = { schemas: [patchOp], Operations: [{ op: "replace", path: "displayName", value: "X" }] };
  for (const method of ["PATCH", "PUT"] as const) {
    const sent = method === "PATCH" ? body : fromOkta;
    const refused = await call(method, `/Users/${id}`, { body: sent, headers: { "if-match": tag } });
    expect(refused.status).toBe(412);
  }
  expect((await call("DELETE", `/Users/${id}`, { headers: { "if-match": tag } })).status).toBe(412);
  const fine = await call("PATCH", `/Users/${id}`, { body, headers: { "if-match": read.header("etag") } });
  expect(fine.status).toBe(200);
});

test("[IDN-3] pages begin at 1, ends out of range are the nearest ones, and no row is told twice", async () => {
  for (let index = 0; index < 5; index++)
    await created({ schemas: [user], userName: `p${index}@example.jp`, displayName: `人 ${index}` });
  const page = (query: string) => call("GET", `/Users?${query}`);
  const ids = new Set<unknown>();
  for (let start = 1; start <= 6; start += 2) {
    const answer = await page(`startIndex=${start}&count=2`);
    expect(answer.body).toMatchObject({ totalResults: 6, startIndex: start, itemsPerPage: 2 });
    ids.add(at(answer, "Resources", 0, "id")).add(at(answer, "Resources", 1, "id"));
  }
  expect(ids.size).toBe(6);
  expect((await page("startIndex=-3&count=-1")).body).toMatchObject({
    totalResults: 6,
    startIndex: 1,
    itemsPerPage: 0,
  });
  expect((await page("startIndex=100")).body).toMatchObject({ totalResults: 6, itemsPerPage: 0 });
  expect((await page("count=x")).status).toBe(400);
  const some = await page("attributes=userName&count=1");
  expect(keysOf(at(some, "Resources", 0)).toSorted()).toEqual(["id", "schemas", "userName"]);
  const without = await page("excludedAttributes=emails,groups&count=1");
  expect([at(without, "Resources", 0, "emails"), at(without, "Resources", 0, "id")]).not.toContain(null);
  expect(at(without, "Resources", 0, "emails")).toBeUndefined();
});

test("[IDN-3] filters are asked of the database as RFC 7644 has them", async () => {
  await created();
  await created(fromEntra);
  const count = async (filter: string) => {
    const answer = await call("GET", `/Users?filter=${encodeURIComponent(filter)}`);
    return answer.status === 200 ? at(answer, "totalResults") : at(answer, "scimType");
  };
  for (const [filter, expected] of [
    ['userName eq "test.user@okta.local"', 1],
    ['userName ne "test.user@okta.local"', 2],
    ['externalId eq "00ujl29u0le5T6Aj10h7" and active eq true', 1],
    ['externalId eq "00UJL29U0LE5T6AJ10H7"', 0],
    ['externalId eq "00ujl29u0le5T6Aj10h7" or userName sw "rina"', 2],
    ['emails[type eq "work" and value co "okta"]', 1],
    ['emails.value ew "example.jp"', 2],
    ["externalId pr", 2],
    ["not (externalId pr)", 1],
    ["externalId eq null", 1],
    ['displayName co "%"', 0],
    ['userName co "_"', 1],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', 3],
    ['userName gt "s"', 2],
    ['title eq "x"', "invalidFilter"],
    ["active gt true", "invalidFilter"],
    ['meta.created gt "soon"', "invalidFilter"],
    ["userName eq 1", "invalidFilter"],
    ["constructor pr", "invalidFilter"],
  ] as const)
    expect([filter, await count(filter)]).toEqual([filter, expected]);
});

test("[IDN-3] two that take one name at one instant: one has it", async () => {
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => call("POST", "/Users", { body: fromOkta })),
  );
  expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(["201", "409", "409", "409"]);
});

test("[IDN-3] [AUD-1] each change stands in the organisation's log, without names in the chain", async () => {
  const { id } = await created();
  await patch(id, { op: "replace", path: "displayName", value: "秘密 の名" });
  await patch(id, { op: "replace", path: "active", value: false });
  await call("DELETE", `/Users/${id}`);
  const rows = await world.base.handle.db
    .selectFrom("organisation_event")
    .select(["type", "data"])
    .orderBy("seq")
    .execute();
  const own = rows.filter(({ data }) => data.includes(id));
  expect(own.map(({ type }) => type)).toEqual([
    ...["account.created", "account.changed", "account.changed", "account.leftDirectory"],
  ]);
  expect(JSON.stringify(rows)).not.toContain("秘密");
  for (const { data } of own) expect(JSON.parse(data)).toMatchObject({ actor: { kind: "service" } });
});
