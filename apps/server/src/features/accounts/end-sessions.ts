/** Ending sessions: at once for the next request, and told to every process for streams and media that are open. */
import { sql } from "kysely";
import type { Trx } from "../../platform/evidence/organisation-log.ts";

/** Processes that hear an id here close what that session has open. */
export const sessionChannel = "sekisho_session";

export type SessionChoice = {
  readonly accountId: string;
  /** Only this one. */
  readonly only?: string;
  /** All but this one. */
  readonly except?: string;
};

/** Answers the ids of those that were still good; give them to `onSessionsEnded` after the commit. */
export async function endSessions(trx: Trx, choice: SessionChoice): Promise<readonly string[]> {
  let update = trx
    .updateTable("session")
    .set({ revoked_at: new Date() })
    .where("account_id", "=", choice.accountId)
    .where("revoked_at", "is", null);
  if (choice.only !== undefined) update = update.where("id", "=", choice.only);
  if (choice.except !== undefined) update = update.where("id", "<>", choice.except);
  const ended = (await update.returning("id").execute()).map((row) => row.id);
  for (const sessionId of ended) await sql`select pg_notify(${sessionChannel}, ${sessionId})`.execute(trx);
  return ended;
}
