/**
 * What stands between password and second factor: a row that one browser's cookie names. It is no session and opens
 * nothing; it dies with use, after ten minutes, and after five tries.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Db } from "../../../platform/db/database.ts";
import { clearCookie, readCookie, setCookie } from "../../../platform/http/cookies.ts";
import { hashToken, newToken } from "../../../platform/random.ts";

const goodForMs = 10 * 60_000;
const mostTries = 5;

export type NewSecondStep = {
  /** Null: a passkey alone, whose account is not known yet. */
  readonly accountId: string | null;
  readonly challenge: string | null;
  /** By whose word the account is known; left out: a password. */
  readonly providerId?: string;
  readonly now: number;
};

export async function beginAttempt(db: Db, reply: FastifyReply, given: NewSecondStep): Promise<void> {
  const token = newToken();
  await db.deleteFrom("sign_in_attempt").where("expires_at", "<", new Date(given.now)).execute();
  await db
    .insertInto("sign_in_attempt")
    .values({
      token_hash: hashToken(token),
      account_id: given.accountId,
      challenge: given.challenge,
      provider_id: given.providerId ?? null,
      expires_at: new Date(given.now + goodForMs),
    })
    .execute();
  setCookie(reply, "attempt", token, goodForMs / 1000);
}

/** Null: none that is good. */
export async function findAttempt(db: Db, request: FastifyRequest, now: number) {
  const token = readCookie(request.headers.cookie, "attempt");
  if (token === null) return null;
  const row = await db
    .selectFrom("sign_in_attempt")
    .select(["account_id", "provider_id"])
    .where("token_hash", "=", hashToken(token))
    .where("expires_at", ">", new Date(now))
    .where("tries", "<", mostTries)
    .executeTakeFirst();
  return row === undefined ? null : { token, accountId: row.account_id, providerId: row.provider_id };
}

export async function setAttemptChallenge(db: Db, token: string, challenge: string): Promise<void> {
  await db
    .updateTable("sign_in_attempt")
    .set({ challenge })
    .where("token_hash", "=", hashToken(token))
    .execute();
}

/** Takes one of the tries, and the challenge for good. Null when there is none left. */
export async function takeTry(db: Db, token: string, now: number) {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom("sign_in_attempt")
      .select(["account_id", "challenge", "tries"])
      .where("token_hash", "=", hashToken(token))
      .where("expires_at", ">", new Date(now))
      .where("tries", "<", mostTries)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return null;
    await trx
      .updateTable("sign_in_attempt")
      .set({ challenge: null, tries: row.tries + 1 })
      .where("token_hash", "=", hashToken(token))
      .execute();
    return { accountId: row.account_id, challenge: row.challenge };
  });
}

export async function endAttempt(db: Db, reply: FastifyReply, token: string): Promise<void> {
  await db.deleteFrom("sign_in_attempt").where("token_hash", "=", hashToken(token)).execute();
  clearCookie(reply, "attempt");
}
