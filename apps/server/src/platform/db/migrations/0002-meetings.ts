import { sql, type Kysely } from "kysely";

/** Scheduled meetings and their instances. A passcode is sealed, and compared through a keyed MAC (MTG-8). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table meeting (
      id uuid primary key,
      host_id uuid not null references account,
      settings jsonb not null,
      start_local text not null,
      time_zone text not null,
      duration_minutes integer not null,
      recurrence text,
      first_start timestamptz not null,
      last_end timestamptz,
      link text not null unique,
      number text unique,
      passcode_sealed bytea,
      passcode_mac bytea,
      preset_version integer not null,
      version integer not null default 1,
      sequence integer not null default 0,
      cancelled_at timestamptz,
      created_at timestamptz not null default now()
    );
    create index meeting_host on meeting (host_id);
    create table meeting_account (
      meeting_id uuid not null references meeting on delete cascade,
      account_id uuid not null references account on delete cascade,
      relation text not null check (relation in ('host', 'coHost', 'verifier', 'invitee')),
      primary key (meeting_id, account_id, relation)
    );
    create index meeting_account_account on meeting_account (account_id);
    create table meeting_instance (
      id text primary key,
      meeting_id uuid not null references meeting,
      occurrence text not null,
      sfu_room text not null unique,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      seq integer not null default 0,
      head bytea not null,
      phase text not null default 'scheduled',
      evidence_key bytea not null,
      content_key bytea,
      tidied boolean not null default false,
      created_at timestamptz not null default now(),
      unique (meeting_id, occurrence)
    );
    create index meeting_instance_open on meeting_instance (phase) where phase <> 'ended';
  `.execute(db);
}
