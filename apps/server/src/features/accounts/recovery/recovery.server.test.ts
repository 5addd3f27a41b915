import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { at } from "../../../../../../packages/testkit/src/answers.ts";
import {
  accountsWorld,
  worldOwner,
  worldPassword,
  type AccountsWorld,
} from "../../../../../../packages/testkit/src/accounts-world.ts";
import type {
  Answer,
  FeatureBase,
  TestBrowserClient,
} from "../../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../../packages/testkit/src/postgres.ts";
import { verifyAll } from "../../evidence/verify.ts";
import { recoveryLimits } from "./recovery-limits.ts";

let postgres: TestPostgres;
let world: AccountsWorld;
let base: FeatureBase;
let ended: readonly string[];

const old = worldPassword;
const fresh = "another horse 電池 2";
const ownerAddress = worldOwner;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  world = await accountsWorld(postgres);
  ({ base, ended } = world);
  return () => world[Symbol.asyncDispose]();
});

const code = (answer: Answer) => at(answer, "code");

const browserAt = (ip?: string) => world.browser(ip);
const setUp = () => world.setUp();
const colleague = (by: TestBrowserClient, address: string, role = "member") =>
  world.colleague(by, address, role);

/** Answers codes, each of a step that was not used yet. */
async function setUpTotp(browser: TestBrowserClient) {
  const totp = await world.setUpTotp(browser);
  return () => totp.next();
}

async function tokenFor(address: string): Promise<string> {
  const mails = await world.mailsTo(address, "recoveryLink");
  return /\/recover\/([\w-]{43})/u.exec(mails.at(-1) ?? "")?.[1] ?? "";
}

const ask = (browser: TestBrowserClient, address: string) =>
  browser.send("POST", "/api/recovery", { email: address });
const complete = (browser: TestBrowserClient, token: string, proof: object | null = null, password = fresh) =>
  browser.send("PUT", `/api/recovery/${token}`, { password, proof });
const signIn = (password: string, address: string) =>
  browserAt().send("POST", "/api/sign-in", { email: address, password });

async function types(): Promise<readonly string[]> {
  const rows = await base.handle.db.selectFrom("organisation_event").select("type").orderBy("seq").execute();
  return rows.map(({ type }) => type);
}

test("[IDN-2] a link by mail sets a new password once, in the browser that asked; every session ends", async () => {
  const owner = await setUp();
  const maho = await colleague(owner, "maho@example.jp");
  const browser = browserAt();
  expect(await ask(browser, " MAHO@example.jp ")).toMatchObject({ status: 200, body: { ok: true } });
  const token = await tokenFor("maho@example.jp");
  expect(token).toHaveLength(43);
  const opened = await browser.send("GET", `/api/recovery/${token}`);
  expect(opened.body).toEqual({ email: "maho@example.jp", methods: [] });
  // A thief of the mail alone has another browser.
  for (const answer of [
    await browserAt().send("GET", `/api/recovery/${token}`),
    await complete(browserAt(), token),
    await complete(browser, "A".repeat(43)),
  ])
    expect([answer.status, code(answer)]).toEqual([404, "recovery_link_invalid"]);
  expect(code(await complete(browser, token, null, "short"))).toBe("password_too_short");
  expect((await complete(browser, token)).status).toBe(200);
  expect(ended).toHaveLength(1);
  expect(code(await maho.browser.send("GET", "/api/me"))).toBe("sign_in_required");
  expect(browser.cookies.has("__Host-sekisho-session")).toBe(false);
  expect((await signIn(old, "maho@example.jp")).status).toBe(401);
  expect((await signIn(fresh, "maho@example.jp")).status).toBe(200);
  expect(code(await complete(browser, token))).toBe("recovery_link_invalid");
  expect(await types()).toContain("account.passwordRecovered");
  const kinds = (await world.outbox.list(9)).map(({ kind, to }) => `${kind} ${to}`);
  expect(kinds.toSorted()).toEqual(["accountNotice maho@example.jp", "recoveryLink maho@example.jp"]);
  expect((await verifyAll({ db: base.handle.db, keys: base.keys })).problems).toEqual([]);
});

