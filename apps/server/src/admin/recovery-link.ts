/** A link for a new password (IDN-2): for owners and whoever looks after barriers, whom nobody else may make one for. */
import { makeHandedLink } from "../features/accounts/recovery/hand-link.ts";
import { withAccount } from "./account-by-address.ts";
import type { AdminTools } from "./admin-tools.ts";

export async function printRecoveryLink(tools: AdminTools, email: string): Promise<void> {
  const origin = () => tools.config.publicOrigin;
  const { url } = await withAccount(tools, email, (accountId, mail) => {
    const deps = { log: tools.log, mail, origin, now: Date.now };
    return tools.handle.db
      .transaction()
      .execute((trx) => makeHandedLink(deps, trx, accountId, { kind: "operator" }));
  });
  tools.tell("recoveryLinkOnce", { url });
}
