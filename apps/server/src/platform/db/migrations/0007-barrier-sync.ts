import { sql, type Kysely } from "kysely";

/** Where barriers come from and who has them (BAR-10, BAR-11): the policy server that is asked, syncs, processes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table barrier_upstream (
      singleton boolean primary key default true check (singleton),
      url text not null,
      token_sealed bytea,
      interval_minutes integer not null check (interval_minutes between 1 and 1440),
      enabled boolean not null,
      -- Of the document last taken, and the version that it made here: an edit since then makes the tag worthless.
      etag text,
      etag_version integer,
      -- The document's own number, where it has one. It never falls.
      source_version bigint,
      -- Grows with each good contact; the time is the asking process's clock, ms since 1970 UTC.
      contacts integer not null default 0,
      last_contact_at bigint,
      -- The age of that contact that was certain at some time: a clock put back does not make it younger. ms.
      age_floor bigint not null default 0,
      last_problem text,
      next_at timestamptz not null default now()
    );
    create table barrier_sync (
      seq bigint generated always as identity primary key,
      id text not null unique,
      at timestamptz not null default clock_timestamp(),
      source text not null check (source in ('portal', 'api', 'push', 'pull', 'import', 'approval')),
      actor jsonb not null,
      reason text not null,
      result text not null check (result in ('applied', 'quarantined', 'failed', 'unchanged')),
      problem text,
      version integer,
      changes integer not null,
      pending_id text
    );
    create table barrier_node (
      process_id text primary key,
      name text not null,
      -- In its memory, and swept through every meeting for.
      version integer not null,
      swept integer not null,
      started_at timestamptz not null default clock_timestamp(),
      seen_at timestamptz not null default clock_timestamp()
    );
  `.execute(db);
}
