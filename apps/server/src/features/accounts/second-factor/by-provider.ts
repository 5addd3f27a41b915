/** Factors and the word of an identity provider: what is set up in a session that it opened is no stronger (IDN-3). */
import type { Db } from "../../../platform/db/database.ts";

export async function isByProvider(db: Db, sessionId: string): Promise<boolean> {
  const row = await db
    .selectFrom("session")
    .select("provider_id")
    .where("id", "=", sessionId)
    .executeTakeFirst();
  return row === undefined || row.provider_id !== null;
}
