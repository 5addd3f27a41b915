import { sql, type Kysely } from "kysely";

/**
 * What was sent about a meeting, to whom and by which way (INV-1, INV-3), and pages that give a passcode out once.
 * Addresses stand in `outbox` alone, sealed and for 30 days; here an invitee is a keyed hash.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table outbox
      add column channel text not null default 'mail' check (channel in ('mail', 'sms')),
      add column meeting_id uuid references meeting on delete cascade,
      drop constraint outbox_state_check,
      add constraint outbox_state_check
        check (state in ('queued', 'sent', 'failed', 'noTransport', 'handedOver'));
    create index outbox_meeting on outbox (meeting_id) where meeting_id is not null;
    update meeting set settings = jsonb_set(settings, '{invitees}', (
      select coalesce(jsonb_agg('{"secondEmail":null,"phone":null,"locale":null}'::jsonb || one order by at), '[]'::jsonb)
        from jsonb_array_elements(settings -> 'invitees') with ordinality as invitee (one, at)
    ));
    create table meeting_message (
      -- The outbox's, where it is a message.
      id uuid primary key,
      meeting_id uuid not null references meeting on delete cascade,
      invitee_mac bytea not null,
      what text not null check (what in ('link', 'cancellation', 'passcode')),
      channel text not null check (channel in ('mail', 'sms', 'secondMail', 'readOut', 'oneTimePage')),
      -- Of what a link's message said, so that a later change is noticed.
      content_mac bytea,
      -- Of the passcode that went out: after a change it counts as not sent.
      passcode_mac bytea,
      -- As the outbox had it last; while the outbox has a row, that row is the truth.
      state text not null,
      problem text,
      settled_at timestamptz,
      created_at timestamptz not null default now()
    );
    create index meeting_message_meeting on meeting_message (meeting_id, created_at);
    create table passcode_page (
      token_hash bytea primary key,
      message_id uuid not null unique references meeting_message on delete cascade,
      meeting_id uuid not null references meeting on delete cascade,
      -- Where codes go: never where the link of the meeting went.
      proof text not null check (proof in ('sms', 'secondMail')),
      sealed_target bytea not null,
      locale text not null check (locale in ('ja', 'en')),
      passcode_mac bytea not null,
      expires_at timestamptz not null,
      codes_sent integer not null default 0,
      code_mac bytea,
      code_tries integer not null default 0,
      code_until timestamptz,
      opened_at timestamptz
    );
    create index passcode_page_age on passcode_page (expires_at);
  `.execute(db);
}
