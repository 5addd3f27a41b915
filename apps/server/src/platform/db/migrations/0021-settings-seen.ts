import { sql, type Kysely } from "kysely";

/** Versions of the organisation's rules, an account's own choices, and what it saw when it last looked (AUD-3). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table organisation_rules_version (
      version integer primary key,
      at timestamptz not null,
      -- As in the organisation's log.
      actor jsonb not null,
      rules jsonb not null
    );
    -- What the log has kept so far: each change stands there whole.
    insert into organisation_rules_version (version, at, actor, rules)
      select (data::jsonb ->> 'version')::integer, to_timestamp(at / 1000.0), data::jsonb -> 'actor', data::jsonb -> 'rules'
        from organisation_event where type = 'organisation.changed'
      on conflict do nothing;
    insert into organisation_rules_version (version, at, actor, rules)
      select 1, to_timestamp(at / 1000.0), '{"kind":"server"}', data::jsonb -> 'rules'
        from organisation_event where type = 'organisation.created'
      on conflict do nothing;
    create table own_settings_version (
      account_id uuid not null references account on delete cascade,
      version integer not null,
      at timestamptz not null default now(),
      -- Whole: the choices in force from here on.
      choices jsonb not null,
      primary key (account_id, version)
    );
    create table settings_seen (
      account_id uuid primary key references account on delete cascade,
      -- Null: nothing confirmed yet; what is kept is the first look.
      seen_at timestamptz,
      organisation_version integer not null,
      own_version integer not null,
      barrier_version integer not null,
      lines jsonb not null
    );
  `.execute(db);
}
