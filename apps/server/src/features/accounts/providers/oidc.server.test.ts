import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { at } from "../../../../../../packages/testkit/src/answers.ts";
import {
  featureApp,
  featureBase,
  noMail,
  TestBrowserClient,
  testOrigin,
  testSessionLimits,
  type Answer,
  type FeatureBase,
} from "../../../../../../packages/testkit/src/feature-app.ts";
import {
  startOidcProvider,
  type TestOidcProvider,
} from "../../../../../../packages/testkit/src/oidc-provider.ts";
import { startPostgres, type TestPostgres } from "../../../../../../packages/testkit/src/postgres.ts";
import type { GroupsSaid } from "../accounts-deps.ts";
import { createAccountsFeature, type AccountsFeature } from "../accounts-feature.ts";
import { totpCode, totpStep } from "../second-factor/totp.ts";
import { verifyAll } from "../../evidence/verify.ts";

let postgres: TestPostgres;
let base: FeatureBase;
let accounts: AccountsFeature;
let app: FastifyInstance;
let provider: TestOidcProvider;
let ended: string[];
let said: GroupsSaid[];
let owner: TestBrowserClient;
let providerId: string;

const password = "correct horse 電池";

beforeAll(async () => {
  postgres = await startPostgres();
  provider = await startOidcProvider();
});
afterAll(async () => {
  await provider?.[Symbol.asyncDispose]();
  await postgres?.stop();
});

beforeEach(async () => {
  base = await featureBase(postgres);
  [ended, said] = [[], []];
  accounts = createAccountsFeature({
    ...base,
    db: base.handle.db,
    sessionLimits: testSessionLimits,
    origin: () => testOrigin,
    facts: async () => [],
    mail: noMail,
    sendsMail: false,
    origins: () => [testOrigin],
    now: Date.now,
    apart: async () => () => false,
    onSessionsEnded: (ids) => ended.push(...ids),
    loopbackAllowed: true,
    groupsAtSignIn: async (groups) => {
      said.push(groups);
    },
  });
  app = featureApp(base, accounts);
  owner = await setUp();
  provider.people.clear();
  provider.people.set("boss", { email: "boss@midorino.example", emailVerified: true });
  providerId = await added();
  return async () => {
    await app.close();
    await base[Symbol.asyncDispose]();
  };
});

const settings = () => ({
  kind: "oidc",
  name: "みどり野銀行アカウント",
  issuer: provider.issuer,
  clientId: provider.clientId,
  scopes: ["email", "profile", "groups"],
  groupsClaim: "groups",
  primaryGroupClaim: "main_group",
  secondFactorValues: [] as string[],
  createAccounts: false,
  linkByAddress: false,
});

async function setUp(): Promise<TestBrowserClient> {
  const token = await accounts.ensureSetupLink();
  const browser = new TestBrowserClient(app);
  await good(
    browser.send("POST", `/api/setup/${token}`, {
      organisationName: "みどり野銀行",
      organisationAddress: "",
      email: "rina@midorino.example",
      displayName: "佐久間 里奈",
      password,
      locale: "ja",
    }),
  );
  return browser;
}

async function good(answer: Promise<Answer>): Promise<Answer> {
  const got = await answer;
  expect(got.status, got.text).toBe(200);
  return got;
}

const code = (answer: Answer) => at(answer, "code");

/** Tried and on the sign-in page. */
async function added(change: Partial<ReturnType<typeof settings>> = {}): Promise<string> {
  const made = await good(
    owner.send("POST", "/api/organisation/providers", {
      settings: { ...settings(), ...change },
      clientSecret: provider.clientSecret,
    }),
  );
  const id = String(at(made, "id"));
  provider.allow(String(at(made, "handover", "redirectUris", 0)));
  await tried(id, "boss");
  await good(owner.send("PUT", `/api/organisation/providers/${id}/enabled`, { enabled: true }));
  await good(
    owner.send("PUT", "/api/organisation/provider-rule", { domains: ["midorino.example"], demanded: false }),
  );
  return id;
}

async function tried(id: string, login: string): Promise<Answer> {
  const door = await good(owner.send("POST", `/api/organisation/providers/${id}/trial`));
  return back(owner, id, await provider.signIn(String(at(door, "url")), login));
}

