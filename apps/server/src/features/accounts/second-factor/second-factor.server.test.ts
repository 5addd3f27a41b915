import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  accountsWorld,
  worldOwner,
  worldPassword,
  type AccountsWorld,
  type WorldTotp,
} from "../../../../../../packages/testkit/src/accounts-world.ts";
import { at } from "../../../../../../packages/testkit/src/answers.ts";
import {
  TestBrowserClient,
  type Answer,
  type FeatureBase,
} from "../../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../../packages/testkit/src/postgres.ts";
import { verifyAll } from "../../evidence/verify.ts";
import { factorLimits } from "./prove-factor.ts";
import { totpCode, totpStep } from "./totp.ts";

let postgres: TestPostgres;
let world: AccountsWorld;
let base: FeatureBase;
let app: FastifyInstance;
let ended: readonly string[];

const password = worldPassword;
const email = worldOwner;
const wrongCode = "000000";

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  world = await accountsWorld(postgres);
  ({ base, app, ended } = world);
  return () => world[Symbol.asyncDispose]();
});

const code = (answer: Answer) => at(answer, "code");

const setUp = () => world.setUp();
const colleague = (by: TestBrowserClient, address: string, role = "member") =>
  world.colleague(by, address, role);
const setUpTotp = (browser: TestBrowserClient) => world.setUpTotp(browser);
const nextCode = (totp: WorldTotp) => totp.next();

const signIn = (browser: TestBrowserClient, typed = password, address = email) =>
  browser.send("POST", "/api/sign-in", { email: address, password: typed });
const second = (browser: TestBrowserClient, method: string, typed: string) =>
  browser.send("POST", "/api/sign-in/second-factor", { method, code: typed });
const rule = (browser: TestBrowserClient, demands: readonly string[]) =>
  browser.send("PUT", "/api/organisation/second-factor", { demands });
const cookieOf = (browser: TestBrowserClient) => browser.cookies.get("__Host-sekisho-session");

test("[IDN-2] with an app the password alone opens no session; the code does, once", async () => {
  const totp = await setUpTotp(await setUp());
  expect(totp.codes).toHaveLength(10);
  const browser = new TestBrowserClient(app, "203.0.113.9");
  const step = await signIn(browser);
  expect(step.body).toEqual({ step: "secondFactor", methods: ["totp", "recovery"] });
  expect(cookieOf(browser)).toBeUndefined();
  expect(code(await browser.send("GET", "/api/me"))).toBe("sign_in_required");
  const fresh = nextCode(totp);
  expect(code(await second(browser, "totp", wrongCode))).toBe("second_factor_failed");
  expect(at(await second(browser, "totp", fresh), "email")).toBe(email);
  expect((await browser.send("GET", "/api/me")).status).toBe(200);
  // The same code in another browser, within its thirty seconds.
  const other = new TestBrowserClient(app, "203.0.113.10");
  await signIn(other);
  expect(code(await second(other, "totp", fresh))).toBe("second_factor_failed");
  expect(code(await second(other, "totp", totpCode(totp.secret, totpStep(world.clock.now) - 1)))).toBe(
    "second_factor_failed",
  );
  expect((await second(other, "totp", nextCode(totp))).status).toBe(200);
});

test("[IDN-2] of one code used at the same instant in several browsers one opens a session", async () => {
  const totp = await setUpTotp(await setUp());
  const browsers = [1, 2, 3, 4].map((n) => new TestBrowserClient(app, `203.0.113.${n + 20}`));
  for (const browser of browsers) await signIn(browser);
  const fresh = nextCode(totp);
  const answers = await Promise.all(browsers.map((browser) => second(browser, "totp", fresh)));
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
});

test("[IDN-2] a recovery code is good once, in the form in which people type it; new ones void the old", async () => {
  const owner = await setUp();
  const totp = await setUpTotp(owner);
  const [first = "", other = ""] = totp.codes;
  const browser = new TestBrowserClient(app, "203.0.113.9");
  await signIn(browser);
  expect((await second(browser, "recovery", ` ${first.toLowerCase().replaceAll("-", " ")}`)).status).toBe(
    200,
  );
  expect(at(await browser.send("GET", "/api/me/second-factor"), "recoveryCodesLeft")).toBe(9);
  const again = new TestBrowserClient(app, "203.0.113.10");
  await signIn(again);
  expect(code(await second(again, "recovery", first))).toBe("second_factor_failed");
  const renewed = await owner.send("POST", "/api/me/second-factor/recovery-codes");
  expect(at(renewed, "codes")).toHaveLength(10);
  expect(code(await second(again, "recovery", other))).toBe("second_factor_failed");
  const kinds = (await world.outbox.list(9)).map(({ kind, to }) => `${kind} ${to}`);
  expect(kinds).toEqual(Array.from({ length: 3 }, () => `accountNotice ${email}`));
});

