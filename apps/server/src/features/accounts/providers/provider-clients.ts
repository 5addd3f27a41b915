/** One way to go to a provider and to read what it answers, whichever protocol it speaks. */
import { z } from "zod";
import type { AccountsDeps } from "../accounts-deps.ts";
import { newOidcSecrets, oidcDoor, openOidc, readOidcAnswer, type OidcClient } from "./oidc.ts";
import { openSecret, type ProviderRow } from "./provider-store.ts";
import { ProviderFault, type ProviderWord } from "./provider-word.ts";

/** What a provider tells of itself is asked anew after so long. ms. */
const keptMs = 5 * 60_000;

export type Journey = { readonly handle: string; readonly secrets: unknown; readonly url: string };

export type ProviderClients = {
  /** Where the browser goes. Throws `ProviderFault`. */
  go(provider: ProviderRow, origin: string, anew: boolean): Promise<Journey>;
  /** What has come back. Throws `ProviderFault`. */
  read(provider: ProviderRow, back: Back): Promise<ProviderWord>;
};

export type Back = {
  readonly origin: string;
  readonly secrets: unknown;
  /** As it stood in the page's address. */
  readonly query: string;
  /** As it came by a form. */
  readonly posted: unknown;
};

type Deps = Pick<AccountsDeps, "keys" | "now" | "loopbackAllowed">;

/** This provider's alone: an answer that another one sent cannot be taken for its (RFC 9700 §4.4.2). */
export function redirectUri(origin: string, providerId: string): string {
  return `${origin}/signin/return/${providerId}`;
}

const oidcSecrets = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() });

export function createProviderClients(deps: Deps): ProviderClients {
  const kept = new Map<string, { readonly until: number; readonly found: Promise<OidcClient> }>();

  function oidcOf(provider: ProviderRow): Promise<OidcClient> {
    const { settings } = provider;
    if (settings.kind !== "oidc") throw new ProviderFault("not_a_provider");
    const key = `${provider.id}:${provider.connection}`;
    const known = kept.get(key);
    if (known !== undefined && known.until > deps.now()) return known.found;
    const clientSecret = openSecret(deps.keys, provider);
    const found = openOidc({ settings, clientSecret, loopbackAllowed: deps.loopbackAllowed });
    kept.set(key, { until: deps.now() + keptMs, found });
    // What failed is asked again by the next one.
    found.catch(() => kept.delete(key));
    return found;
  }

  return {
    async go(provider, origin, anew) {
      const { settings } = provider;
      if (settings.kind !== "oidc") throw new ProviderFault("not_a_provider");
      const secrets = newOidcSecrets();
      const going = { secrets, redirectUri: redirectUri(origin, provider.id), anew };
      return { handle: secrets.state, secrets, url: await oidcDoor(await oidcOf(provider), settings, going) };
    },
    async read(provider, { origin, secrets, query }) {
      const { settings } = provider;
      const known = oidcSecrets.safeParse(secrets);
      if (settings.kind !== "oidc" || !known.success) throw new ProviderFault("answer_invalid");
      const back = { secrets: known.data, redirectUri: redirectUri(origin, provider.id), answer: query };
      return readOidcAnswer(await oidcOf(provider), settings, back);
    },
  };
}
