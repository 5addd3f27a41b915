import { sql, type Kysely } from "kysely";

/**
 * The logs (AUD-1). Rows are only ever added: the server's own role has no right to change or delete them, and a
 * trigger refuses it to the owner too, so that it takes a deliberate act on the database to tamper, which the hash
 * chain then shows. Personal fields lie sealed in a table of their own; the chain holds commitments to them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table meeting_event (
      instance_id text not null references meeting_instance,
      seq integer not null,
      at bigint not null,
      type text not null,
      data text not null,
      commitment bytea,
      hash bytea not null,
      primary key (instance_id, seq)
    );
    create table meeting_event_personal (
      instance_id text not null,
      seq integer not null,
      sealed bytea not null,
      primary key (instance_id, seq)
    );
    create table organisation_event (
      seq bigint primary key,
      at bigint not null,
      type text not null,
      data text not null,
      commitment bytea,
      hash bytea not null
    );
    create table organisation_event_personal (
      seq bigint primary key,
      sealed bytea not null
    );
    create function refuse_change() returns trigger language plpgsql as $$
      begin raise exception 'the log is append-only' using errcode = 'insufficient_privilege'; end $$;
    create trigger meeting_event_append_only before update or delete or truncate on meeting_event
      for each statement execute function refuse_change();
    create trigger organisation_event_append_only before update or delete or truncate on organisation_event
      for each statement execute function refuse_change();
  `.execute(db);
}
