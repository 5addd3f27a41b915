import { routes } from "@sekisho/contract";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FastifyInstance } from "fastify";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import {
  featureApp,
  featureBase,
  noMail,
  noProviders,
  TestBrowserClient,
  testOrigin,
  testSessionLimits,
  type Answer,
  type FeatureBase,
} from "../../../../../packages/testkit/src/feature-app.ts";
import { verifyAll } from "../evidence/verify.ts";
import { createAccountsFeature, type AccountsFeature } from "./accounts-feature.ts";
import { signInLimits } from "./sign-in-limits.ts";

let postgres: TestPostgres;
let base: FeatureBase;
let accounts: AccountsFeature;
let app: FastifyInstance;
let ended: string[];

const password = "correct horse 電池";
const owner = {
  organisationName: "みどり野銀行",
  organisationAddress: "",
  email: "rina@example.jp",
  displayName: "佐久間 里奈",
  password,
  locale: "ja",
};

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  base = await featureBase(postgres);
  ended = [];
  accounts = createAccountsFeature({
    db: base.handle.db,
    keys: base.keys,
    log: base.log,
    limits: base.limits,
    sessionLimits: testSessionLimits,
    origin: () => testOrigin,
    facts: async () => [],
    mail: noMail,
    sendsMail: false,
    origins: () => [testOrigin],
    now: Date.now,
    apart: async () => () => false,
    ...noProviders,
    onSessionsEnded: (ids) => ended.push(...ids),
  });
  app = featureApp(base, accounts);
  return async () => {
    await app.close();
    await base[Symbol.asyncDispose]();
  };
});

function code(answer: Answer): unknown {
  return typeof answer.body === "object" && answer.body !== null ? Reflect.get(answer.body, "code") : null;
}

function field(answer: Answer, ...path: readonly string[]): string {
  let value: unknown = answer.body;
  for (const name of path)
    value = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  return String(value);
}

async function setUp(): Promise<TestBrowserClient> {
  const token = await accounts.ensureSetupLink();
  const browser = new TestBrowserClient(app);
  const answer = await browser.send("POST", `/api/setup/${token}`, owner);
  expect(answer.status).toBe(200);
  return browser;
}

async function invite(by: TestBrowserClient, email: string, role: string): Promise<TestBrowserClient> {
  const invited = await by.send("POST", "/api/accounts/invitations", {
    email,
    displayName: "桐生 真帆",
    role,
  });
  expect(invited.status).toBe(200);
  const token = field(invited, "url").split("/").at(-1);
  const browser = new TestBrowserClient(app, "203.0.113.8");
  const accepted = await browser.send("POST", `/api/invitations/${token}`, {
    displayName: "桐生 真帆",
    password,
    locale: "ja",
  });
  expect(accepted.status).toBe(200);
  return browser;
}

async function currentSession(browser: TestBrowserClient): Promise<string> {
  const list = await browser.send("GET", "/api/me/sessions");
  return /"id":"([^"]+)","current":true/u.exec(list.text)?.[1] ?? "";
}

function signIn(browser: TestBrowserClient, email = owner.email, typed = password): Promise<Answer> {
  return browser.send("POST", "/api/sign-in", { email, password: typed });
}

test("[IDN-1] there is no account before the set-up link, and the link is good once", async () => {
  const first = await accounts.ensureSetupLink();
  const second = await accounts.ensureSetupLink();
  const browser = new TestBrowserClient(app);
  expect(code(await browser.send("POST", `/api/setup/${first}`, owner))).toBe("setup_link_invalid");
  expect((await browser.send("GET", `/api/setup/${second}`)).status).toBe(200);
  expect(code(await signIn(browser))).toBe("sign_in_failed");
  const done = await browser.send("POST", `/api/setup/${second}`, owner);
  expect(field(done, "role")).toBe("owner");
  expect((await browser.send("GET", "/api/me")).status).toBe(200);
  expect(code(await browser.send("GET", `/api/setup/${second}`))).toBe("setup_link_invalid");
  expect(code(await browser.send("POST", `/api/setup/${second}`, owner))).toBe("setup_link_invalid");
  expect(await accounts.ensureSetupLink()).toBeNull();
});

test("[IDN-1] of several that complete the set-up at one instant exactly one succeeds", async () => {
  const token = await accounts.ensureSetupLink();
  const answers = await Promise.all(
    [1, 2, 3, 4].map((n) =>
      new TestBrowserClient(app, `203.0.113.${n}`).send("POST", `/api/setup/${token}`, {
        ...owner,
        email: `rina${n}@example.jp`,
      }),
    ),
  );
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 404, 404, 404]);
  const rows = await base.handle.db.selectFrom("account").select("id").execute();
  expect(rows).toHaveLength(1);
});

