import { sql, type Kysely } from "kysely";

/** API clients, their tokens, and webhooks (BAR-12). Secrets and tokens are kept hashed, or sealed where they sign. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table organisation
      add column account_id text not null default substr(replace(gen_random_uuid()::text, '-', ''), 1, 22);
    alter table service_credential
      alter column token_hash drop not null,
      add column client_id text unique,
      add column secret_hash bytea,
      -- Whom the client means by "me".
      add column acts_for uuid references account,
      add column last_used_at timestamptz,
      add constraint service_credential_kind check ((token_hash is null) <> (client_id is null)),
      add constraint service_credential_secret check ((client_id is null) = (secret_hash is null));
    create table api_token (
      hash bytea primary key,
      credential_id uuid not null references service_credential on delete cascade,
      expires_at timestamptz not null
    );
    create index api_token_age on api_token (expires_at);
    create table api_idempotency (
      credential_id uuid not null references service_credential on delete cascade,
      key text not null,
      request_hash bytea not null,
      -- Null: under way.
      status integer,
      body text,
      created_at timestamptz not null default now(),
      primary key (credential_id, key)
    );
    create index api_idempotency_age on api_idempotency (created_at);
  `.execute(db);
  await createWebhooks(db);
}

async function createWebhooks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhook (
      id uuid primary key,
      url text not null,
      events text[] not null,
      secret_sealed bytea not null,
      state text not null check (state in ('unverified', 'active')),
      last_problem text,
      last_delivery_at timestamptz,
      -- What happened before is not told.
      active_since timestamptz,
      created_at timestamptz not null default now()
    );
    -- How far each log has been read for webhooks: 'organisation', 'barriers', or an instance's id.
    create table webhook_cursor (
      source text primary key,
      position bigint not null
    );
    create table webhook_delivery (
      -- In the order in which it happened.
      seq bigint generated always as identity,
      id uuid primary key,
      webhook_id uuid not null references webhook on delete cascade,
      event text not null,
      -- Sealed: it holds names. Null once it has arrived.
      sealed bytea,
      state text not null check (state in ('waiting', 'delivered', 'givenUp')),
      tries integer not null default 0,
      created_at timestamptz not null default now(),
      next_try timestamptz not null default now()
    );
    create index webhook_delivery_due on webhook_delivery (next_try) where state = 'waiting';
    create index webhook_delivery_webhook on webhook_delivery (webhook_id);
  `.execute(db);
}
