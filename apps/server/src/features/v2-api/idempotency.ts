/** `Idempotency-Key`: a request that is sent again gets the answer of the first, and does nothing (BAR-12). For a day. */
import { createHash } from "node:crypto";
import type { Db } from "../../platform/db/database.ts";
import { equalBytes } from "../../platform/keys/keys.ts";
import { V2Error } from "./v2-error.ts";

export type StoredAnswer = { readonly status: number; readonly body: string | null };
export type Keyed = {
  readonly clientId: string;
  readonly key: string;
  readonly request: { readonly method: string; readonly url: string; readonly body: unknown };
};

/** A request whose process died in the middle may be tried again after this time. */
const abandonedMs = 60_000;

/** `first`: does it, and answers what is kept. Throws `key_reused`, `key_in_use`. */
export async function once(
  db: Db,
  keyed: Keyed,
  first: () => Promise<StoredAnswer>,
): Promise<{ readonly answer: StoredAnswer; readonly replayed: boolean }> {
  const hash = hashOf(keyed.request);
  const known = await claim(db, keyed, hash);
  if (known !== null) return { answer: known, replayed: true };
  const mine = { credential_id: keyed.clientId, key: keyed.key };
  try {
    const answer = await first();
    await db
      .updateTable("api_idempotency")
      .set(answer)
      .where("credential_id", "=", mine.credential_id)
      .where("key", "=", mine.key)
      .execute();
    return { answer, replayed: false };
  } catch (error) {
    // What was refused has changed nothing: the same key may be used for a better try.
    await db
      .deleteFrom("api_idempotency")
      .where("credential_id", "=", mine.credential_id)
      .where("key", "=", mine.key)
      .where("status", "is", null)
      .execute();
    throw error;
  }
}

/** Null: this call has the key now. */
async function claim(db: Db, { clientId, key }: Keyed, hash: Buffer): Promise<StoredAnswer | null> {
  const now = new Date();
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("api_idempotency")
    .values({ credential_id: clientId, key, request_hash: hash, created_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(["credential_id", "key"])
        .doUpdateSet({ request_hash: hash, created_at: now })
        .where("api_idempotency.status", "is", null)
        .where("api_idempotency.created_at", "<", new Date(now.getTime() - abandonedMs)),
    )
    .executeTakeFirst();
  if ((numInsertedOrUpdatedRows ?? 0n) > 0n) return null;
  const row = await db
    .selectFrom("api_idempotency")
    .selectAll()
    .where("credential_id", "=", clientId)
    .where("key", "=", key)
    .executeTakeFirst();
  if (row === undefined) throw new V2Error("key_in_use");
  if (!equalBytes(row.request_hash, hash)) throw new V2Error("key_reused");
  if (row.status === null) throw new V2Error("key_in_use", "", { retryAfterSeconds: 1 });
  return { status: row.status, body: row.body };
}

function hashOf(request: Keyed["request"]): Buffer {
  return createHash("sha256")
    .update(JSON.stringify([request.method, request.url, request.body ?? null]))
    .digest();
}
