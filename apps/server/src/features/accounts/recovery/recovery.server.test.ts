import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { at } from "../../../../../../packages/testkit/src/api-world.ts";
import {
  featureApp,
  featureBase,
  noProviders,
  TestBrowserClient,
  testOrigin,
  testSessionLimits,
  type Answer,
  type FeatureBase,
} from "../../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../../packages/testkit/src/postgres.ts";
import { createOutbox, type Outbox } from "../../../platform/mail/outbox.ts";
import { verifyAll } from "../../evidence/verify.ts";
import { createAccountsFeature, type AccountsFeature } from "../accounts-feature.ts";
import { totpCode, totpStep } from "../second-factor/totp.ts";
import { recoveryLimits } from "./recovery-limits.ts";

let postgres: TestPostgres;
let base: FeatureBase;
let accounts: AccountsFeature;
let app: FastifyInstance;
let outbox: Outbox;
let ended: string[];
let now: number;

const old = "correct horse 電池";
const fresh = "another horse 電池 2";
const ownerAddress = "rina@example.jp";

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

function feature(sendsMail: boolean): AccountsFeature {
  const { db } = base.handle;
  return createAccountsFeature({
    ...{ db, keys: base.keys, log: base.log, limits: base.limits, mail: outbox, sendsMail, now: () => now },
    sessionLimits: testSessionLimits,
    origin: () => testOrigin,
    origins: () => [testOrigin],
    facts: async () => [],
    apart: async () => () => false,
    ...noProviders,
    onSessionsEnded: (ids) => ended.push(...ids),
  });
}

beforeEach(async () => {
  base = await featureBase(postgres);
  ended = [];
  now = Date.now();
  outbox = createOutbox({
    ...{ db: base.handle.db, keys: base.keys, transport: null, now: () => now },
    fromName: async () => "",
    onFailure: () => undefined,
  });
  accounts = feature(true);
  app = featureApp(base, accounts);
  return async () => {
    await app.close();
    await outbox.stop();
    await base[Symbol.asyncDispose]();
  };
});

const code = (answer: Answer) => at(answer, "code");

let places = 10;
/** A browser somewhere else each time, unless it is told where. */
function browserAt(ip = `198.51.100.${places++}`): TestBrowserClient {
  return new TestBrowserClient(app, ip);
}

async function setUp(): Promise<TestBrowserClient> {
  const token = await accounts.ensureSetupLink();
  const browser = browserAt();
  const answer = await browser.send("POST", `/api/setup/${token}`, {
    ...{ organisationName: "みどり野銀行", organisationAddress: "", email: ownerAddress, password: old },
    ...{ displayName: "佐久間 里奈", locale: "ja" },
  });
  expect(answer.status).toBe(200);
  return browser;
}

async function colleague(by: TestBrowserClient, address: string, role = "member") {
  const wish = { email: address, displayName: "桐生 真帆", role };
  const invited = await by.send("POST", "/api/accounts/invitations", wish);
  const token = String(at(invited, "url")).split("/").at(-1);
  const browser = browserAt();
  const body = { displayName: "桐生 真帆", password: old, locale: "en" };
  const accepted = await browser.send("POST", `/api/invitations/${token}`, body);
  expect(accepted.status).toBe(200);
  return { browser, id: String(at(accepted, "id")) };
}

async function setUpTotp(browser: TestBrowserClient) {
  const begun = await browser.send("POST", "/api/me/second-factor/totp");
  const secret = fromBase32(String(at(begun, "secret")));
  const body = { code: totpCode(secret, totpStep(now)) };
  const done = await browser.send("POST", "/api/me/second-factor/totp/confirm", body);
  expect(done.status).toBe(200);
  return () => {
    now += 30_000;
    return totpCode(secret, totpStep(now));
  };
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((one) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(one).toString(2).padStart(5, "0"),
  );
  return Buffer.from((bits.join("").match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** What lies in the outbox for this address, newest last. */
async function mailsTo(address: string): Promise<readonly string[]> {
  const rows = await base.handle.db.selectFrom("outbox").selectAll().orderBy("created_at").execute();
  return rows.flatMap((row) => {
    const to = base.keys.open("outbox", row.recipient, `to:${row.id}`).toString();
    return to === address && row.kind === "recoveryLink"
      ? [base.keys.open("outbox", row.sealed ?? Buffer.alloc(0), `message:${row.id}`).toString()]
      : [];
  });
}

async function tokenFor(address: string): Promise<string> {
  const mails = await mailsTo(address);
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
  const kinds = (await outbox.list(9)).map(({ kind, to }) => `${kind} ${to}`);
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
  const sent = (await outbox.list(9)).filter(({ kind }) => kind === "recoveryLink");
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
  expect(await mailsTo(ownerAddress)).toHaveLength(1);
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
  now += 29 * 60_000;
  expect((await one.send("GET", `/api/recovery/${first}`)).status).toBe(200);
  expect((await complete(one, first)).status).toBe(200);
  expect(code(await complete(other, second))).toBe("recovery_link_invalid");
  await ask(one, "maho@example.jp");
  const late = await tokenFor("maho@example.jp");
  now += 31 * 60_000;
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
  const sent = (await mailsTo("maho@example.jp")).length;
  expect(sent).toBe(recoveryLimits.mail.max);
  await ask(maho.browser, "maho@example.jp");
  expect((await mailsTo("maho@example.jp")).length).toBe(sent + 1);
  // One place is told to wait, whatever it asks for.
  const place = browserAt("192.0.2.77");
  for (let n = 0; n < recoveryLimits.fromOnePlace.max; n++) await ask(place, `x${n}@example.jp`);
  expect(code(await ask(place, "maho@example.jp"))).toBe("too_many_tries");
});

test("[IDN-2] without a mail server the page is told so, and nothing is promised", async () => {
  await setUp();
  const bare = featureApp(base, feature(false));
  const browser = new TestBrowserClient(bare, "192.0.2.1");
  expect((await browser.send("GET", "/api/recovery")).body).toEqual({ byMail: false });
  expect(code(await ask(browser, ownerAddress))).toBe("not_allowed");
  await bare.close();
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
  const kinds = (await outbox.list(9)).map(({ kind, to }) => `${kind} ${to}`);
  expect(kinds).toContain("accountNotice maho@example.jp");
  expect(await types()).toContain("account.recoveryLinkMade");
  now += 23 * 3_600_000;
  expect((await complete(browserAt(), token)).status).toBe(200);
  expect((await signIn(fresh, "maho@example.jp")).status).toBe(200);
  now += 3_600_000;
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