async function change(settingsChange: Partial<ReturnType<typeof settings>>): Promise<Answer> {
  return good(
    owner.send("PUT", `/api/organisation/providers/${providerId}`, {
      settings: { ...settings(), ...settingsChange },
    }),
  );
}

function back(browser: TestBrowserClient, id: string, address: string): Promise<Answer> {
  expect(address.startsWith(`${testOrigin}/signin/return/${id}?`)).toBe(true);
  return browser.send("POST", `/api/sign-in/providers/${id}/finish`, {
    answer: new URL(address).search.slice(1),
  });
}

async function door(browser: TestBrowserClient, id = providerId): Promise<string> {
  return String(at(await good(browser.send("POST", `/api/sign-in/providers/${id}`)), "url"));
}

async function signIn(login: string, browser = new TestBrowserClient(app, "203.0.113.9")) {
  const answer = await back(browser, providerId, await provider.signIn(await door(browser), login));
  return { answer, browser };
}

async function invite(email: string, role = "member"): Promise<TestBrowserClient> {
  const invited = await good(
    owner.send("POST", "/api/accounts/invitations", { email, displayName: "桐生 真帆", role }),
  );
  const browser = new TestBrowserClient(app, "203.0.113.8");
  await good(
    browser.send("POST", `/api/invitations/${String(at(invited, "url")).split("/").at(-1)}`, {
      displayName: "桐生 真帆",
      password,
      locale: "ja",
    }),
  );
  return browser;
}

const people = () => base.handle.db.selectFrom("account").selectAll().orderBy("created_at").execute();

test("[IDN-3] a provider is offered only once it has been tried as it is, and the trial shows what arrived", async () => {
  const made = await good(
    owner.send("POST", "/api/organisation/providers", {
      settings: settings(),
      clientSecret: provider.clientSecret,
    }),
  );
  const id = String(at(made, "id"));
  provider.allow(String(at(made, "handover", "redirectUris", 0)));
  const switchOn = () => owner.send("PUT", `/api/organisation/providers/${id}/enabled`, { enabled: true });
  expect(code(await switchOn())).toBe("provider_not_tried");
  provider.people.set("maho", {
    email: "maho@midorino.example",
    emailVerified: true,
    groups: ["融資"],
    amr: ["mfa"],
  });
  expect((await tried(id, "maho")).body).toEqual({ step: "tried" });
  const list = await good(owner.send("GET", "/api/organisation/providers"));
  const trial = at(list, "providers", 1, "trial");
  expect(trial).toMatchObject({
    current: true,
    problem: null,
    facts: { email: "maho@midorino.example", emailVerified: true, groups: ["融資"], methods: ["mfa"] },
  });
  // The owner is still the owner, and nobody was made or tied.
  expect(await people()).toHaveLength(1);
  await good(switchOn());
  const offered = await new TestBrowserClient(app).send("GET", "/api/sign-in/providers");
  expect(at(offered, "providers")).toHaveLength(2);
  await good(
    owner.send("PUT", `/api/organisation/providers/${id}`, {
      settings: { ...settings(), clientId: "other" },
    }),
  );
  expect(code(await switchOn())).toBe("provider_not_tried");
  expect(list.text).not.toContain(provider.clientSecret);
});

test("[IDN-3] whoever is not tied to an account comes in as nobody, whatever the address says", async () => {
  provider.people.set("stranger", { email: "rina@midorino.example", emailVerified: true });
  const { answer, browser } = await signIn("stranger");
  expect([answer.status, code(answer)]).toEqual([403, "account_not_linked"]);
  expect((await browser.send("GET", "/api/me")).status).toBe(401);
  expect(await people()).toHaveLength(1);
});