test("[IDN-2] passwords: 12 characters after NFKC, none of the shipped list, no rules of composition", async () => {
  const token = await accounts.ensureSetupLink();
  const browser = new TestBrowserClient(app);
  const tryWith = async (typed: string) =>
    code(await browser.send("POST", `/api/setup/${token}`, { ...owner, password: typed }));
  expect(await tryWith("elevenchars")).toBe("password_too_short");
  // 12 code units, 6 characters; and 12 characters that NFKC folds into 11.
  expect(await tryWith("😀😀😀😀😀😀")).toBe("password_too_short");
  expect(await tryWith("abcdefghijカ\u3099")).toBe("password_too_short");
  expect(await tryWith("あ".repeat(400))).toBe("password_too_long");
  expect(await tryWith("123456789012")).toBe("password_breached");
  expect(await tryWith("１２３４５６７８９０１２")).toBe("password_breached");
  expect(await tryWith("just twelve.")).toBe(undefined);
  expect((await browser.send("GET", "/api/me")).status).toBe(200);
});

test("[IDN-2] the list is compared without regard to case", async () => {
  const token = await accounts.ensureSetupLink();
  const browser = new TestBrowserClient(app);
  const answer = await browser.send("POST", `/api/setup/${token}`, { ...owner, password: "QwertyUIOP123" });
  expect([code(answer), answer.status]).toEqual(["password_breached", 422]);
});

test("[IDN-2] full width and composed forms are the same password, and the address is told apart by nothing but letters", async () => {
  await setUp();
  const browser = new TestBrowserClient(app);
  expect((await signIn(browser, " RINA@example.jp ", "ｃｏｒｒｅｃｔ horse 電池")).status).toBe(200);
  const row = await base.handle.db.selectFrom("account").select("password_hash").executeTakeFirstOrThrow();
  expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u);
});

test("[IDN-5] cookies are __Host-, HttpOnly and Secure; tokens are kept hashed; a new sign-in ends the old session", async () => {
  const browser = await setUp();
  const raw = await app.inject({
    method: "POST",
    url: routes.account.signIn.path,
    headers: { origin: testOrigin, "content-type": "application/json" },
    payload: JSON.stringify({ email: owner.email, password }),
  });
  for (const cookie of [raw.headers["set-cookie"] ?? []].flat())
    expect(cookie).toMatch(/^__Host-[a-z-]+=[^;]+; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=\d+$/u);
  const before = new Map(browser.cookies);
  await signIn(browser);
  expect(ended).toHaveLength(1);
  const old = new TestBrowserClient(app);
  for (const [name, value] of before) old.cookies.set(name, value);
  expect((await old.send("GET", "/api/me")).status).toBe(401);
  const rows = await base.handle.db.selectFrom("session").selectAll().execute();
  const token = browser.cookies.get("__Host-sekisho-session") ?? "";
  expect(token).toHaveLength(43);
  expect(JSON.stringify(rows)).not.toContain(token);
});

test("[IDN-5] own sessions are listed and revoked; nobody else's are", async () => {
  const browser = await setUp();
  const second = new TestBrowserClient(app);
  await signIn(second);
  const third = new TestBrowserClient(app);
  await signIn(third);
  const list = await browser.send("GET", "/api/me/sessions");
  const rows = await base.handle.db
    .selectFrom("session")
    .select("id")
    .where("revoked_at", "is", null)
    .execute();
  expect(rows).toHaveLength(3);
  expect(list.text.match(/"current":true/gu)).toHaveLength(1);
  const colleague = await invite(browser, "maho@example.jp", "member");
  const secondId = await currentSession(second);
  expect(code(await colleague.send("DELETE", `/api/me/sessions/${secondId}`))).toBe("not_found");
  expect((await browser.send("DELETE", `/api/me/sessions/${secondId}`)).status).toBe(200);
  expect(ended).toEqual([secondId]);
  expect((await second.send("GET", "/api/me")).status).toBe(401);
  expect(field(await browser.send("POST", "/api/me/sessions/revoke-others"), "ended")).toBe("1");
  expect((await third.send("GET", "/api/me")).status).toBe(401);
  expect((await browser.send("POST", "/api/sign-out")).status).toBe(200);
  expect((await browser.send("GET", "/api/me")).status).toBe(401);
});

test("[IDN-5] a new password ends every other session and makes copies of this one's cookie worthless", async () => {
  const browser = await setUp();
  const other = new TestBrowserClient(app);
  await signIn(other);
  const copy = new TestBrowserClient(app);
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
  const next = "another long passphrase";
  expect(code(await browser.send("PUT", "/api/me/password", { current: "wrong password!", next }))).toBe(
    "current_password_wrong",
  );
  expect((await browser.send("PUT", "/api/me/password", { current: password, next })).status).toBe(200);
  expect((await browser.send("GET", "/api/me")).status).toBe(200);
  for (const gone of [other, copy]) expect((await gone.send("GET", "/api/me")).status).toBe(401);
  expect((await signIn(new TestBrowserClient(app))).status).toBe(401);
  expect((await signIn(new TestBrowserClient(app), owner.email, next)).status).toBe(200);
});

