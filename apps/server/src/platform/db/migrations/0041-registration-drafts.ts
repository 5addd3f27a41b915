import { sql, type Kysely } from "kysely";

/**
 * What was typed again for a mailbox before anything was confirmed (INV-5): each with a link of its own, beside the first
 * one's, until one of them is used. So nobody who knows an address makes a link worthless that was mailed to it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table registration_draft (
      link_hash bytea primary key,
      registration_id uuid not null references registration on delete cascade,
      generation integer not null,
      sealed bytea not null,
      locale text not null check (locale in ('ja', 'en')),
      confirm_until timestamptz not null,
      unique (registration_id, generation)
    );
    create index registration_draft_age on registration_draft (confirm_until);
  `.execute(db);
}
