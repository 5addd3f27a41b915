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
import { startPostgres, type TestPostgres } from "../../../../../../packages/testkit/src/postgres.ts";
import {
  createSamlProvider,
  type SamlAnswer,
  type SamlPerson,
  type SamlSaying,
  type TestSamlProvider,
} from "../../../../../../packages/testkit/src/saml-provider.ts";
import type { GroupsSaid } from "../accounts-deps.ts";
import { createAccountsFeature, type AccountsFeature } from "../accounts-feature.ts";

let postgres: TestPostgres;
let base: FeatureBase;
let accounts: AccountsFeature;
let app: FastifyInstance;
let provider: TestSamlProvider;
let other: TestSamlProvider;
let said: GroupsSaid[];
let owner: TestBrowserClient;
let providerId: string;
let ours: string;

beforeAll(async () => {
  postgres = await startPostgres();
  provider = await createSamlProvider();
  other = await createSamlProvider();
});
afterAll(() => postgres?.stop());

beforeEach(async () => {
  base = await featureBase(postgres);
  said = [];
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
    onSessionsEnded: () => undefined,
    loopbackAllowed: true,
    groupsAtSignIn: async (groups) => {
      said.push(groups);
    },
  });
  app = featureApp(base, accounts);
  owner = new TestBrowserClient(app);
  await good(
    owner.send("POST", `/api/setup/${await accounts.ensureSetupLink()}`, {
      organisationName: "みどり野銀行",
      organisationAddress: "",
      email: "rina@midorino.example",
      displayName: "佐久間 里奈",
      password: "correct horse 電池",
      locale: "ja",
    }),
  );
  providerId = await added();
  return async () => {
    await app.close();
    await base[Symbol.asyncDispose]();
  };
});

const settings = () => ({
  kind: "saml",
  name: "みどり野銀行アカウント",
  subjectAttribute: "",
  emailAttribute: "mail",
  nameAttribute: "displayName",
  groupsAttribute: "groups",
  primaryGroupAttribute: "mainGroup",
  groupsAuthority: true,
  secondFactorValues: ["https://refeds.org/profile/mfa"],
  createAccounts: true,
  linkByAddress: false,
});

async function added(): Promise<string> {
  const read = await good(
    owner.send("POST", "/api/organisation/provider-metadata", { xml: provider.metadata }),
  );
  const made = await good(
    owner.send("POST", "/api/organisation/providers", { settings: { ...settings(), ...Object(read.body) } }),
  );
  const id = String(at(made, "id"));
  ours = (await new TestBrowserClient(app).send("GET", `/api/sso/saml/${id}/metadata`)).text;
  const door = await good(owner.send("POST", `/api/organisation/providers/${id}/trial`));
  const come = await posted(id, await provider.answer(String(at(door, "url")), ours, maho));
  await good(finish(owner, come, id));
  await good(owner.send("PUT", `/api/organisation/providers/${id}/enabled`, { enabled: true }));
  await good(
    owner.send("PUT", "/api/organisation/provider-rule", { domains: ["midorino.example"], demanded: false }),
  );
  return id;
}

const maho: SamlPerson = {
  nameId: "8c1f0e7a",
  attributes: {
    mail: ["maho@midorino.example"],
    displayName: ["桐生 真帆"],
    groups: ["融資", "東京"],
    mainGroup: ["融資"],
  },
};

async function good(answer: Promise<Answer>): Promise<Answer> {
  const got = await answer;
  expect(got.status, got.text).toBe(200);
  return got;
}

const code = (answer: Answer) => at(answer, "code");

/** As a page of the provider's site sends it: from there, and without any cookie. What the page of return then hands in. */
async function posted(id: string, answer: Partial<SamlAnswer>): Promise<string> {
  const payload = new URLSearchParams(Object.entries(answer)).toString();
  const got = await app.inject({
    method: "POST",
    url: `/api/sso/saml/${id}/acs`,
    payload,
    headers: { origin: "https://idp.midorino.example", "content-type": "application/x-www-form-urlencoded" },
  });
  const page = new URL(String(got.headers.location), testOrigin);
  expect([got.statusCode, page.origin, page.pathname]).toEqual([303, testOrigin, `/signin/return/${id}`]);
  expect(page.search).toMatch(/^\?receipt=[\w-]{43}$/u);
  expect(got.headers["set-cookie"]).toBeUndefined();
  return page.search.slice(1);
}

