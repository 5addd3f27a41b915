import { sql, type Kysely } from "kysely";

/** Pre-registration (INV-5). What people write lies sealed; addresses are compared by keyed digest. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table registration_form (
      meeting_id uuid primary key references meeting on delete cascade,
      -- What stands in the form's link. It opens the form and nothing else.
      id text not null unique,
      settings jsonb not null,
      version integer not null default 1
    );
    create table registration (
      id uuid primary key,
      meeting_id uuid not null references registration_form on delete cascade,
      address_mac bytea not null,
      sealed bytea not null,
      state text not null check (state in
        ('unconfirmed', 'pending', 'registered', 'waitlisted', 'declined', 'cancelled')),
      source text not null check (source in ('form', 'import')),
      locale text not null check (locale in ('ja', 'en')),
      -- Grows when the personal link is made anew; the link is derived from it, and its hash finds the row.
      generation integer not null default 1,
      link_hash bytea not null unique,
      confirm_until timestamptz,
      -- The browser that first opened the personal link: the one that is taken for the registrant.
      first_guest text,
      created_at timestamptz not null default now(),
      -- Order of the list and of the waiting list.
      entered_at timestamptz not null default clock_timestamp(),
      unique (meeting_id, address_mac)
    );
    create index registration_list on registration (meeting_id, state, entered_at, id);
    create table registration_browser (
      guest_id text not null,
      meeting_id uuid not null,
      registration_id uuid not null references registration on delete cascade,
      primary key (guest_id, meeting_id)
    );
    create index registration_browser_of on registration_browser (registration_id);
  `.execute(db);
}
