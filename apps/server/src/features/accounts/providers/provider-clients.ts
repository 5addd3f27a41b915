/** One way to go to a provider and to read what it answers, whichever protocol it speaks. */
import { providerProblems } from "@sekisho/contract";
import { z } from "zod";
import { hashToken, newToken } from "../../../platform/random.ts";
import type { AccountsDeps } from "../accounts-deps.ts";
import { newOidcSecrets, oidcDoor, oidcExit, openOidc, readOidcAnswer, type OidcClient } from "./oidc.ts";
import { acsUrl, redirectUri, spEntityId } from "./provider-addresses.ts";
import { openSecret, type ProviderRow } from "./provider-store.ts";
import { ProviderFault, type ProviderWord } from "./provider-word.ts";
import { readSamlResponse, samlDoor, type SamlParty, type SamlSaid } from "./saml.ts";

/** What a provider tells of itself is asked anew after so long. ms. */
const keptMs = 5 * 60_000;

export type Journey = { readonly handle: string; readonly secrets: unknown; readonly url: string };

export type ProviderClients = {
  /** Where the browser goes. Throws `ProviderFault`. */
  go(provider: ProviderRow, origin: string, anew: boolean): Promise<Journey>;
  /** Where one signs out there; null: no such place is known. Throws `ProviderFault`. */
  exit(provider: ProviderRow): Promise<string | null>;
  /** What has come back. Null: nothing yet, or not by this browser. Throws `ProviderFault`. */
  read(provider: ProviderRow, back: Back): Promise<ProviderWord | null>;
  /** SAML, as it was posted. Throws `ProviderFault`. */
  readPosted(provider: ProviderRow, posted: Posted): Promise<SamlSaid>;
};

export type Posted = {
  readonly origin: string;
  readonly secrets: unknown;
  /** In base64. */
  readonly response: string;
};

export type Back = {
  readonly origin: string;
  readonly secrets: unknown;
  /** As it stood in the page's address. */
  readonly query: string;
  /** What was laid down of a form that came; null: none came. */
  readonly posted: unknown;
};

type Deps = Pick<AccountsDeps, "keys" | "now" | "origin" | "loopbackAllowed">;

const oidcSecrets = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() });
const samlSecrets = z.strictObject({ requestId: z.string() });

export function createProviderClients(deps: Deps): ProviderClients {
  const oidcOf = keepOidcClients(deps);
  return {
    async go(provider, origin, anew) {
      const { settings } = provider;
      if (settings.kind === "saml") {
        const handle = newToken();
        return { handle, ...(await samlDoor(partyOf(deps, provider, origin), { handle, anew })) };
      }
      const secrets = newOidcSecrets();
      const going = { secrets, redirectUri: redirectUri(origin, provider.id), anew };
      return { handle: secrets.state, secrets, url: await oidcDoor(await oidcOf(provider), settings, going) };
    },
    async exit(provider) {
      const { settings } = provider;
      return settings.kind === "oidc" ? oidcExit(await oidcOf(provider), settings, deps) : null;
    },
    async read(provider, { origin, secrets, query, posted }) {
      const { settings } = provider;
      if (settings.kind === "saml") return readLaidDown(posted, query);
      const known = oidcSecrets.safeParse(secrets);
      if (!known.success) throw new ProviderFault("answer_invalid");
      const back = { secrets: known.data, redirectUri: redirectUri(origin, provider.id), answer: query };
      return readOidcAnswer(await oidcOf(provider), settings, back);
    },
    async readPosted(provider, { origin, secrets, response }) {
      const known = samlSecrets.safeParse(secrets);
      if (!known.success) throw new ProviderFault("answer_invalid");
      return readSamlResponse(partyOf(deps, provider, origin), known.data, response, deps.now());
    },
  };
}

function keepOidcClients({ keys, now, loopbackAllowed }: Deps) {
  const kept = new Map<string, { readonly until: number; readonly found: Promise<OidcClient> }>();
  return (provider: ProviderRow): Promise<OidcClient> => {
    const { settings } = provider;
    if (settings.kind !== "oidc") throw new ProviderFault("not_a_provider");
    const key = `${provider.id}:${provider.connection}`;
    const known = kept.get(key);
    if (known !== undefined && known.until > now()) return known.found;
    const found = openOidc({ settings, clientSecret: openSecret(keys, provider), loopbackAllowed });
    kept.set(key, { until: now() + keptMs, found });
    // What failed is asked again by the next one.
    found.catch(() => kept.delete(key));
    return found;
  };
}

function partyOf(deps: Deps, { id, settings }: ProviderRow, origin: string): SamlParty {
  if (settings.kind !== "saml") throw new ProviderFault("not_a_provider");
  return { settings, entityId: spEntityId(deps, id), acsUrl: acsUrl(origin, id) };
}

/** Sealed by us after it was verified; with the hash of what only the browser was given that posted it. */
const laidDown = z.union([
  z.strictObject({ receipt: z.string(), problem: z.enum(providerProblems) }),
  z.strictObject({
    receipt: z.string(),
    word: z.strictObject({
      subject: z.string(),
      issuer: z.string(),
      email: z.string().nullable(),
      emailVerified: z.boolean(),
      displayName: z.string().nullable(),
      groups: z.array(z.string()).nullable(),
      primaryGroup: z.string().nullable(),
      methods: z.array(z.string()),
      provedAt: z.number().nullable(),
    }),
  }),
]);

function readLaidDown(posted: unknown, query: string): ProviderWord | null {
  if (posted === null) return null;
  const read = laidDown.safeParse(posted);
  if (!read.success) throw new ProviderFault("answer_invalid");
  // Posted by another browser than the one that asks: whoever began the journey sent somebody else through it.
  const given = new URLSearchParams(query).get("receipt") ?? "";
  if (hashToken(given).toString("base64url") !== read.data.receipt) return null;
  if ("problem" in read.data) throw new ProviderFault(read.data.problem);
  return read.data.word;
}
