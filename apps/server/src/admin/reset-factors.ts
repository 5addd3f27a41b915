/** Takes an account's second factors away (IDN-2): for the last owner who has lost every one of them. */
import { resetFactors } from "../features/accounts/second-factor/reset-factors.ts";
import { withAccount } from "./account-by-address.ts";
import type { AdminTools } from "./admin-tools.ts";

export async function resetAccountFactors(tools: AdminTools, email: string): Promise<void> {
  await withAccount(tools, email, (accountId, mail) =>
    tools.handle.db
      .transaction()
      .execute((trx) => resetFactors({ log: tools.log, mail }, trx, accountId, { kind: "operator" })),
  );
  tools.tell("factorsReset", { email });
}
