import { sql, type Kysely } from "kysely";

/** What each check before a start found (CNF-6). Names nobody but the account that pressed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table meeting_check (
      id uuid primary key default gen_random_uuid(),
      meeting_id uuid not null references meeting on delete cascade,
      at timestamptz not null,
      account_id uuid not null references account on delete cascade,
      lines jsonb not null
    );
    create index meeting_check_newest on meeting_check (meeting_id, at desc);
  `.execute(db);
}
