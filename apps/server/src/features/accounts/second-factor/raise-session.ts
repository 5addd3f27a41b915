/** A proof in a session: noted with its time, and the token is another one from then on (IDN-5). */
import type { FastifyReply } from "fastify";
import { setCookie } from "../../../platform/http/cookies.ts";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import { hashToken, newToken } from "../../../platform/random.ts";
import type { AccountsDeps } from "../accounts-deps.ts";

export type Raised = {
  readonly sessionId: string;
  readonly reply: FastifyReply;
  /** By a factor, and not by the password alone. */
  readonly byFactor: boolean;
};

export async function raiseSession(
  deps: Pick<AccountsDeps, "now" | "sessionLimits">,
  trx: Trx,
  { sessionId, reply, byFactor }: Raised,
): Promise<void> {
  const token = newToken();
  await trx
    .updateTable("session")
    .set({
      token_hash: hashToken(token),
      proved_at: new Date(deps.now()),
      ...(byFactor ? { strength: "secondFactor" as const } : {}),
    })
    .where("id", "=", sessionId)
    .execute();
  setCookie(reply, "session", token, deps.sessionLimits.absoluteSeconds);
}

/** For one answer, once. */
export async function takeSessionChallenge(trx: Trx, sessionId: string): Promise<string | null> {
  const row = await trx
    .selectFrom("session")
    .select("challenge")
    .where("id", "=", sessionId)
    .forUpdate()
    .executeTakeFirst();
  await trx.updateTable("session").set({ challenge: null }).where("id", "=", sessionId).execute();
  return row?.challenge ?? null;
}
