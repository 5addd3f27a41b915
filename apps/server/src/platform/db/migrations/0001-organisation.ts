import { sql, type Kysely } from "kysely";

/** Organisation, accounts, sessions, links that are good once, limits. Secrets are kept as SHA-256 of random tokens. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createPeople(db);
  await createLinksAndLimits(db);
}

async function createPeople(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table organisation (
      singleton boolean primary key default true check (singleton),
      name text not null,
      address text not null default '',
      rules jsonb not null,
      version integer not null default 1,
      created_at timestamptz not null default now()
    );
    create table account (
      id uuid primary key,
      email text not null,
      display_name text not null,
      password_hash text not null,
      role text not null check (role in ('owner', 'admin', 'member')),
      locale text not null check (locale in ('ja', 'en')),
      personal_number text not null unique,
      personal_link text not null unique,
      disabled_at timestamptz,
      created_at timestamptz not null default now(),
      last_sign_in_at timestamptz
    );
    create unique index account_email on account (lower(email));
    create table session (
      id text primary key,
      token_hash bytea not null unique,
      account_id uuid not null references account on delete cascade,
      created_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      expires_at timestamptz not null,
      revoked_at timestamptz,
      device text not null,
      address text not null
    );
    create index session_account on session (account_id) where revoked_at is null;
  `.execute(db);
}

async function createLinksAndLimits(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table invitation (
      id uuid primary key,
      token_hash bytea not null unique,
      email text not null,
      display_name text not null,
      role text not null check (role in ('owner', 'admin', 'member')),
      created_by uuid not null references account on delete cascade,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      used_at timestamptz,
      revoked_at timestamptz
    );
    create table setup_link (
      token_hash bytea primary key,
      created_at timestamptz not null default now(),
      used_at timestamptz
    );
    create table service_credential (
      id uuid primary key,
      name text not null,
      token_hash bytea not null unique,
      scopes text[] not null,
      created_at timestamptz not null default now(),
      revoked_at timestamptz
    );
    create table rate_limit (
      bucket text not null,
      window_start timestamptz not null,
      used integer not null,
      primary key (bucket, window_start)
    );
    create index rate_limit_age on rate_limit (window_start);
  `.execute(db);
}
