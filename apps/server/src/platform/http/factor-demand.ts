/** Of whom the organisation demands a second factor, whatever they do (IDN-2). */
import type { AccountRole } from "@sekisho/contract";

type Account = { readonly role: AccountRole; readonly duties: readonly string[] };

/**
 * An own way where everybody signs in by a provider is no weaker than the provider: nobody but owners has it without a
 * second factor (IDN-3).
 */
export function isBesideProvider(session: {
  readonly role: AccountRole;
  readonly provider_demanded: boolean | null;
  readonly byProvider: boolean;
}): boolean {
  return session.provider_demanded === true && !session.byProvider && session.role !== "owner";
}

/** `high` is no demand of the account: it holds for hosts of meetings of that class. */
export function isDemanded(demands: readonly string[], { role, duties }: Account): boolean {
  if (demands.includes("everybody")) return true;
  return demands.includes("duties") && (role !== "member" || duties.length > 0);
}
