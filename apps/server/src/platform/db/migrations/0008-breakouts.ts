import { sql, type Kysely } from "kysely";

/**
 * Breakout rooms (SEC-4): effects say in which room of the SFU, tickets are good for one stay in one room, and a chat
 * message belongs to the room in which it was written. Tickets of the time before belong to no stay and end here.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sfu_effect add column sfu_room text;
    delete from sfu_ticket;
    alter table sfu_ticket add column sfu_identity text not null;
    alter table chat_message add column breakout_id text;
    alter table chat_message drop constraint chat_message_audience_check;
    alter table chat_message add constraint chat_message_audience_check
      check (audience in ('everyone', 'hosts', 'one', 'broadcast'));
  `.execute(db);
}
