/** The key of one instance's content: made when something is first said, destroyed when the instance ends (DAT-3). */
import { randomBytes } from "node:crypto";
import type { Db } from "../../platform/db/database.ts";
import type { Keys } from "../../platform/keys/keys.ts";

/** `make`: where there is none yet. Null where there is none, and for an instance that has ended. */
export type ContentKey = (instanceId: string, make: boolean) => Promise<Buffer | null>;

export function createContentKey(db: Db, keys: Keys): ContentKey {
  return async function keyOf(instanceId, make) {
    const row = await db
      .selectFrom("meeting_instance")
      .select(["content_key", "phase"])
      .where("id", "=", instanceId)
      .executeTakeFirst();
    if (row === undefined) return null;
    if (row.content_key !== null) return keys.open("content-wrap", row.content_key, instanceId);
    if (!make || row.phase === "ended") return null;
    const wrapped = keys.seal("content-wrap", randomBytes(32), instanceId);
    await db
      .updateTable("meeting_instance")
      .set({ content_key: wrapped })
      .where("id", "=", instanceId)
      .where("content_key", "is", null)
      .where("phase", "<>", "ended")
      .execute();
    return keyOf(instanceId, false);
  };
}