test("[IDN-2] a wrong password is answered alike, with a second factor and without an account", async () => {
  await setUpTotp(await setUp());
  const wrong = await signIn(new TestBrowserClient(app), "something else entirely");
  const unknown = await signIn(new TestBrowserClient(app), password, "nobody@example.jp");
  expect([wrong.status, wrong.text]).toEqual([unknown.status, unknown.text]);
  const browser = new TestBrowserClient(app);
  expect(code(await second(browser, "totp", "123456"))).toBe("sign_in_again");
  browser.cookies.set("__Host-sekisho-attempt", "A".repeat(43));
  expect(code(await second(browser, "totp", "123456"))).toBe("sign_in_again");
});

test("[IDN-2] asking for a passkey tells nothing of who has one", async () => {
  await setUp();
  const browser = new TestBrowserClient(app);
  const options = await browser.send("POST", "/api/sign-in/passkey/options");
  expect(at(options, "allowCredentials")).toEqual([]);
  expect(at(options, "userVerification")).toBe("required");
  const part = "AAAA";
  const response = {
    ...{ id: part, rawId: part, type: "public-key" },
    response: { clientDataJSON: part, authenticatorData: part, signature: part, userHandle: null },
  };
  expect(code(await browser.send("POST", "/api/sign-in/passkey", { response }))).toBe("sign_in_failed");
});

test("[IDN-6] five tries an attempt, and strangers' tries do not lock out a known browser", async () => {
  const owner = await setUp();
  const totp = await setUpTotp(owner);
  const thief = new TestBrowserClient(app, "198.51.100.1");
  const tries = Math.ceil((factorLimits.strangers.max + 1) / 5);
  const answers: unknown[] = [];
  for (let n = 0; n < tries; n++) {
    await signIn(thief);
    for (let m = 0; m < 5; m++) answers.push(code(await second(thief, "totp", wrongCode)));
    answers.push(code(await second(thief, "totp", wrongCode)));
  }
  expect(answers[4]).toBe("second_factor_failed");
  expect(answers[5]).toBe("sign_in_again");
  expect(answers).toContain("too_many_tries");
  await signIn(thief);
  expect(code(await second(thief, "totp", nextCode(totp)))).toBe("too_many_tries");
  await owner.send("POST", "/api/sign-out");
  await signIn(owner);
  expect((await second(owner, "totp", nextCode(totp))).status).toBe(200);
});

test("[IDN-5] the session is another one after the second step; a planted cookie is nobody's", async () => {
  const totp = await setUpTotp(await setUp());
  const browser = new TestBrowserClient(app, "203.0.113.9");
  const planted = "B".repeat(43);
  browser.cookies.set("__Host-sekisho-session", planted);
  await signIn(browser);
  const attempt = browser.cookies.get("__Host-sekisho-attempt");
  expect((await second(browser, "totp", nextCode(totp))).status).toBe(200);
  expect([planted, attempt]).not.toContain(cookieOf(browser));
  expect(browser.cookies.has("__Host-sekisho-attempt")).toBe(false);
  // What stood between is used up.
  browser.cookies.set("__Host-sekisho-attempt", attempt ?? "");
  expect(code(await second(browser, "totp", nextCode(totp)))).toBe("sign_in_again");
});

test("[IDN-2] setting one up turns the session's token, and a session from before cannot undo it", async () => {
  const owner = await setUp();
  const older = new TestBrowserClient(app, "203.0.113.9");
  await signIn(older);
  const before = cookieOf(owner);
  await setUpTotp(owner);
  expect(cookieOf(owner)).not.toBe(before);
  expect(at(await owner.send("GET", "/api/me/second-factor"), "strength")).toBe("secondFactor");
  expect(code(await older.send("DELETE", "/api/me/second-factor/totp"))).toBe("second_factor_needed");
  await older.send("POST", "/api/me/confirm", { method: "password", password });
  expect(code(await older.send("DELETE", "/api/me/second-factor/totp"))).toBe("second_factor_needed");
  expect(code(await older.send("POST", "/api/me/second-factor/totp"))).toBe("second_factor_needed");
});

test("[IDN-2] changes need a proof that is not older than ten minutes", async () => {
  const owner = await setUp();
  const totp = await setUpTotp(owner);
  world.clock.now += 10 * 60_000;
  expect(code(await owner.send("DELETE", "/api/me/second-factor/totp"))).toBe("confirm_first");
  expect(code(await rule(owner, ["everybody"]))).toBe("confirm_first");
  const wrong = { method: "password", password: "not the password" };
  expect(code(await owner.send("POST", "/api/me/confirm", wrong))).toBe("current_password_wrong");
  const done = await owner.send("POST", "/api/me/confirm", { method: "totp", code: nextCode(totp) });
  expect(at(done, "confirmedUntil")).toBe(world.clock.now + 10 * 60_000);
  expect((await owner.send("DELETE", "/api/me/second-factor/totp")).status).toBe(200);
  expect(at(await owner.send("GET", "/api/me/second-factor"), "recoveryCodesLeft")).toBe(0);
});

