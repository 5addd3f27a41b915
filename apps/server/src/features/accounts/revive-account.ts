/**
 * Somebody whom the directory had taken away, and makes again (RFC 7644 §3.6: a name that was deleted is free). The
 * evidence names the account, so it is the same one; but who has the address now may be somebody else: no password, no
 * factor and no session of before opens it.
 */
import { sql } from "kysely";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { addressKey, type NewAccount } from "./accounts-deps.ts";
import { endSessions } from "./end-sessions.ts";
import { ownWays } from "./own-ways.ts";

/** The account's id; null: there is none to be brought back. Throws `email_taken` where it had another address. */
export async function reviveAccount(trx: Trx, account: NewAccount, userName: string): Promise<string | null> {
  const row = await trx
    .selectFrom("account")
    .innerJoin("directory_user", "account_id", "account.id")
    .select(["account.id", "account.email"])
    .where("deleted_at", "is not", null)
    // Whom a person has disabled stays so, whatever the directory takes away and makes again.
    .where("disabled_here", "=", true)
    // An owner, or whoever looks after barriers, is not made to come back by a machine (BAR-6).
    .where("role", "=", "member")
    .where(sql<boolean>`duties = '{}'`)
    .where((where) =>
      where.or([
        where(sql`lower(email)`, "=", addressKey(account.email)),
        where(sql`lower(user_name)`, "=", userName.toLowerCase()),
      ]),
    )
    .forUpdate("account")
    .executeTakeFirst();
  if (row === undefined) return null;
  // Whoever has another address is somebody else, and would be mailed the way into this account.
  if (addressKey(row.email) !== addressKey(account.email)) throw new HttpError("email_taken");
  for (const table of [...ownWays, "provider_identity"] as const)
    await trx.deleteFrom(table).where("account_id", "=", row.id).execute();
  await endSessions(trx, { accountId: row.id });
  await trx
    .updateTable("account")
    .set({
      display_name: account.displayName.normalize("NFC"),
      password_hash: account.passwordHash,
      locale: account.locale,
      disabled_at: null,
    })
    .where("id", "=", row.id)
    .execute();
  return row.id;
}
