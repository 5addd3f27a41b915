import { sql, type Kysely } from "kysely";

/** Mail on its way out (INV-3), and the addresses that browsers have proved by codes sent to them (BAR-8). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table outbox (
      id uuid primary key,
      kind text not null,
      recipient bytea not null,
      sealed bytea,
      secret boolean not null,
      state text not null check (state in ('queued', 'sent', 'failed', 'noTransport')),
      tries integer not null default 0,
      next_try timestamptz not null,
      good_until timestamptz,
      problem text,
      created_at timestamptz not null default now(),
      sent_at timestamptz
    );
    create index outbox_due on outbox (next_try) where state = 'queued';
    create table address_code (
      guest_id text primary key,
      address_mac bytea not null,
      sealed_address bytea not null,
      code_mac bytea not null,
      tries integer not null default 0,
      good_until timestamptz not null
    );
    create table guest_address (
      guest_id text primary key,
      address_mac bytea not null,
      domain text not null,
      proved_at timestamptz not null default now(),
      good_until timestamptz not null
    );
  `.execute(db);
}