test("[IDN-2] a rule that is switched on stops open sessions until a factor is set up or proved", async () => {
  const owner = await setUp();
  const { browser } = await colleague(owner, "maho@example.jp");
  await setUpTotp(owner);
  expect((await rule(owner, ["everybody"])).status).toBe(200);
  expect(ended).toHaveLength(1);
  for (const [method, path] of [
    ["GET", "/api/me"],
    ["GET", "/api/people"],
    ["PATCH", "/api/me"],
    ["GET", "/api/me/sessions"],
  ] as const)
    expect(code(await browser.send(method, path, method === "PATCH" ? {} : undefined))).toBe(
      "second_factor_needed",
    );
  expect(at(await browser.send("GET", "/api/me/second-factor"), "demanded")).toBe(true);
  await setUpTotp(browser);
  expect((await browser.send("GET", "/api/me")).status).toBe(200);
  expect(code(await browser.send("DELETE", "/api/me/second-factor/totp"))).toBe("factor_demanded");
  expect((await owner.send("GET", "/api/me")).status).toBe(200);
});

test("[IDN-2] whoever signs in under the rule without a factor is led to setting one up, and may sign out", async () => {
  const owner = await setUp();
  await setUpTotp(owner);
  await rule(owner, ["everybody"]);
  const { browser } = await colleague(owner, "maho@example.jp");
  expect(code(await browser.send("GET", "/api/me"))).toBe("second_factor_needed");
  expect((await browser.send("POST", "/api/sign-out")).status).toBe(200);
  expect(code(await browser.send("GET", "/api/me"))).toBe("sign_in_required");
  expect((await signIn(browser, password, "maho@example.jp")).body).toEqual({ step: "setUp" });
});

test("[IDN-2] the rule for duties holds for admins and for a duty from the moment it is given", async () => {
  const owner = await setUp();
  await setUpTotp(owner);
  const admin = await colleague(owner, "admin@example.jp", "admin");
  const member = await colleague(owner, "maho@example.jp");
  await rule(owner, ["duties"]);
  expect(code(await admin.browser.send("GET", "/api/me"))).toBe("second_factor_needed");
  expect((await member.browser.send("GET", "/api/me")).status).toBe(200);
  await owner.send("PATCH", `/api/accounts/${member.id}`, { duties: ["auditor"] });
  expect(code(await member.browser.send("GET", "/api/me"))).toBe("second_factor_needed");
});

test("[IDN-2] an owner resets another's factors, never the own; admins do not", async () => {
  const owner = await setUp();
  const admin = await colleague(owner, "admin@example.jp", "admin");
  const member = await colleague(owner, "maho@example.jp");
  await setUpTotp(owner);
  await setUpTotp(member.browser);
  const reset = (by: TestBrowserClient, id: string) => by.send("DELETE", `/api/accounts/${id}/second-factor`);
  expect(code(await reset(admin.browser, member.id))).toBe("not_allowed");
  expect(code(await reset(owner, String(at(await owner.send("GET", "/api/me"), "id"))))).toBe("own_account");
  expect((await reset(owner, member.id)).status).toBe(200);
  expect(code(await member.browser.send("GET", "/api/me"))).toBe("sign_in_required");
  expect(at(await signIn(member.browser, password, "maho@example.jp"), "email")).toBe("maho@example.jp");
  const log = await base.handle.db.selectFrom("organisation_event").select("type").execute();
  expect(log.map((row) => row.type)).toContain("account.factorsReset");
  const verified = await verifyAll({ db: base.handle.db, keys: base.keys });
  expect(verified.problems).toEqual([]);
});

test("[DAT-3] nothing in the database opens an account: secret and codes are sealed or hashed", async () => {
  const { secret, codes } = await setUpTotp(await setUp());
  const rows = [
    await base.handle.db.selectFrom("totp").selectAll().executeTakeFirstOrThrow(),
    ...(await base.handle.db.selectFrom("recovery_code").selectAll().execute()),
  ];
  const bytes = rows.flatMap((row) => Object.values(row).filter((value) => Buffer.isBuffer(value)));
  expect(bytes.some((value) => value.includes(secret))).toBe(false);
  for (const one of codes)
    expect(bytes.some((value) => value.includes(Buffer.from(one.replaceAll("-", ""))))).toBe(false);
});
