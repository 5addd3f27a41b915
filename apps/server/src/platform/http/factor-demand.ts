/** Of whom the organisation demands a second factor, whatever they do (IDN-2). */
import type { AccountRole } from "@sekisho/contract";

type Account = { readonly role: AccountRole; readonly duties: readonly string[] };

/** `high` is no demand of the account: it holds for hosts of meetings of that class. */
export function isDemanded(demands: readonly string[], { role, duties }: Account): boolean {
  if (demands.includes("everybody")) return true;
  return demands.includes("duties") && (role !== "member" || duties.length > 0);
}