function finish(browser: TestBrowserClient, answer: string, id = providerId): Promise<Answer> {
  return browser.send("POST", `/api/sign-in/providers/${id}/finish`, { answer });
}

async function begun(browser = new TestBrowserClient(app, "203.0.113.9")) {
  const door = await good(browser.send("POST", `/api/sign-in/providers/${providerId}`));
  return { browser, url: String(at(door, "url")) };
}

async function signIn(person: SamlPerson = maho, saying: SamlSaying = {}, by = provider) {
  const { browser, url } = await begun();
  const come = await posted(providerId, await by.answer(url, ours, person, saying));
  return { answer: await finish(browser, come), browser };
}

/** What the log has of the last refusal. */
async function lastProblem(): Promise<unknown> {
  const row = await base.handle.db
    .selectFrom("organisation_event")
    .select("data")
    .where("type", "=", "session.refused")
    .orderBy("seq", "desc")
    .executeTakeFirst();
  return Reflect.get(Object(JSON.parse(row?.data ?? "{}")), "problem");
}

test("[IDN-3] somebody signs in by SAML: signed assertion or signed message, groups told, strength by AuthnContext", async () => {
  for (const signsMessage of [false, true]) {
    const { answer, browser } = await signIn(maho, { signsMessage });
    expect(answer.body).toMatchObject({
      email: "maho@midorino.example",
      displayName: "桐生 真帆",
      role: "member",
    });
    expect((await browser.send("GET", "/api/me")).status).toBe(200);
  }
  expect(said.at(-1)).toMatchObject({ groups: ["融資", "東京"], primaryGroup: "融資", authority: true });
  await signIn({ ...maho, authnContext: "https://refeds.org/profile/mfa" });
  const sessions = await base.handle.db
    .selectFrom("session")
    .select("strength")
    .where("provider_id", "is not", null)
    .execute();
  expect(sessions.map((one) => one.strength).toSorted()).toEqual(["password", "password", "secondFactor"]);
});

test("[IDN-3] an answer is good once, only for the browser that asked, and nobody is sent here by a provider alone", async () => {
  const { browser, url } = await begun();
  const answer = await provider.answer(url, ours, maho);
  const come = await posted(providerId, answer);
  // Login CSRF: it was posted by the browser of somebody else, who has a journey of its own or none.
  const victim = new TestBrowserClient(app, "203.0.113.10");
  expect(code(await finish(victim, come))).toBe("sign_in_again");
  await begun(victim);
  expect(code(await finish(victim, await posted(providerId, answer)))).toBe("sign_in_again");
  await good(finish(browser, come));
  expect(code(await finish(browser, come))).toBe("sign_in_again");
  // Replay of the answer, of the assertion in a new journey, without a journey, and with an address as RelayState.
  await posted(providerId, answer);
  const again = await begun();
  const relay = new URL(again.url).searchParams.get("RelayState") ?? "";
  const replayed = await posted(providerId, { ...answer, RelayState: relay });
  expect(code(await finish(again.browser, replayed))).toBe("provider_refused");
  expect(await lastProblem()).toBe("not_for_us");
  await posted(providerId, { SAMLResponse: answer.SAMLResponse });
  const nowhere = await posted(providerId, { ...answer, RelayState: "https://evil.example/" });
  expect(code(await finish(new TestBrowserClient(app), nowhere))).toBe("sign_in_again");
  expect(await base.handle.db.selectFrom("provider_assertion").select("expires_at").execute()).not.toEqual(
    [],
  );
});

test("[IDN-3] an answer that another browser posted does not sign in whoever began the journey", async () => {
  // Not knowing the receipt, guessing one, and with the one of a form that was posted too.
  for (const guess of ["", "receipt=", `receipt=${"A".repeat(43)}`, null]) {
    const attacker = await begun();
    const answer = await provider.answer(attacker.url, ours, maho);
    const victims = await posted(providerId, answer);
    const own = guess ?? (await posted(providerId, answer));
    expect(code(await finish(attacker.browser, own)), String(guess)).toBe("sign_in_again");
    expect((await attacker.browser.send("GET", "/api/me")).status).toBe(401);
    // The journey is over with it.
    expect(code(await finish(attacker.browser, victims))).toBe("sign_in_again");
  }
});

