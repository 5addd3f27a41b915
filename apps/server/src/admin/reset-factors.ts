/** Takes an account's second factors away (IDN-2): for the last owner who has lost every one of them. */
import { sql } from "kysely";
import { addressKey } from "../features/accounts/accounts-deps.ts";
import { resetFactors } from "../features/accounts/second-factor/reset-factors.ts";
import { createMailTransport } from "../platform/mail/mail-transport.ts";
import { createOutbox } from "../platform/mail/outbox.ts";
import { AdminProblem } from "./admin-problem.ts";
import type { AdminTools } from "./admin-tools.ts";

export async function resetAccountFactors(tools: AdminTools, email: string): Promise<void> {
  const { db } = tools.handle;
  const account = await db
    .selectFrom("account")
    .select("id")
    .where(sql`lower(email)`, "=", addressKey(email))
    .executeTakeFirst();
  if (account === undefined) throw new AdminProblem("noSuchAccount");
  // The notice is written here, and sent by the server.
  const mail = createOutbox({
    ...{ db, keys: tools.keys, transport: createMailTransport(tools.config), now: Date.now },
    fromName: async () => "",
    onFailure: () => undefined,
  });
  try {
    await db
      .transaction()
      .execute((trx) => resetFactors({ log: tools.log, mail }, trx, account.id, { kind: "operator" }));
  } finally {
    await mail.stop();
  }
  tools.tell("factorsReset", { email });
}
