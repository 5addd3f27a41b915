import { sql, type Kysely } from "kysely";

/** What people without an account read and agree to before they ask to join (INV-4). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table fact_sheet_version (
      meeting_id uuid not null references meeting on delete cascade,
      version integer not null,
      -- Of the sections, in hex: the log of an instance names it beside the version.
      digest text not null,
      sections jsonb not null,
      created_at timestamptz not null default now(),
      primary key (meeting_id, version),
      unique (meeting_id, digest)
    );
    -- The organisation's own sentences; an empty one stands for the generated one.
    create table fact_sheet_text (
      singleton boolean primary key default true check (singleton),
      texts jsonb not null
    );
  `.execute(db);
}