test("[IDN-5] disabling ends sessions at once; admins do not touch owners; one owner always stays", async () => {
  const boss = await setUp();
  const admin = await invite(boss, "admin@example.jp", "admin");
  const member = await invite(boss, "member@example.jp", "member");
  const idOf = async (browser: TestBrowserClient) => field(await browser.send("GET", "/api/me"), "id");
  const change = (by: TestBrowserClient, id: string, what: object) =>
    by.send("PATCH", `/api/accounts/${id}`, what);
  const [ownerId, adminId, memberId] = [await idOf(boss), await idOf(admin), await idOf(member)];
  expect(code(await change(admin, ownerId, { disabled: true }))).toBe("not_allowed");
  expect(code(await change(admin, memberId, { role: "owner" }))).toBe("not_allowed");
  expect(code(await change(member, adminId, { role: "member" }))).toBe("not_allowed");
  expect(code(await change(boss, ownerId, { role: "admin" }))).toBe("last_owner");
  expect(code(await change(boss, ownerId, { disabled: true }))).toBe("last_owner");
  expect(code(await change(admin, adminId, { role: "member" }))).toBe("own_account");
  expect((await change(boss, memberId, { disabled: true })).status).toBe(200);
  expect(ended).toHaveLength(1);
  expect((await member.send("GET", "/api/me")).status).toBe(401);
  expect(code(await signIn(new TestBrowserClient(app), "member@example.jp"))).toBe("sign_in_failed");
  expect((await change(boss, memberId, { disabled: false })).status).toBe(200);
  expect((await signIn(new TestBrowserClient(app), "member@example.jp")).status).toBe(200);
});

test("[IDN-5] two owners who demote each other at one instant leave one", async () => {
  const a = await setUp();
  const b = await invite(a, "b@example.jp", "owner");
  const ids = [field(await a.send("GET", "/api/me"), "id"), field(await b.send("GET", "/api/me"), "id")];
  await Promise.all([
    a.send("PATCH", `/api/accounts/${ids[1]}`, { role: "member" }),
    b.send("PATCH", `/api/accounts/${ids[0]}`, { role: "member" }),
  ]);
  const owners = await base.handle.db
    .selectFrom("account")
    .select("id")
    .where("role", "=", "owner")
    .execute();
  expect(owners).toHaveLength(1);
});

test("[IDN-6] guesses are limited for one place and one address, and a right password is no guess", async () => {
  await setUp();
  const browser = new TestBrowserClient(app, "198.51.100.1");
  for (let n = 0; n < signInLimits.onePlaceOneAddress.max - 1; n++)
    await signIn(browser, owner.email, "wrong wrong wrong");
  expect((await signIn(browser)).status).toBe(200);
  expect((await signIn(browser, owner.email, "wrong wrong wrong")).status).toBe(401);
  const elsewhere = new TestBrowserClient(app, "198.51.100.1");
  expect((await signIn(elsewhere)).status).toBe(429);
});

test("[IDN-6] nobody locks out another: a browser that has signed in before is not under the address's limit", async () => {
  const browser = await setUp();
  await browser.send("POST", "/api/sign-out");
  const { max } = signInLimits.oneAddress;
  for (let n = 0; n <= max; n++)
    await signIn(new TestBrowserClient(app, `198.51.100.${n}`), owner.email, "wrong wrong wrong");
  expect((await signIn(new TestBrowserClient(app, "192.0.2.1"))).status).toBe(429);
  expect((await signIn(browser)).status).toBe(200);
  // The mark is good for its own address only, and cannot be made up.
  const stranger = new TestBrowserClient(app, "192.0.2.2");
  const known = browser.cookies.get("__Host-sekisho-known") ?? "";
  stranger.cookies.set("__Host-sekisho-known", `${known.slice(0, -4)}AAAA`);
  expect((await signIn(stranger)).status).toBe(429);
});

test("[IDN-6] every failed sign-in has one answer, whether the address exists or not", async () => {
  await setUp();
  const wrong = await signIn(new TestBrowserClient(app), owner.email, "wrong wrong wrong");
  const unknown = await signIn(new TestBrowserClient(app), "nobody@example.jp", "wrong wrong wrong");
  expect([wrong.status, wrong.text]).toEqual([unknown.status, unknown.text]);
  expect(wrong.status).toBe(401);
});