test("[IDN-2] whatever the address, one answer; a message goes only to an account that is there", async () => {
  const owner = await setUp();
  const gone = await colleague(owner, "gone@example.jp");
  await owner.send("PATCH", `/api/accounts/${gone.id}`, { disabled: true });
  await colleague(owner, "maho@example.jp");
  const answers = [];
  for (const address of ["maho@example.jp", "gone@example.jp", "nobody@example.jp", "x", "ｍ@例え.jp"]) {
    const browser = browserAt();
    const answer = await ask(browser, address);
    answers.push([answer.status, answer.text, [...browser.cookies.keys()]]);
  }
  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
  const sent = (await world.outbox.list(9)).filter(({ kind }) => kind === "recoveryLink");
  expect(sent.map(({ to }) => to)).toEqual(["maho@example.jp"]);
});

test("[IDN-2] a second factor is asked for all the same, five times at most, and the link is dead then", async () => {
  const owner = await setUp();
  const maho = await colleague(owner, "maho@example.jp");
  const nextCode = await setUpTotp(maho.browser);
  const browser = browserAt();
  await ask(browser, "maho@example.jp");
  const token = await tokenFor("maho@example.jp");
  expect(at(await browser.send("GET", `/api/recovery/${token}`), "methods")).toEqual(["totp", "recovery"]);
  expect(code(await complete(browser, token))).toBe("second_factor_needed");
  expect((await signIn(fresh, "maho@example.jp")).status).toBe(401);
  for (let n = 0; n < 5; n++)
    expect(code(await complete(browser, token, { method: "totp", code: "000000" }))).toBe(
      "second_factor_failed",
    );
  expect(code(await complete(browser, token, { method: "totp", code: nextCode() }))).toBe(
    "recovery_link_invalid",
  );
  await ask(browser, "maho@example.jp");
  const again = await tokenFor("maho@example.jp");
  expect((await complete(browser, again, { method: "totp", code: nextCode() })).status).toBe(200);
  expect(at(await signIn(fresh, "maho@example.jp"), "step")).toBe("secondFactor");
});

test("[IDN-2] [BAR-6] an owner without a second factor is not recovered by mail; one with it proves it", async () => {
  const owner = await setUp();
  const browser = browserAt();
  await ask(browser, ownerAddress);
  expect(await tokenFor(ownerAddress)).toBe("");
  expect(await world.mailsTo(ownerAddress, "recoveryLink")).toHaveLength(1);
  const nextCode = await setUpTotp(owner);
  await ask(browser, ownerAddress);
  const token = await tokenFor(ownerAddress);
  expect(code(await complete(browser, token))).toBe("second_factor_needed");
  // The factor goes: what is left is the mail alone.
  await base.handle.db.deleteFrom("totp").execute();
  expect(code(await complete(browser, token))).toBe("recovery_link_invalid");
  expect(nextCode()).toHaveLength(6);
});

test("[IDN-2] a link is good for 30 minutes; with a new password every other link of the account is void", async () => {
  const owner = await setUp();
  await colleague(owner, "maho@example.jp");
  const [one, other] = [browserAt(), browserAt()];
  await ask(one, "maho@example.jp");
  const first = await tokenFor("maho@example.jp");
  await ask(other, "maho@example.jp");
  const second = await tokenFor("maho@example.jp");
  world.clock.now += 29 * 60_000;
  expect((await one.send("GET", `/api/recovery/${first}`)).status).toBe(200);
  expect((await complete(one, first)).status).toBe(200);
  expect(code(await complete(other, second))).toBe("recovery_link_invalid");
  await ask(one, "maho@example.jp");
  const late = await tokenFor("maho@example.jp");
  world.clock.now += 31 * 60_000;
  expect(code(await complete(one, late))).toBe("recovery_link_invalid");
});

test("[IDN-2] of one link used twice at one instant, one sets the password", async () => {
  const owner = await setUp();
  await colleague(owner, "maho@example.jp");
  const browser = browserAt();
  await ask(browser, "maho@example.jp");
  const token = await tokenFor("maho@example.jp");
  const both = await Promise.all([complete(browser, token), complete(browser, token, null, `${fresh} b`)]);
  expect(both.map(({ status }) => String(status)).toSorted()).toEqual(["200", "404"]);
});

