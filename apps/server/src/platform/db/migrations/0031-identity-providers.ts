import { sql, type Kysely } from "kysely";

/** Identity providers of the organisation (IDN-3): how they are set up, who is who there, and who is on the way. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table identity_provider (
      id uuid primary key,
      kind text not null check (kind in ('oidc', 'saml')),
      -- Without secrets.
      settings jsonb not null,
      secret_sealed bytea,
      -- Grows with each change of the connection: a trial is one of this connection and of no other.
      connection integer not null default 1,
      enabled boolean not null default false,
      tried_at timestamptz,
      tried_connection integer,
      -- What arrived, which names a person, or what went wrong.
      trial_sealed bytea,
      -- The connection of which a trial went well.
      good_connection integer,
      created_at timestamptz not null default now(),
      check (not enabled or (good_connection is not null and good_connection = connection))
    );
    create table provider_identity (
      -- Of provider, issuer and subject: another issuer under the same settings is somebody else.
      subject_mac bytea primary key,
      provider_id uuid not null references identity_provider on delete cascade,
      account_id uuid not null references account on delete cascade,
      linked_at timestamptz not null default now(),
      last_used_at timestamptz,
      unique (provider_id, account_id)
    );
    create index provider_identity_account on provider_identity (account_id);
    alter table organisation
      add column own_domains text[] not null default '{}',
      add column provider_demanded boolean not null default false;
    alter table session
      add column provider_id uuid references identity_provider on delete set null;
    create index session_provider on session (provider_id) where provider_id is not null;
    -- A second factor of the own account after a provider's word.
    alter table sign_in_attempt
      add column provider_id uuid references identity_provider on delete cascade;
  `.execute(db);
  await createAttempts(db);
  await nameOrigin(db);
}

async function createAttempts(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Somebody is on the way to a provider: good once, in one browser, for minutes.
    create table provider_attempt (
      cookie_hash bytea primary key,
      -- What travels with the browser and comes back: state, RelayState, the request's id.
      handle_hash bytea not null unique,
      provider_id uuid not null references identity_provider on delete cascade,
      connection integer not null,
      purpose text not null check (purpose in ('signIn', 'trial', 'link', 'confirm')),
      account_id uuid references account on delete cascade,
      session_id text,
      -- The address of this server that the browser uses.
      origin text not null,
      sealed bytea not null,
      -- SAML: what the provider said, which comes by a form of another site and without cookies.
      answer_sealed bytea,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      check (purpose = 'signIn' or account_id is not null)
    );
    create index provider_attempt_age on provider_attempt (expires_at);
    -- Assertions that were used: none is good twice, on whichever process.
    create table provider_assertion (
      assertion_mac bytea primary key,
      expires_at timestamptz not null
    );
    create index provider_assertion_age on provider_assertion (expires_at);
  `.execute(db);
}

/** Groups that a provider names at sign-in change the barriers by the same one way as everything else (BAR-6). */
async function nameOrigin(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table barrier_version drop constraint barrier_version_source_check;
    alter table barrier_version add constraint barrier_version_source_check
      check (source in ('portal', 'api', 'push', 'pull', 'import', 'approval', 'signIn'));
    alter table barrier_pending drop constraint barrier_pending_source_check;
    alter table barrier_pending add constraint barrier_pending_source_check
      check (source in ('portal', 'api', 'push', 'pull', 'import', 'signIn'));
  `.execute(db);
}
