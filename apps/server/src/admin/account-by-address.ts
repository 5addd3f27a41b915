/** The account that a command names by its address, and mail for what it is told. */
import { sql } from "kysely";
import { addressKey } from "../features/accounts/accounts-deps.ts";
import { createMailTransport } from "../platform/mail/mail-transport.ts";
import { createOutbox, type Outbox } from "../platform/mail/outbox.ts";
import { AdminProblem } from "./admin-problem.ts";
import type { AdminTools } from "./admin-tools.ts";

/** Notices are written here, and sent by the server. Throws `noSuchAccount`. */
export async function withAccount<T>(
  tools: AdminTools,
  email: string,
  work: (accountId: string, mail: Outbox) => Promise<T>,
): Promise<T> {
  const { db } = tools.handle;
  const account = await db
    .selectFrom("account")
    .select("id")
    .where(sql`lower(email)`, "=", addressKey(email))
    .executeTakeFirst();
  if (account === undefined) throw new AdminProblem("noSuchAccount");
  const mail = createOutbox({
    ...{ db, keys: tools.keys, transport: createMailTransport(tools.config), now: Date.now },
    fromName: async () => "",
    onFailure: () => undefined,
  });
  try {
    return await work(account.id, mail);
  } finally {
    await mail.stop();
  }
}
