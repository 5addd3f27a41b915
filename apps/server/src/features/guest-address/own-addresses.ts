/** The organisation's own addresses: who has one signs in, and does not come as a guest (BAR-8). */
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { TypedAddress } from "../../platform/mail/address.ts";

/** Of an account, also of one that is switched off, or at a domain that accounts in use have. */
export async function isOwnAddress(db: Db, typed: TypedAddress): Promise<boolean> {
  const { rows } = await sql<{ own: boolean }>`
    select exists (
      select 1 from account
      where lower(email) in (${typed.address}, ${typed.mailbox})
        or (disabled_at is null and split_part(lower(email), '@', 2) = ${typed.domain})
    ) as own
  `.execute(db);
  return rows[0]?.own ?? true;
}

/** Which of these domains accounts in use have. */
export async function ownDomains(db: Db, domains: readonly string[]): Promise<ReadonlySet<string>> {
  if (domains.length === 0) return new Set();
  const { rows } = await sql<{ domain: string }>`
    select distinct split_part(lower(email), '@', 2) as domain from account
    where disabled_at is null and split_part(lower(email), '@', 2) = any(${[...domains]})
  `.execute(db);
  return new Set(rows.map((row) => row.domain));
}
