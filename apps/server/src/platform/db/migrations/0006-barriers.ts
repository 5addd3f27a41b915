import { sql, type Kysely } from "kysely";

/** Information barriers (BAR): one row that says which version is in force, and the changes that led to each. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account add column duties text[] not null default '{}';
    alter table meeting_instance add column chat_off boolean not null default false;
    create table barrier_head (
      singleton boolean primary key default true check (singleton),
      version integer not null default 0,
      -- The rules of that version, for readers that need them and the organisation's from one moment; null: the first ones.
      rules jsonb,
      -- When accounts that may edit barriers have last become fewer than they were, of two or more, with barriers on.
      fewer_editors_at timestamptz
    );
    insert into barrier_head default values;
    create table barrier_version (
      version integer primary key,
      -- Behind the head's lock, so that times grow with versions.
      at timestamptz not null default clock_timestamp(),
      source text not null check (source in ('portal', 'api', 'push', 'pull', 'import', 'approval')),
      actor jsonb not null,
      -- Who let a loosening through; the actor is then who asked for it.
      approver jsonb,
      reason text not null,
      changes jsonb not null,
      -- The first of them as the history shows them, without names of people; and how many there are in all.
      lines jsonb not null,
      line_count integer not null,
      digest bytea not null
    );
    -- A sync of a large organisation is tens of megabytes: compressing them takes longer than writing them.
    alter table barrier_version alter column changes set storage external;
    create index barrier_version_at on barrier_version (at);
    create trigger barrier_version_append_only before update or delete or truncate on barrier_version
      for each statement execute function refuse_change();
  `.execute(db);
  await createPending(db);
  await noteFewerEditors(db);
}

/** Whatever changes an account, this is kept: a wall must not come down because somebody was made to go. */
async function noteFewerEditors(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function edits_barriers(role text, duties text[], disabled_at timestamptz) returns boolean
      language sql immutable as $$ select disabled_at is null and (role = 'owner' or 'compliance' = any(duties)) $$;
    create function note_fewer_editors() returns trigger language plpgsql as $$
    begin
      if (select count(*) from account where edits_barriers(role, duties, disabled_at)) >= 2 then
        update barrier_head set fewer_editors_at = clock_timestamp() where (rules ->> 'on')::boolean;
      end if;
      return new;
    end $$;
    create trigger account_fewer_editors before update of role, duties, disabled_at on account for each row
      when (edits_barriers(old.role, old.duties, old.disabled_at)
        and not edits_barriers(new.role, new.duties, new.disabled_at))
      execute function note_fewer_editors();
  `.execute(db);
}

/** Loosenings that wait (BAR-6), and in which version each policy was last changed. */
async function createPending(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table barrier_pending (
      id text primary key,
      at timestamptz not null default now(),
      source text not null check (source in ('portal', 'api', 'push', 'pull', 'import')),
      actor jsonb not null,
      -- The account behind the actor: an API client's owner, or whoever named the policy server.
      asked_by_account uuid references account,
      -- Whether somebody else had to approve when it was asked, and who might edit barriers then.
      second_person boolean not null,
      editors uuid[] not null,
      reason text not null,
      why text[] not null,
      -- Each change with what it was made on.
      waiting jsonb not null,
      digest bytea not null,
      in_force jsonb not null,
      lines jsonb not null,
      line_count integer not null,
      state text not null default 'open' check (state in ('open', 'approved', 'rejected', 'superseded')),
      decided_at timestamptz,
      decided_by jsonb,
      decided_reason text
    );
    create unique index barrier_pending_open on barrier_pending (digest) where state = 'open';
    create table barrier_policy_version (
      policy_id text primary key,
      version integer not null
    );
  `.execute(db);
}
