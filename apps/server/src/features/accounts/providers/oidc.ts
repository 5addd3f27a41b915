/**
 * OpenID Connect by code flow: PKCE, state and nonce each time, an issuer that has to be the one of the settings (in its
 * own document, in the answer's `iss` where it sends one (RFC 9207), and in the ID token), an address of return that is
 * this provider's alone. What the library checks is checked there and nowhere else.
 */
import type { OidcSettings } from "@sekisho/contract";
import * as client from "openid-client";
import { AddressRefused, guardedFetch } from "../../../platform/http/outbound-fetch.ts";
import { isSafeAddress } from "./safe-address.ts";
import { readClaim } from "./read-claim.ts";
import { ProviderFault, oneText, textsOf, type ProviderWord } from "./provider-word.ts";

/** s that clocks may differ. */
const skewSeconds = 60;
const limits = { timeoutMs: 10_000, maxBytes: 512 * 1024 } as const;

export type OidcConnection = {
  readonly settings: OidcSettings;
  readonly clientSecret: string | null;
  readonly loopbackAllowed: boolean;
};

export type OidcClient = client.Configuration;

/** Reads the provider's own document; to be kept for some minutes, since its keys are kept with it. */
export async function openOidc(connection: OidcConnection): Promise<OidcClient> {
  const { settings, clientSecret, loopbackAllowed } = connection;
  if (!isSafeAddress(settings.issuer, loopbackAllowed)) throw new ProviderFault("address_refused");
  const issuer = new URL(settings.issuer);
  try {
    const found = await client.discovery(
      issuer,
      settings.clientId,
      { [client.clockTolerance]: skewSeconds },
      authenticationBy(clientSecret),
      {
        [client.customFetch]: guardedFetch({ ...limits, loopbackAllowed }),
        execute: [
          // The signature is checked as well, and not the line alone on which the token came.
          client.enableNonRepudiationChecks,
          // Only where the issuer is on this machine and the whole product is.
          ...(issuer.protocol === "http:" ? [client.allowInsecureRequests] : []),
        ],
      },
    );
    requireDoor(found, loopbackAllowed);
    return found;
  } catch (error) {
    if (error instanceof ProviderFault) throw error;
    throw new ProviderFault(wayProblem(error), error);
  }
}

/** As the provider asks for it: in the body, in the header, or with PKCE alone. */
function authenticationBy(secret: string | null): client.ClientAuth {
  if (secret === null) return client.None();
  const inBody = client.ClientSecretPost(secret);
  const inHeader = client.ClientSecretBasic(secret);
  return (server, metadata, body, headers) => {
    // Where nothing is said it is the header (OpenID Connect Discovery 1.0 §3).
    const known = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const use = known.includes("client_secret_basic") ? inHeader : inBody;
    return use(server, metadata, body, headers);
  };
}

/** The browser is sent there: never to an address that runs something in our page. */
function requireDoor(found: OidcClient, loopbackAllowed: boolean): void {
  const door = found.serverMetadata().authorization_endpoint ?? "";
  if (!isSafeAddress(door, loopbackAllowed)) throw new ProviderFault("not_a_provider");
}

function wayProblem(error: unknown): "address_refused" | "unreachable" | "not_a_provider" {
  if (wasRefused(error)) return "address_refused";
  return error instanceof client.ClientError && error.code !== "OAUTH_TIMEOUT"
    ? "not_a_provider"
    : "unreachable";
}

/** Whatever the library has made of it on its way. */
function wasRefused(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) if (one instanceof AddressRefused) return true;
  return false;
}

export type OidcSecrets = { readonly state: string; readonly nonce: string; readonly verifier: string };

export function newOidcSecrets(): OidcSecrets {
  return {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
  };
}

type Going = { readonly secrets: OidcSecrets; readonly redirectUri: string; readonly anew: boolean };

/** `anew`: the provider asks who it is even if somebody is signed in there. */
export async function oidcDoor(
  found: OidcClient,
  settings: OidcSettings,
  { secrets, redirectUri, anew }: Going,
): Promise<string> {
  const scopes = new Set(["openid", ...settings.scopes]);
  const url = client.buildAuthorizationUrl(found, {
    redirect_uri: redirectUri,
    scope: [...scopes].join(" "),
    response_type: "code",
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(secrets.verifier),
    code_challenge_method: "S256",
    ...(anew ? { prompt: "login", max_age: "0" } : {}),
  });
  return url.href;
}