test("[IDN-3] an account is made at the first sign-in only where that is allowed, for a verified address of an own domain", async () => {
  await change({ createAccounts: true });
  provider.people.set("new", { email: "Maho@Midorino.example", emailVerified: true, name: "桐生 真帆" });
  for (const [login, person] of [
    ["unverified", { email: "a@midorino.example", emailVerified: false }],
    ["elsewhere", { email: "a@evil.example", emailVerified: true }],
    ["below", { email: "a@sub.midorino.example", emailVerified: true }],
    ["lookalike", { email: "a@midοrino.example", emailVerified: true }],
    ["wide", { email: "ａ@midorino.example", emailVerified: true }],
    ["nothing", {}],
  ] as const) {
    provider.people.set(login, person);
    expect(code((await signIn(login)).answer), login).toBe("account_not_linked");
  }
  const { answer, browser } = await signIn("new");
  expect(answer.body).toMatchObject({
    email: "maho@midorino.example",
    displayName: "桐生 真帆",
    role: "member",
  });
  expect((await browser.send("GET", "/api/me")).status).toBe(200);
  // The second time it is the subject that is known, whatever the address is by now.
  provider.people.set("new", { email: "rina@midorino.example", emailVerified: true });
  expect((await signIn("new")).answer.body).toMatchObject({ email: "maho@midorino.example" });
  expect(await people()).toHaveLength(2);
  expect(await verifyAll({ db: base.handle.db, keys: base.keys })).toMatchObject({ ok: true });
});

test("[IDN-3] an existing member is found by address only where that is allowed, and who had the account before is out", async () => {
  const before = await invite("maho@midorino.example");
  provider.people.set("maho", { email: "maho@midorino.example", emailVerified: true });
  expect(code((await signIn("maho")).answer)).toBe("account_not_linked");
  await change({ linkByAddress: true });
  provider.people.set("thief", { email: "maho@midorino.example", emailVerified: false });
  expect(code((await signIn("thief")).answer)).toBe("account_not_linked");
  const { answer } = await signIn("maho");
  expect(answer.body).toMatchObject({ email: "maho@midorino.example" });
  // Whoever made the account beforehand in her name: session, password, everything is void.
  expect((await before.send("GET", "/api/me")).status).toBe(401);
  const again = await new TestBrowserClient(app).send("POST", "/api/sign-in", {
    email: "maho@midorino.example",
    password,
  });
  expect(code(again)).toBe("sign_in_failed");
  // A second person with the same address is not her.
  provider.people.set("namesake", { email: "maho@midorino.example", emailVerified: true });
  expect(code((await signIn("namesake")).answer)).toBe("account_not_linked");
});

test("[IDN-3] accounts that can do more than a member's are never found by address; their owners tie them themselves", async () => {
  await change({ linkByAddress: true, createAccounts: true });
  await invite("admin@midorino.example", "admin");
  for (const email of ["rina@midorino.example", "admin@midorino.example"]) {
    provider.people.set("taker", { email, emailVerified: true });
    expect(code((await signIn("taker")).answer), email).toBe("account_not_linked");
  }
  const { url } = Object((await good(owner.send("POST", `/api/me/providers/${providerId}`))).body);
  provider.people.set("rina", {});
  expect((await back(owner, providerId, await provider.signIn(String(url), "rina"))).body).toMatchObject({
    step: "linked",
  });
  expect((await signIn("rina")).answer.body).toMatchObject({ role: "owner" });
  await good(owner.send("DELETE", `/api/me/providers/${providerId}`));
  expect(code((await signIn("rina")).answer)).toBe("account_not_linked");
});

test("[IDN-3] an answer is good once, in the browser that went there, and for the provider it went to", async () => {
  await change({ createAccounts: true });
  provider.people.set("new", { email: "maho@midorino.example", emailVerified: true });
  const browser = new TestBrowserClient(app, "203.0.113.9");
  const address = await provider.signIn(await door(browser), "new");
  // Login CSRF: the answer in somebody else's browser, with and without a journey of its own.
  const victim = new TestBrowserClient(app, "203.0.113.10");
  expect(code(await back(victim, providerId, address))).toBe("sign_in_again");
  await door(victim);
  expect(code(await back(victim, providerId, address))).toBe("provider_refused");
  expect((await victim.send("GET", "/api/me")).status).toBe(401);
  // From another site's page nothing is finished at all.
  const foreign = await browser.sendRaw({
    method: "POST",
    url: `/api/sign-in/providers/${providerId}/finish`,
    payload: JSON.stringify({ answer: new URL(address).search.slice(1) }),
    headers: { origin: "https://evil.example" },
  });
  expect(code(foreign)).toBe("origin_not_allowed");
  const cookies = new Map(browser.cookies);
  await good(back(browser, providerId, address));
  // The same again, with the cookie from before.
  const copy = new TestBrowserClient(app, "203.0.113.9");
  for (const [name, value] of cookies) copy.cookies.set(name, value);
  expect(code(await back(copy, providerId, address))).toBe("sign_in_again");
});