test("[IDN-6] strangers who ask use up neither an address's messages for its own browser nor the answer", async () => {
  const owner = await setUp();
  const maho = await colleague(owner, "maho@example.jp");
  for (let n = 0; n < recoveryLimits.mail.max + 3; n++)
    expect((await ask(browserAt(), "maho@example.jp")).status).toBe(200);
  const sent = (await world.mailsTo("maho@example.jp", "recoveryLink")).length;
  expect(sent).toBe(recoveryLimits.mail.max);
  await ask(maho.browser, "maho@example.jp");
  expect((await world.mailsTo("maho@example.jp", "recoveryLink")).length).toBe(sent + 1);
  // One place is told to wait, whatever it asks for.
  const place = browserAt("192.0.2.77");
  for (let n = 0; n < recoveryLimits.fromOnePlace.max; n++) await ask(place, `x${n}@example.jp`);
  expect(code(await ask(place, "maho@example.jp"))).toBe("too_many_tries");
});

test("[IDN-2] without a mail server the page is told so, and nothing is promised", async () => {
  await using bare = await accountsWorld(postgres, { sendsMail: false });
  await bare.setUp();
  const browser = bare.browser();
  expect((await browser.send("GET", "/api/recovery")).body).toEqual({ byMail: false });
  expect(code(await ask(browser, ownerAddress))).toBe("not_allowed");
});

test("[IDN-2] [BAR-6] an owner hands a link over, told and on record; not for owners or who looks after walls", async () => {
  const owner = await setUp();
  const maho = await colleague(owner, "maho@example.jp");
  const second = await colleague(owner, "second@example.jp", "owner");
  const law = await colleague(owner, "law@example.jp");
  await owner.send("PATCH", `/api/accounts/${law.id}`, { duties: ["compliance"] });
  const hand = (by: TestBrowserClient, id: string) => by.send("POST", `/api/accounts/${id}/recovery-link`);
  for (const id of [second.id, law.id]) expect(code(await hand(owner, id))).toBe("not_allowed");
  const me = String(at(await owner.send("GET", "/api/me"), "id"));
  expect(code(await hand(owner, me))).toBe("own_account");
  expect(code(await hand(maho.browser, law.id))).toBe("not_allowed");
  const made = await hand(owner, maho.id);
  const token = String(at(made, "url")).split("/").at(-1) ?? "";
  expect(made.status).toBe(200);
  const kinds = (await world.outbox.list(9)).map(({ kind, to }) => `${kind} ${to}`);
  expect(kinds).toContain("accountNotice maho@example.jp");
  expect(await types()).toContain("account.recoveryLinkMade");
  world.clock.now += 23 * 3_600_000;
  expect((await complete(browserAt(), token)).status).toBe(200);
  expect((await signIn(fresh, "maho@example.jp")).status).toBe(200);
  world.clock.now += 3_600_000;
  expect(code(await hand(owner, maho.id))).toBe("confirm_first");
});

test("[IDN-2] [BAR-6] a link is void once the account has another password, role or duty", async () => {
  const owner = await setUp();
  const maho = await colleague(owner, "maho@example.jp");
  const handed = async () => {
    const made = await owner.send("POST", `/api/accounts/${maho.id}/recovery-link`);
    return String(at(made, "url")).split("/").at(-1) ?? "";
  };
  const first = await handed();
  expect((await complete(browserAt(), "x".repeat(43))).status).toBe(404);
  const words = { current: old, next: fresh };
  expect((await maho.browser.send("PUT", "/api/me/password", words)).status).toBe(200);
  expect((await complete(browserAt(), first)).status).toBe(404);
  const second = await handed();
  const change = await owner.send("PATCH", `/api/accounts/${maho.id}`, { duties: ["auditor"] });
  expect(change.status).toBe(200);
  expect((await complete(browserAt(), second)).status).toBe(404);
});
