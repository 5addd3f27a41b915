/** The client of OpenID Connect against a provider that lies: real HTTP, real signatures. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startHostileOidc, type HostileOidc } from "../../../../../../packages/testkit/src/hostile-oidc.ts";
import { newOidcSecrets, oidcDoor, openOidc, readOidcAnswer, type OidcSecrets } from "./oidc.ts";
import { ProviderFault } from "./provider-word.ts";

let hostile: HostileOidc;
let secrets: OidcSecrets;

beforeAll(async () => {
  hostile = await startHostileOidc("sekisho");
});
afterAll(() => hostile?.[Symbol.asyncDispose]());
beforeEach(() => {
  hostile.document = {};
  hostile.signer = "own";
  hostile.redirect = null;
  secrets = newOidcSecrets();
  hostile.claims = { nonce: secrets.nonce };
});

const redirectUri = "https://meet.example.jp/signin/return/00000000-0000-4000-8000-000000000001";

const settings = (issuer = hostile.issuer) => ({
  kind: "oidc" as const,
  name: "IdP",
  issuer,
  clientId: "sekisho",
  scopes: ["email"],
  groupsClaim: "realm_access.roles",
  primaryGroupClaim: "",
  secondFactorValues: [],
  createAccounts: false,
  linkByAddress: false,
});

const open = (issuer?: string, loopbackAllowed = true) =>
  openOidc({ settings: settings(issuer), clientSecret: "secret", loopbackAllowed });

async function come(answer?: string) {
  const back = { secrets, redirectUri, answer: answer ?? `code=c&state=${secrets.state}` };
  return readOidcAnswer(await open(), settings(), back);
}

async function problem(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "accepted";
  } catch (error) {
    if (error instanceof ProviderFault) return error.problem;
    throw error;
  }
}

test("[IDN-3] a good answer is read: verifier sent, claims inside claims found, an address without a word is not verified", async () => {
  hostile.claims = {
    nonce: secrets.nonce,
    email: "eve@midorino.example",
    email_verified: "true",
    realm_access: { roles: ["融資", 7, ""] },
    acr: "2",
    amr: ["pwd"],
  };
  expect(await come()).toMatchObject({
    subject: "eve",
    issuer: hostile.issuer,
    emailVerified: false,
    groups: ["融資"],
    methods: ["2", "pwd"],
    provedAt: null,
  });
  expect(hostile.seen.get("code_verifier")).toBe(secrets.verifier);
  expect(hostile.seen.get("redirect_uri")).toBe(redirectUri);
  const door = new URL(await oidcDoor(await open(), settings(), { secrets, redirectUri, anew: true }));
  expect(Object.fromEntries(door.searchParams)).toMatchObject({
    response_type: "code",
    code_challenge_method: "S256",
    state: secrets.state,
    nonce: secrets.nonce,
    prompt: "login",
  });
});

const lies: readonly (readonly [string, string, () => void])[] = [
  ["another nonce", "not_for_us", () => (hostile.claims = { nonce: "other" })],
  ["no nonce", "answer_invalid", () => (hostile.claims = {})],
  ["another audience", "not_for_us", () => (hostile.claims = { ...hostile.claims, aud: "other" })],
  [
    "another issuer",
    "not_for_us",
    () => (hostile.claims = { ...hostile.claims, iss: "https://accounts.example" }),
  ],
  [
    "out of time",
    "out_of_time",
    () => (hostile.claims = { ...hostile.claims, exp: 1_000_000, iat: 999_000 }),
  ],
  ["no subject", "answer_invalid", () => (hostile.claims = { ...hostile.claims, sub: undefined })],
  ["another key", "signature_invalid", () => (hostile.signer = "other")],
  ["no signature", "answer_invalid", () => (hostile.signer = "nobody")],
  [
    "a redirect of the server",
    "answer_invalid",
    () => (hostile.redirect = "http://169.254.169.254/latest/meta-data/"),
  ],
];

test.each(lies)("[IDN-3] a token is refused that has: %s", async (_name, expected, lie) => {
  lie();
  expect(await problem(come())).toBe(expected);
});

test("[IDN-3] an answer is refused with another state, without one, with another issuer named, or with an error", async () => {
  hostile.document = { authorization_response_iss_parameter_supported: true };
  expect(await problem(come(`code=c&state=other&iss=${hostile.issuer}`))).toBe("answer_invalid");
  expect(await problem(come(`code=c&iss=${hostile.issuer}`))).toBe("answer_invalid");
  // Mix-up (RFC 9207): the answer says that it is another provider's, or does not say whose it is.
  expect(await problem(come(`code=c&state=${secrets.state}&iss=https://accounts.example`))).toBe(
    "answer_invalid",
  );
  expect(await problem(come(`code=c&state=${secrets.state}`))).toBe("answer_invalid");
  expect(await problem(come(`error=access_denied&state=${secrets.state}&iss=${hostile.issuer}`))).toBe(
    "cancelled",
  );
  expect(await problem(come(`code=c&code=d&state=${secrets.state}&iss=${hostile.issuer}`))).toBe(
    "answer_invalid",
  );
  expect(await problem(come(`code=c&state=${secrets.state}&iss=${hostile.issuer}`))).toBe("accepted");
});

test("[IDN-3] a provider's document is refused that names another issuer, or a door that is no page", async () => {
  hostile.document = { issuer: "https://accounts.example" };
  expect(await problem(open())).toBe("not_a_provider");
  for (const door of ["javascript:alert(1)", "data:text/html,x", "http://login.example/", ""]) {
    hostile.document = { authorization_endpoint: door };
    expect(await problem(open()), door).toBe("not_a_provider");
  }
});

test("[IDN-3] the server is sent to no address that only means something on its own machine or in its cloud", async () => {
  expect(await problem(open(undefined, false))).toBe("address_refused");
  for (const issuer of ["https://169.254.169.254", "https://127.0.0.1:1", "http://accounts.example"])
    expect(await problem(open(issuer, false)), issuer).toBe("address_refused");
  // The document may name other hosts: they are looked at as well.
  hostile.document = { token_endpoint: "https://169.254.169.254/token" };
  expect(await problem(come())).toBe("address_refused");
  hostile.document = { jwks_uri: "https://169.254.169.254/jwks" };
  expect(await problem(come())).toBe("address_refused");
});