test("[IDN-5] invitations are good once, for their address, until they are taken back", async () => {
  const boss = await setUp();
  const make = (email: string, role = "member") =>
    boss.send("POST", "/api/accounts/invitations", { email, displayName: "桐生 真帆", role });
  expect(code(await make(owner.email.toUpperCase()))).toBe("email_taken");
  const first = field(await make("a@example.jp"), "url")
    .split("/")
    .at(-1);
  const again = await make("A@example.jp");
  const second = field(again, "url").split("/").at(-1);
  const guest = new TestBrowserClient(app);
  expect(code(await guest.send("GET", `/api/invitations/${first}`))).toBe("invitation_invalid");
  expect((await guest.send("GET", `/api/invitations/${second}`)).status).toBe(200);
  const taken = await boss.send("DELETE", `/api/accounts/invitations/${field(again, "invitation", "id")}`);
  expect(taken.status).toBe(200);
  expect(code(await guest.send("GET", `/api/invitations/${second}`))).toBe("invitation_invalid");
  const third = field(await make("a@example.jp"), "url")
    .split("/")
    .at(-1);
  const body = { displayName: "桐生 真帆", password, locale: "ja" };
  const answers = await Promise.all(
    [1, 2, 3].map((n) =>
      new TestBrowserClient(app, `203.0.113.${n}`).send("POST", `/api/invitations/${third}`, body),
    ),
  );
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 404, 404]);
  const late = field(await make("late@example.jp"), "url")
    .split("/")
    .at(-1);
  await base.handle.db
    .updateTable("invitation")
    .set({ expires_at: new Date(Date.now() - 1) })
    .execute();
  expect(code(await guest.send("POST", `/api/invitations/${late}`, body))).toBe("invitation_invalid");
});

test("[AUD-1] accounts, sign-in and refusals stand in the organisation's chain, which verifies, without a name in clear", async () => {
  const boss = await setUp();
  await invite(boss, "maho@example.jp", "member");
  await signIn(new TestBrowserClient(app), owner.email, "wrong wrong wrong");
  await boss.send("PATCH", "/api/me", { displayName: "佐久間 りな" });
  const rows = await base.handle.db
    .selectFrom("organisation_event")
    .select(["type", "data"])
    .orderBy("seq")
    .execute();
  expect(rows.map((row) => row.type)).toEqual([
    "organisation.created",
    "account.created",
    "session.opened",
    "invitation.created",
    "account.created",
    "session.opened",
    "session.refused",
    "account.changed",
  ]);
  for (const secret of ["example.jp", "里奈", "真帆", password])
    expect(JSON.stringify(rows)).not.toContain(secret);
  const verified = await verifyAll({ db: base.handle.db, keys: base.keys });
  expect([verified.ok, verified.records]).toEqual([true, 8]);
});

test("hostile input on the accounts' routes gets a clear code, never a fault", async () => {
  const boss = await setUp();
  const bodies: readonly unknown[] = [
    { email: "a\0b", password },
    { email: "\ud800", password },
    { email: owner.email, password, extra: 1 },
    { email: { a: 1 }, password: [] },
    { email: owner.email, password: Number.MAX_VALUE },
    [],
    null,
    "text",
    { email: "x".repeat(300_000), password },
  ];
  for (const body of bodies) {
    const answer = await boss.send("POST", "/api/sign-in", body);
    expect([answer.status, code(answer)]).toEqual([400, "bad_request"]);
  }
  const raw = '{"email":"a@example.jp","password":"x","__proto__":{"role":"owner"}}';
  expect((await boss.sendRaw({ method: "POST", url: "/api/sign-in", payload: raw })).status).toBe(400);
  expect((await boss.sendRaw({ method: "POST", url: "/api/sign-in", payload: '{"email":' })).status).toBe(
    400,
  );
  for (const [method, url, body] of [
    ["GET", "/api/people?q=%00", undefined],
    ["GET", `/api/people?q=${"%25_".repeat(20)}`, undefined],
    ["GET", "/api/people?q=a&q=b", undefined],
    ["GET", "/api/setup/short", undefined],
    ["PATCH", "/api/accounts/not-a-uuid", { role: "member" }],
    ["PATCH", "/api/accounts/00000000-0000-4000-8000-000000000000", { role: "god" }],
    ["PATCH", "/api/me", { displayName: "\u202Eevil" }],
    ["PATCH", "/api/me", { displayName: "a\0" }],
    ["DELETE", "/api/me/sessions/%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00", undefined],
  ] as const) {
    const answer = await boss.send(method, url, body);
    expect([url, [200, 400].includes(answer.status)], answer.text).toEqual([url, true]);
  }
});

test("[IDN-5] what another site sends with a person's cookies is refused", async () => {
  const boss = await setUp();
  const foreign = await boss.sendRaw({
    method: "PATCH",
    url: "/api/me",
    payload: JSON.stringify({ displayName: "x" }),
    headers: { origin: "https://evil.example" },
  });
  expect([foreign.status, code(foreign)]).toEqual([403, "origin_not_allowed"]);
});
