/**
 * Chat of one instance (SEC-5). Content, so apart from the log: sealed with the instance's content key, which is
 * destroyed when the instance ends, so that nothing of it can be read afterwards (DAT-3).
 */
import type { ChatMessage } from "@sekisho/contract";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import { openWith, sealWith } from "../../platform/keys/keys.ts";
import type { ContentKey } from "./content-key.ts";

export const chatChannel = "sekisho_chat";

type Content = {
  readonly fromName: string;
  readonly toName: string | null;
  readonly text: string;
  /** ENC-5: sealed once more, by a device of the group. */
  readonly sealed?: string;
};

export type Chat = {
  /** Idempotent by `id`, which the page chose: a message sent twice stands once. False if taken, or chat is off by a barrier. */
  add(instanceId: string, message: ChatMessage): Promise<boolean>;
  one(instanceId: string, messageId: string): Promise<ChatMessage | null>;
  /** Oldest first, from `since` (ms since 1970 UTC) on; what was said to everyone, of these rooms alone. */
  since(
    instanceId: string,
    since: number,
    rooms: readonly (string | null)[],
  ): Promise<readonly ChatMessage[]>;
  destroy(instanceId: string): Promise<void>;
};

export function createChat(db: Db, contentKey: ContentKey): Chat {
  type Row = {
    id: string;
    at: string;
    from_id: string;
    audience: ChatMessage["to"];
    to_id: string | null;
    breakout_id: string | null;
    sealed: Buffer;
  };

  function read(key: Buffer, instanceId: string, row: Row): ChatMessage {
    const content = contentOf(openWith(key, row.sealed, `${instanceId}:${row.id}`));
    return {
      id: row.id,
      at: Number(row.at),
      fromId: row.from_id,
      fromName: content.fromName,
      to: row.audience,
      breakoutId: row.breakout_id,
      toId: row.to_id,
      toName: content.toName,
      text: content.text,
      ...(content.sealed === undefined ? {} : { sealed: content.sealed }),
    };
  }

  const columns = ["id", "at", "from_id", "audience", "to_id", "breakout_id", "sealed"] as const;

  return {
    async add(instanceId, message) {
      const key = await contentKey(instanceId, true);
      if (key === null) return false;
      const { fromName, toName, text, sealed: bySender } = message;
      const inner: Content = {
        fromName,
        toName,
        text,
        ...(bySender === undefined ? {} : { sealed: bySender }),
      };
      const content = Buffer.from(JSON.stringify(inner));
      const sealed = sealWith(key, content, `${instanceId}:${message.id}`);
      const { id, at, fromId, to, toId, breakoutId } = message;
      // BAR-4: behind the lock that a soft block takes, so that nothing is said after it, nor found again by the newcomer.
      const { rows } = await sql<{ id: string }>`
        insert into chat_message (instance_id, id, at, from_id, audience, to_id, breakout_id, sealed)
        select i.id, ${id}, ${at}, ${fromId}, ${to}, ${toId}, ${breakoutId}, ${sealed}
          from (select id from meeting_instance where id = ${instanceId} and not chat_off for share) i
            on conflict do nothing returning id`.execute(db);
      return rows.length > 0;
    },
    async one(instanceId, messageId) {
      const key = await contentKey(instanceId, false);
      const row = await db
        .selectFrom("chat_message")
        .select(columns)
        .where("instance_id", "=", instanceId)
        .where("id", "=", messageId)
        .executeTakeFirst();
      return key === null || row === undefined ? null : read(key, instanceId, row);
    },
    async since(instanceId, since, rooms) {
      const key = await contentKey(instanceId, false);
      if (key === null) return [];
      const rows = await db
        .selectFrom("chat_message")
        .select(columns)
        .where("instance_id", "=", instanceId)
        .where("at", ">=", String(since))
        .where((eb) =>
          eb.or([
            eb("audience", "<>", "everyone"),
            eb(eb.fn.coalesce("breakout_id", eb.val("")), "in", ["?", ...rooms.map((one) => one ?? "")]),
          ]),
        )
        .orderBy("at", "desc")
        .limit(500)
        .execute();
      return rows.toReversed().map((row) => read(key, instanceId, row));
    },
    async destroy(instanceId) {
      await db.transaction().execute(async (trx) => {
        // The key first: with it goes what a copy of the rows could still tell.
        await trx
          .updateTable("meeting_instance")
          .set({ content_key: null })
          .where("id", "=", instanceId)
          .execute();
        const { numDeletedRows } = await trx
          .deleteFrom("chat_message")
          .where("instance_id", "=", instanceId)
          .executeTakeFirstOrThrow();
        await trx.deleteFrom("key_package").where("instance_id", "=", instanceId).execute();
        await trx.deleteFrom("key_commit").where("instance_id", "=", instanceId).execute();
        // AUD-2: the report says how much there was. A second turn finds nothing more, and changes nothing.
        await trx
          .updateTable("meeting_instance")
          .set({ erased_messages: Number(numDeletedRows), erased_at: new Date() })
          .where("id", "=", instanceId)
          .where("erased_at", "is", null)
          .execute();
      });
    },
  };
}

function contentOf(bytes: Buffer): Content {
  const value: unknown = JSON.parse(bytes.toString("utf8"));
  const field = (name: string): string => {
    const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : null;
    return typeof found === "string" ? found : "";
  };
  const toName = field("toName");
  const sealed = field("sealed");
  return {
    fromName: field("fromName"),
    toName: toName === "" ? null : toName,
    text: field("text"),
    ...(sealed === "" ? {} : { sealed }),
  };
}
