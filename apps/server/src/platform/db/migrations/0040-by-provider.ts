import { sql, type Kysely } from "kysely";

/**
 * Second factors that were set up in a session opened by an identity provider's word: no stronger than that word, and gone
 * with it when the account is given a role or duty (IDN-3). Of those from before it is not known; where the account was tied
 * by then, they count as such.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table passkey add column by_provider boolean not null default false;
    alter table totp add column by_provider boolean not null default false;
    alter table recovery_code add column by_provider boolean not null default false;
    update passkey set by_provider = true where exists (
      select from provider_identity tie where tie.account_id = passkey.account_id and tie.linked_at < passkey.created_at);
    update totp set by_provider = true where exists (
      select from provider_identity tie where tie.account_id = totp.account_id and tie.linked_at < totp.confirmed_at);
    update recovery_code set by_provider = true where exists (
      select from provider_identity tie where tie.account_id = recovery_code.account_id);
  `.execute(db);
}
