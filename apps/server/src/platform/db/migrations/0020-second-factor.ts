import { sql, type Kysely } from "kysely";

/** Second factors of accounts (IDN-2). Secrets of apps are sealed, recovery codes kept as keyed hashes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table organisation
      add column factor_demands text[] not null default '{}';
    alter table session
      add column strength text not null default 'password' check (strength in ('password', 'secondFactor')),
      -- When somebody last proved who they are in this session: changes of factors ask for a proof that is fresh.
      add column proved_at timestamptz not null default now(),
      add column challenge text;
    update session set proved_at = created_at;
  `.execute(db);
  await createFactors(db);
}

async function createFactors(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table passkey (
      id uuid primary key,
      account_id uuid not null references account on delete cascade,
      credential_id text not null unique,
      public_key bytea not null,
      counter bigint not null,
      transports text[] not null,
      name text not null,
      synced boolean not null,
      created_at timestamptz not null default now(),
      last_used_at timestamptz
    );
    create index passkey_account on passkey (account_id);
    create table totp (
      account_id uuid primary key references account on delete cascade,
      -- Null until the first app is confirmed.
      sealed bytea,
      confirmed_at timestamptz,
      -- The newest step of which a code was used: none up to it is good again.
      last_step bigint not null default 0,
      -- An app that is being set up; the one from before is good until it is confirmed.
      pending_sealed bytea,
      pending_until timestamptz,
      check ((sealed is null) = (confirmed_at is null))
    );
    create table recovery_code (
      account_id uuid not null references account on delete cascade,
      code_mac bytea not null,
      used_at timestamptz,
      primary key (account_id, code_mac)
    );
    -- Between password and second factor, or between a challenge and a passkey alone (then without an account).
    create table sign_in_attempt (
      token_hash bytea primary key,
      account_id uuid references account on delete cascade,
      challenge text,
      tries integer not null default 0,
      expires_at timestamptz not null
    );
    create index sign_in_attempt_age on sign_in_attempt (expires_at);
  `.execute(db);
}