test("[IDN-3] the session is a new one, and the one that the browser had before ends with it", async () => {
  await change({ createAccounts: true });
  provider.people.set("new", { email: "maho@midorino.example", emailVerified: true });
  const browser = await invite("megumi@midorino.example");
  const before = browser.cookies.get("__Host-sekisho-session");
  await signIn("new", browser);
  expect(browser.cookies.get("__Host-sekisho-session")).not.toBe(before);
  const old = new TestBrowserClient(app);
  old.cookies.set("__Host-sekisho-session", before ?? "");
  expect((await old.send("GET", "/api/me")).status).toBe(401);
});

test("[IDN-2] [IDN-3] the provider's second factor counts only where the organisation has said which one", async () => {
  await change({ createAccounts: true });
  provider.people.set("new", { email: "maho@midorino.example", emailVerified: true, amr: ["pwd", "mfa"] });
  await signIn("new");
  const strengths = async () =>
    (
      await base.handle.db
        .selectFrom("session")
        .select("strength")
        .where("provider_id", "is not", null)
        .execute()
    ).map((row) => row.strength);
  expect(await strengths()).toEqual(["password"]);
  await change({ createAccounts: true, secondFactorValues: ["mfa"] });
  await signIn("new");
  expect((await strengths()).toSorted()).toEqual(["password", "secondFactor"]);
  await good(owner.send("PUT", "/api/organisation/second-factor", { demands: ["everybody"] })).catch(
    () => undefined,
  );
});

test("[IDN-3] what the provider says of groups reaches the barriers before the session opens, or nobody comes in", async () => {
  await change({ createAccounts: true });
  provider.people.set("new", {
    email: "maho@midorino.example",
    emailVerified: true,
    groups: ["融資", "東京"],
    primaryGroup: "融資",
  });
  const { answer } = await signIn("new");
  expect(said).toEqual([
    {
      accountId: at(answer, "id"),
      groups: ["融資", "東京"],
      primaryGroup: "融資",
      authority: false,
      providerName: "みどり野銀行アカウント",
    },
  ]);
});

test("[IDN-3] where members have to sign in by a provider, passwords are for owners", async () => {
  const member = await invite("maho@midorino.example");
  const before = ended.length;
  await good(
    owner.send("PUT", "/api/organisation/provider-rule", { domains: ["midorino.example"], demanded: true }),
  );
  expect(ended.length).toBe(before + 1);
  expect((await member.send("GET", "/api/me")).status).toBe(401);
  const signing = (email: string) =>
    new TestBrowserClient(app).send("POST", "/api/sign-in", { email, password });
  expect(code(await signing("maho@midorino.example"))).toBe("provider_needed");
  expect((await signing("rina@midorino.example")).status).toBe(200);
  for (const answer of [
    await owner.send("PUT", `/api/organisation/providers/${providerId}/enabled`, { enabled: false }),
    await owner.send("DELETE", `/api/organisation/providers/${providerId}`),
  ])
    expect(code(answer)).toBe("provider_demanded");
});

test("[IDN-3] a provider that is switched off or removed takes the sessions with it that it opened", async () => {
  await change({ createAccounts: true });
  provider.people.set("new", { email: "maho@midorino.example", emailVerified: true });
  const { browser } = await signIn("new");
  const going = await door(browser);
  await good(owner.send("PUT", `/api/organisation/providers/${providerId}/enabled`, { enabled: false }));
  expect((await browser.send("GET", "/api/me")).status).toBe(401);
  expect(code(await back(browser, providerId, await provider.signIn(going, "new")))).toBe("sign_in_again");
  expect(code(await browser.send("POST", `/api/sign-in/providers/${providerId}`))).toBe("not_found");
});

