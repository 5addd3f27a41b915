/** Addresses of ours that a provider knows. Each is one provider's alone: what another one sent cannot be taken for its. */
import type { AccountsDeps } from "../accounts-deps.ts";

/** OpenID Connect (RFC 9700 §4.4.2). */
export function redirectUri(origin: string, providerId: string): string {
  return `${origin}/signin/return/${providerId}`;
}

/** SAML: where the answer is posted to. */
export function acsUrl(origin: string, providerId: string): string {
  return `${origin}/api/sso/saml/${providerId}/acs`;
}

/** SAML: our name, which is the address of our metadata. */
export function spEntityId({ origin }: Pick<AccountsDeps, "origin">, providerId: string): string {
  return `${origin()}/api/sso/saml/${providerId}/metadata`;
}
