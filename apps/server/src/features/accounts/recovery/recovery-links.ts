/** Links by which a password is set anew: kept hashed, good once, for one account, and by mail in one browser (IDN-2). */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Db } from "../../../platform/db/database.ts";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import { readCookie, setCookie } from "../../../platform/http/cookies.ts";
import { hashToken, newToken } from "../../../platform/random.ts";

export const byMailMs = 30 * 60_000;
/** From hand to hand, or read out by telephone. */
export const handedMs = 24 * 3_600_000;
const mostTries = 5;

export type RecoveryLink = {
  readonly accountId: string;
  readonly email: string;
  readonly role: "owner" | "admin" | "member";
  readonly byMail: boolean;
};

type NewLink = {
  readonly accountId: string;
  /** The browser that asks; null: it is handed over. */
  readonly browser: string | null;
  readonly goodUntil: number;
};

/** Answers the token. */
export async function insertLink(trx: Trx, { accountId, browser, goodUntil }: NewLink): Promise<string> {
  const token = newToken();
  await trx
    .insertInto("recovery_link")
    .values({
      token_hash: hashToken(token),
      account_id: accountId,
      browser_hash: browser === null ? null : hashToken(browser),
      expires_at: new Date(goodUntil),
    })
    .execute();
  return token;
}

/** The same browser that asked twice may use either link. */
export function ensureBrowser(request: FastifyRequest, reply: FastifyReply): string {
  const browser = readCookie(request.headers.cookie, "recovery") ?? newToken();
  setCookie(reply, "recovery", browser, byMailMs / 1000);
  return browser;
}

/** Null for every link that is not good here and now. */
export async function findLink(
  db: Db,
  request: FastifyRequest,
  { token, now }: { readonly token: string; readonly now: number },
): Promise<RecoveryLink | null> {
  const row = await db
    .selectFrom("recovery_link")
    .innerJoin("account", "account.id", "account_id")
    .select(["account_id", "browser_hash", "email", "role"])
    .where("token_hash", "=", hashToken(token))
    .where("recovery_link.expires_at", ">", new Date(now))
    .where("used_at", "is", null)
    .where("tries", "<", mostTries)
    .where("disabled_at", "is", null)
    .executeTakeFirst();
  if (row === undefined || !isOfBrowser(row.browser_hash, request)) return null;
  const { account_id: accountId, email, role } = row;
  return { accountId, email, role, byMail: row.browser_hash !== null };
}

function isOfBrowser(wanted: Buffer | null, request: FastifyRequest): boolean {
  if (wanted === null) return true;
  const browser = readCookie(request.headers.cookie, "recovery");
  return browser !== null && hashToken(browser).equals(wanted);
}

export async function setLinkChallenge(db: Db, token: string, challenge: string): Promise<void> {
  await db
    .updateTable("recovery_link")
    .set({ challenge })
    .where("token_hash", "=", hashToken(token))
    .execute();
}

/** Takes one of the tries, and the challenge for good; counted before anything is compared. Null: none is left. */
export async function takeLinkTry(db: Db, token: string) {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom("recovery_link")
      .select(["challenge", "tries"])
      .where("token_hash", "=", hashToken(token))
      .where("tries", "<", mostTries)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return null;
    await trx
      .updateTable("recovery_link")
      .set({ challenge: null, tries: row.tries + 1 })
      .where("token_hash", "=", hashToken(token))
      .execute();
    return { challenge: row.challenge };
  });
}

/** False where somebody else was faster. With it go all other links of the account. */
export async function useLink(trx: Trx, token: string, accountId: string): Promise<boolean> {
  const gone = await trx
    .deleteFrom("recovery_link")
    .where("account_id", "=", accountId)
    .returning("token_hash")
    .execute();
  const own = hashToken(token);
  return gone.some((row) => row.token_hash.equals(own));
}

/** Called now and then. */
export async function forgetOldLinks(db: Db): Promise<void> {
  await db.deleteFrom("recovery_link").where("expires_at", "<", new Date()).execute();
}
