import { sql, type Kysely } from "kysely";

/** Information barriers (BAR): one row that says which version is in force, and the changes that led to each. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account add column duties text[] not null default '{}';
    create table barrier_head (
      singleton boolean primary key default true check (singleton),
      version integer not null default 0
    );
    insert into barrier_head default values;
    create table barrier_version (
      version integer primary key,
      at timestamptz not null default now(),
      source text not null check (source in ('portal', 'api', 'push', 'pull', 'import', 'approval')),
      actor jsonb not null,
      reason text not null,
      changes jsonb not null,
      digest bytea not null
    );
  `.execute(db);
}