test("[IDN-3] nor is it tied to their account, or shown as their trial; what was refused is not told either", async () => {
  for (const way of [`/api/me/providers/${providerId}`, `/api/organisation/providers/${providerId}/trial`]) {
    const door = await good(owner.send("POST", way));
    await posted(
      providerId,
      await provider.answer(String(at(door, "url")), ours, { ...maho, nameId: "ceo" }),
    );
    expect(code(await finish(owner, "")), way).toBe("sign_in_again");
  }
  const { browser, url } = await begun();
  await posted(providerId, await provider.answer(url, ours, maho, { unsigned: true }));
  expect(code(await finish(browser, ""))).toBe("sign_in_again");
  expect(await base.handle.db.selectFrom("provider_identity").select("account_id").execute()).toEqual([]);
});

const swap = (from: string | RegExp, to: string) => (xml: string) => {
  const changed = xml.replace(from, to);
  expect(changed).not.toBe(xml);
  return changed;
};
const assertionOf = (xml: string) => /<saml:Assertion .*<\/saml:Assertion>/u.exec(xml)?.[0] ?? "";
const forged = (xml: string) =>
  assertionOf(xml)
    .replace(/<ds:Signature.*<\/ds:Signature>/u, "")
    .replace("8c1f0e7a", "ceo")
    .replace(/Assertion ID="[^"]*"/u, 'Assertion ID="_evil"');

/** Signature wrapping, after Somorovsky et al. and later finds. */
const wrapped: readonly (readonly [string, (xml: string) => string])[] = [
  [
    "a forged assertion before the signed one",
    (xml) => xml.replace("<saml:Assertion ", `${forged(xml)}<saml:Assertion `),
  ],
  [
    "a forged assertion after it",
    (xml) => xml.replace("</samlp:Response>", `${forged(xml)}</samlp:Response>`),
  ],
  [
    "the signed one hidden in extensions",
    (xml) =>
      xml.replace(assertionOf(xml), `<samlp:Extensions>${assertionOf(xml)}</samlp:Extensions>${forged(xml)}`),
  ],
  [
    "the signed one inside the forged one",
    (xml) =>
      xml.replace(
        assertionOf(xml),
        forged(xml).replace("</saml:Assertion>", `${assertionOf(xml)}</saml:Assertion>`),
      ),
  ],
  [
    "the signed one in an Object of a copied signature",
    (xml) => {
      const signature = /<ds:Signature.*<\/ds:Signature>/u.exec(xml)?.[0] ?? "";
      const holder = signature.replace(
        "</ds:Signature>",
        `<ds:Object>${assertionOf(xml)}</ds:Object></ds:Signature>`,
      );
      return xml.replace(assertionOf(xml), forged(xml).replace("</saml:Issuer>", `</saml:Issuer>${holder}`));
    },
  ],
  [
    "the same ID twice",
    (xml) => {
      const id = /Assertion ID="([^"]*)"/u.exec(assertionOf(xml))?.[1] ?? "";
      return xml.replace("<saml:Assertion ", `${forged(xml).replace("_evil", id)}<saml:Assertion `);
    },
  ],
  [
    "a forged assertion of another prefix and namespace",
    (xml) =>
      xml.replace(
        "<saml:Assertion ",
        `${forged(xml).replaceAll("saml:", "x:").replace("<x:Assertion ", '<x:Assertion xmlns:x="urn:x" ')}<saml:Assertion `,
      ),
  ],
];

test.each(wrapped)("[IDN-3] signature wrapping is refused: %s", async (_name, after) => {
  const { answer, browser } = await signIn(maho, {
    after: (xml) => {
      const changed = after(xml);
      expect(changed).not.toBe(xml);
      return changed;
    },
  });
  expect(code(answer)).toBe("provider_refused");
  expect(await lastProblem()).toBe("signature_invalid");
  expect((await browser.send("GET", "/api/me")).status).toBe(401);
});

const twoHoursAgo = new Date(Date.now() - 2 * 3_600_000).toISOString();
const inTwoHours = new Date(Date.now() + 2 * 3_600_000).toISOString();