/**
 * Where one signs out there; null: the provider announces no such place. Only our name goes with it: a token as a hint would
 * stand in addresses and logs, and an address to come back to would be one more that somebody may turn elsewhere.
 */
export function oidcExit(
  found: OidcClient,
  settings: OidcSettings,
  { loopbackAllowed }: Pick<OidcConnection, "loopbackAllowed">,
): string | null {
  const exit = found.serverMetadata().end_session_endpoint ?? "";
  if (!isSafeAddress(exit, loopbackAllowed)) return null;
  const url = new URL(exit);
  url.searchParams.set("client_id", settings.clientId);
  return url.href;
}

type Back = { readonly secrets: OidcSecrets; readonly redirectUri: string; readonly answer: string };

/** Throws `ProviderFault`. */
export async function readOidcAnswer(
  found: OidcClient,
  settings: OidcSettings,
  { secrets, redirectUri, answer }: Back,
): Promise<ProviderWord> {
  const url = new URL(redirectUri);
  url.search = answer;
  try {
    const tokens = await client.authorizationCodeGrant(found, url, {
      pkceCodeVerifier: secrets.verifier,
      expectedState: secrets.state,
      expectedNonce: secrets.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new ProviderFault("answer_invalid");
    const asks = found.serverMetadata().userinfo_endpoint !== undefined && lacks(claims, settings);
    const more = asks ? await client.fetchUserInfo(found, tokens.access_token, claims.sub) : {};
    return wordOf(settings, claims, more);
  } catch (error) {
    throw error instanceof ProviderFault ? error : new ProviderFault(answerProblem(error), error);
  }
}

type Claims = Readonly<Record<string, unknown>>;

/** Many providers tell of addresses and groups only where they are asked with the access token. */
function lacks(claims: Claims, { groupsClaim, primaryGroupClaim }: OidcSettings): boolean {
  const wanted = ["email", groupsClaim, primaryGroupClaim].filter((one) => one !== "");
  return wanted.some((one) => readClaim(claims, one) === undefined);
}

function wordOf(
  settings: OidcSettings,
  claims: Claims & { readonly iss: string; readonly sub: string },
  more: Claims,
): ProviderWord {
  // An address and the word about it are from one and the same place.
  const from = typeof claims["email"] === "string" ? claims : more;
  const read = (name: string) =>
    name === "" ? undefined : (readClaim(claims, name) ?? readClaim(more, name));
  const groups = read(settings.groupsClaim);
  return {
    subject: claims.sub,
    issuer: claims.iss,
    email: oneText(from["email"]),
    emailVerified: from["email_verified"] === true,
    displayName: oneText(claims["name"] ?? more["name"]),
    groups: groups === undefined ? null : textsOf(groups),
    primaryGroup: oneText(read(settings.primaryGroupClaim)),
    // Only from what is signed.
    methods: [...textsOf(claims["acr"]), ...textsOf(claims["amr"])],
    provedAt: typeof claims["auth_time"] === "number" ? claims["auth_time"] * 1000 : null,
  };
}

const byCode: Readonly<Record<string, "not_for_us" | "out_of_time" | "signature_invalid">> = {
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: "not_for_us",
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: "out_of_time",
  OAUTH_KEY_SELECTION_FAILED: "signature_invalid",
};

function answerProblem(error: unknown): ProviderFault["problem"] {
  if (error instanceof client.AuthorizationResponseError)
    return error.error === "access_denied" ? "cancelled" : "client_refused";
  if (error instanceof client.ResponseBodyError || error instanceof client.WWWAuthenticateChallengeError)
    return "client_refused";
  if (!(error instanceof client.ClientError) || wasRefused(error)) return wayProblem(error);
  const { cause } = error;
  const signature = cause instanceof Error && cause.message.includes("signature");
  return byCode[error.code ?? ""] ?? (signature ? "signature_invalid" : "answer_invalid");
}
