import { sql, type Kysely } from "kysely";

/** Lists that the server is told to read, and the weaknesses found in them (OPS-1); what was deleted with an instance (AUD-2). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table feed (
      kind text primary key check (kind in ('releases', 'vulnerabilities')),
      url text not null,
      -- Ed25519, as base64 of its SubjectPublicKeyInfo: what signs a list of releases. Null: nothing signs it.
      public_key text,
      keywords text[] not null,
      -- By the database's clock, which all processes share.
      next_at timestamptz not null default now(),
      last_contact_at timestamptz,
      last_problem text,
      -- The list of releases that was last taken.
      document jsonb
    );
    create table advisory (
      id text primary key,
      title text not null,
      link text,
      severity text not null check (severity in ('critical', 'high', 'medium', 'low', 'none', 'unknown')),
      score real,
      published_at timestamptz,
      modified_at timestamptz,
      -- The keywords that found it.
      keywords text[] not null,
      found_at timestamptz not null default now(),
      mark text check (mark in ('seen', 'handled')),
      marked_by uuid references account,
      marked_at timestamptz,
      -- What was marked has been changed by its publisher since.
      changed boolean not null default false,
      constraint advisory_mark check ((mark is null) = (marked_at is null))
    );
    alter table meeting_instance
      -- Null: not deleted yet, or before this was counted.
      add column erased_messages integer,
      add column erased_at timestamptz;
  `.execute(db);
}