const refused: readonly (readonly [string, string, SamlSaying])[] = [
  ["no signature at all", "signature_invalid", { unsigned: true }],
  ["changed after signing", "signature_invalid", { after: swap("8c1f0e7a", "ceo") }],
  ["SHA-1", "signature_invalid", { algorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" }],
  [
    "another audience",
    "not_for_us",
    { before: swap(/<saml:Audience>[^<]*/u, "<saml:Audience>https://other.example") },
  ],
  [
    "no audience",
    "not_for_us",
    { before: swap(/<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/u, "") },
  ],
  [
    "another recipient",
    "not_for_us",
    { before: swap(/Recipient="[^"]*"/u, 'Recipient="https://other.example/acs"') },
  ],
  ["no recipient", "not_for_us", { before: swap(/Recipient="[^"]*"/u, "") }],
  [
    "another destination",
    "not_for_us",
    { before: swap(/Destination="[^"]*"/u, 'Destination="https://other.example/acs"') },
  ],
  ["no request in what is signed", "not_for_us", { before: swap(/ InResponseTo="[^"]*"\/>/u, "/>") }],
  ["no request in the envelope", "not_for_us", { before: swap(/ InResponseTo="[^"]*">/u, ">") }],
  ["another request", "not_for_us", { before: swap(/InResponseTo="[^"]*"\/>/u, 'InResponseTo="_other"/>') }],
  [
    "another issuer",
    "not_for_us",
    { before: swap(/(<saml:Assertion[^>]*><saml:Issuer>)[^<]*/u, "$1https://evil.example") },
  ],
  [
    "expired",
    "out_of_time",
    { before: (xml) => xml.replaceAll(/NotOnOrAfter="[^"]*"/gu, `NotOnOrAfter="${twoHoursAgo}"`) },
  ],
  ["not yet", "out_of_time", { before: swap(/NotBefore="[^"]*"/u, `NotBefore="${inTwoHours}"`) }],
  [
    "made long ago, good for long",
    "out_of_time",
    {
      before: (xml) =>
        xml
          .replaceAll(/IssueInstant="[^"]*"/gu, `IssueInstant="${twoHoursAgo}"`)
          .replaceAll(/NotOnOrAfter="[^"]*"/gu, `NotOnOrAfter="${inTwoHours}"`),
    },
  ],
  ["no end", "answer_invalid", { before: swap(/(NotBefore="[^"]*") NotOnOrAfter="[^"]*"/u, "$1") }],
  ["not a bearer's", "not_for_us", { before: swap("cm:bearer", "cm:sender-vouches") }],
  [
    "a document type with entities",
    "answer_invalid",
    { after: (xml) => `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${xml}` },
  ],
  ["a processing instruction", "answer_invalid", { after: (xml) => `<?x y?>${xml}` }],
  ["not XML", "answer_invalid", { after: () => "hello" }],
  [
    "an identifier that changes each time",
    "subject_unstable",
    { before: swap("nameid-format:persistent", "nameid-format:transient") },
  ],
];

test.each(refused)("[IDN-3] an answer is refused that is: %s", async (_name, problem, saying) => {
  const { answer } = await signIn(maho, saying);
  expect(code(answer)).toBe("provider_refused");
  expect(await lastProblem()).toBe(problem);
});

test("[IDN-3] another provider's key under the same name signs nobody in", async () => {
  expect(code((await signIn(maho, {}, other)).answer)).toBe("provider_refused");
  expect(await lastProblem()).toBe("signature_invalid");
});

test("[IDN-3] a comment inside a name cuts nothing off", async () => {
  await signIn({ ...maho, nameId: "ceo" });
  const before = await base.handle.db.selectFrom("account").select("id").execute();
  const { answer } = await signIn(
    {
      nameId: "ceo.evil",
      attributes: { mail: ["eve@midorino.example"] },
    },
    { after: swap("ceo.evil", "ceo<!-- -->.evil") },
  );
  expect(answer.body).toMatchObject({ email: "eve@midorino.example" });
  expect(await base.handle.db.selectFrom("account").select("id").execute()).toHaveLength(before.length + 1);
});

test("[IDN-3] the place that takes another site's form takes nothing else, and no other place takes a form", async () => {
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const json = await owner.sendRaw({
    method: "POST",
    url: `/api/sso/saml/${providerId}/acs`,
    payload: JSON.stringify({ SAMLResponse: "x" }),
  });
  expect(json.status).toBeGreaterThanOrEqual(400);
  const elsewhere = await owner.sendRaw({
    method: "POST",
    url: "/api/sign-out",
    payload: "a=b",
    headers: form,
  });
  expect(elsewhere.status).toBeGreaterThanOrEqual(400);
  expect((await owner.send("GET", "/api/me")).status).toBe(200);
});