function fromBase32(text: string): Buffer {
  const bits = [...text].map((one) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(one).toString(2).padStart(5, "0"),
  );
  return Buffer.from((bits.join("").match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

test("[IDN-3] whoever stands before the second factor does not come in by a provider that is switched off by then", async () => {
  const member = await invite("maho@midorino.example");
  const { url } = Object((await good(member.send("POST", `/api/me/providers/${providerId}`))).body);
  provider.people.set("maho", {});
  await good(back(member, providerId, await provider.signIn(String(url), "maho")));
  const begun = await good(member.send("POST", "/api/me/second-factor/totp"));
  const typed = totpCode(fromBase32(String(at(begun, "secret"))), totpStep(Date.now()));
  const done = await good(member.send("POST", "/api/me/second-factor/totp/confirm", { code: typed }));
  const halfway = async () => {
    const { answer, browser } = await signIn("maho");
    expect(at(answer, "step")).toBe("secondFactor");
    return browser;
  };
  const second = (browser: TestBrowserClient, which: number) =>
    browser.send("POST", "/api/sign-in/second-factor", {
      ...{ method: "recovery", code: String(at(done, "codes", which)) },
    });
  await good(second(await halfway(), 0));
  const late = await halfway();
  await good(owner.send("PUT", `/api/organisation/providers/${providerId}/enabled`, { enabled: false }));
  expect(code(await second(late, 1))).toBe("sign_in_again");
  expect((await late.send("GET", "/api/me")).status).toBe(401);
  // Nor whoever passes what was just switched off: their step is kept here, the provider is off all the same.
  const on = (enabled: boolean) =>
    base.handle.db.updateTable("identity_provider").set({ enabled }).where("id", "=", providerId).execute();
  await on(true);
  const passing = await halfway();
  await on(false);
  expect(code(await second(passing, 1))).toBe("sign_in_again");
  expect((await passing.send("GET", "/api/me")).status).toBe(401);
});

test("[BAR-6] by another connection of a provider an owner becomes no other owner, and nobody who looks after barriers", async () => {
  await change({ createAccounts: true });
  const { db } = base.handle;
  const made = new Map<string, string>();
  for (const [login, to] of [
    ["second", { role: "owner" }],
    ["editor", { duties: ["auditor", "compliance"] }],
    ["auditor", { duties: ["auditor"] }],
    ["member", { role: "member" }],
  ] as const) {
    provider.people.set(login, { email: `${login}@midorino.example`, emailVerified: true });
    const id = String(at((await signIn(login)).answer, "id"));
    const duties = "duties" in to ? [...to.duties] : [];
    const role = "role" in to ? to.role : "member";
    await db.updateTable("account").set({ role, duties }).where("id", "=", id).execute();
    made.set(id, login);
  }
  const { url } = Object((await good(owner.send("POST", `/api/me/providers/${providerId}`))).body);
  provider.people.set("rina", {});
  await good(back(owner, providerId, await provider.signIn(String(url), "rina")));
  const tied = async () =>
    (await db.selectFrom("provider_identity").select("account_id").execute())
      .map((row) => made.get(row.account_id) ?? "rina")
      .toSorted();
  await change({ createAccounts: true, name: "新しい名前" });
  expect(await tied()).toEqual(["auditor", "editor", "member", "rina", "second"]);
  await change({ createAccounts: true, linkByAddress: true, scopes: ["email", "profile"] });
  expect(await tied()).toEqual(["auditor", "member", "rina"]);
  await tried(providerId, "boss");
  await good(owner.send("PUT", `/api/organisation/providers/${providerId}/enabled`, { enabled: true }));
  for (const login of ["second", "editor"])
    expect(code((await signIn(login)).answer), login).toBe("account_not_linked");
  await good(signIn("member").then(({ answer }) => answer));
  const untied = await db
    .selectFrom("organisation_event")
    .select("data")
    .where("type", "=", "account.providerUnlinked")
    .execute();
  const whomOf = (data: string) => made.get(String(Reflect.get(Object(JSON.parse(data)), "accountId"))) ?? "";
  expect(untied.map((row) => whomOf(row.data)).toSorted()).toEqual(["editor", "second"]);
});
