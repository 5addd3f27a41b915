import { sql, type Kysely } from "kysely";

/** What a meeting in progress needs besides its log: tickets, effects still to be done at the SFU, chat. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sfu_ticket (
      hash bytea primary key,
      instance_id text not null references meeting_instance,
      admission_id text not null,
      binding text not null,
      created_at timestamptz not null default now(),
      good_until timestamptz not null
    );
    create index sfu_ticket_admission on sfu_ticket (admission_id);
    create index sfu_ticket_age on sfu_ticket (good_until);
    create table sfu_effect (
      id bigint generated always as identity primary key,
      instance_id text not null references meeting_instance,
      kind text not null check (kind in ('sync', 'evict', 'mute', 'deleteRoom')),
      admission_id text,
      source text,
      created_at timestamptz not null default now(),
      next_try timestamptz not null default now() + interval '2 seconds',
      tries integer not null default 0
    );
    create index sfu_effect_due on sfu_effect (next_try);
    create table chat_message (
      instance_id text not null references meeting_instance,
      id text not null,
      at bigint not null,
      from_id text not null,
      audience text not null check (audience in ('everyone', 'hosts', 'one')),
      to_id text,
      sealed bytea not null,
      primary key (instance_id, id)
    );
    create index chat_message_time on chat_message (instance_id, at);
  `.execute(db);
}
