import { sql, type Kysely } from "kysely";

/** People and groups of a directory (IDN-3), and links by which a password is set anew (IDN-2). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await noteChanges(db);
  await sql`
    create table directory_user (
      account_id uuid primary key references account on delete cascade,
      -- As the directory names the person; without regard to case it is one of a kind.
      user_name text not null,
      external_id text,
      -- Given and family name, sealed; null: none were sent.
      names_sealed bytea,
      -- The directory made the account. Only then it changes its address.
      made_here boolean not null,
      -- The directory disabled it. Only then it brings it back.
      disabled_here boolean not null default false,
      -- For the directory it is gone; the account stays, disabled, since the evidence names it.
      deleted_at timestamptz,
      changed_at timestamptz not null default clock_timestamp()
    );
    create unique index directory_user_name on directory_user (lower(user_name));
    create unique index directory_user_external on directory_user (external_id) where deleted_at is null;
    create table directory_group (
      group_id text primary key,
      external_id text not null unique
    );
    create table recovery_link (
      token_hash bytea primary key,
      account_id uuid not null references account on delete cascade,
      -- The browser that asked by mail; null: somebody made the link for the account's person.
      browser_hash bytea,
      -- For one passkey, once.
      challenge text,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      tries integer not null default 0,
      used_at timestamptz
    );
    create index recovery_link_account on recovery_link (account_id);
    create index recovery_link_age on recovery_link (expires_at);
  `.execute(db);
}

/** When an account was last changed, whoever changed it. */
async function noteChanges(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account add column changed_at timestamptz not null default clock_timestamp();
    update account set changed_at = created_at;
    create function note_account_change() returns trigger language plpgsql as $$
    begin
      new.changed_at := clock_timestamp();
      return new;
    end $$;
    create trigger account_changed before update of email, display_name, locale, disabled_at on account for each row
      when ((old.email, old.display_name, old.locale, old.disabled_at)
        is distinct from (new.email, new.display_name, new.locale, new.disabled_at))
      execute function note_account_change();
  `.execute(db);
}
