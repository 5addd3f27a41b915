/** The way to a provider, whatever it is for: signing in, a trial, a tie. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Caller } from "../../../platform/http/caller.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import type { AccountsDeps } from "../accounts-deps.ts";
import { pageOf } from "../second-factor/passkeys.ts";
import { beginProviderAttempt, type Traveller } from "./attempts.ts";
import type { ProviderClients } from "./provider-clients.ts";
import type { ProviderRow } from "./provider-store.ts";
import { ProviderFault } from "./provider-word.ts";

type Where = { readonly request: FastifyRequest; readonly reply: FastifyReply };
type Setting = { readonly provider: ProviderRow; readonly traveller: Traveller };

/** Throws `provider_unavailable`, with what is wrong for whoever set it up. */
export async function beginJourney(
  deps: AccountsDeps,
  clients: ProviderClients,
  { request, reply }: Where,
  { provider, traveller }: Setting,
): Promise<{ readonly url: string }> {
  const origin = pageOf(deps, request);
  try {
    const { handle: handleOf, secrets, url } = await clients.go(provider, origin, isAnew(traveller));
    const { id: providerId, connection } = provider;
    await beginProviderAttempt(deps, reply, {
      ...traveller,
      ...{ providerId, connection, origin, handle: handleOf, secrets },
    });
    return { url };
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error;
    const details = traveller.purpose === "trial" ? { details: [error.problem] } : {};
    throw new HttpError("provider_unavailable", details);
  }
}

/** The provider asks who it is even if somebody is signed in there. */
function isAnew({ purpose }: Traveller): boolean {
  return purpose === "link" || purpose === "confirm";
}

/** Who has come back is who left: in the same session, still open. */
export function isSameTraveller({ accountId, sessionId }: Traveller, caller: Caller): boolean {
  return caller.kind === "account" && caller.accountId === accountId && caller.sessionId === sessionId;
}
