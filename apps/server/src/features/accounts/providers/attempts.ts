/**
 * Somebody on the way to an identity provider: a row that one browser's cookie names, good once and for ten minutes. What
 * comes back is taken only there, so that nobody is signed in as somebody else by a link or a form of another site.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ProviderPurpose } from "../../../platform/db/provider-tables.ts";
import { clearCookie, readCookie, setCookie } from "../../../platform/http/cookies.ts";
import { hashToken, newToken } from "../../../platform/random.ts";
import type { AccountsDeps } from "../accounts-deps.ts";

const goodForMs = 10 * 60_000;

export type Traveller = {
  readonly purpose: ProviderPurpose;
  /** Of a trial and of a link: who began it, in which session. */
  readonly accountId: string | null;
  readonly sessionId: string | null;
};

export type NewAttempt = Traveller & {
  readonly providerId: string;
  readonly connection: number;
  readonly origin: string;
  /** Comes back with the answer. */
  readonly handle: string;
  /** What the answer is checked with. */
  readonly secrets: unknown;
};

type Deps = Pick<AccountsDeps, "db" | "keys" | "now">;

export async function beginProviderAttempt(
  { db, keys, now }: Deps,
  reply: FastifyReply,
  attempt: NewAttempt,
): Promise<void> {
  const token = newToken();
  const handleHash = hashToken(attempt.handle);
  await db.deleteFrom("provider_attempt").where("expires_at", "<", new Date(now())).execute();
  await db
    .insertInto("provider_attempt")
    .values({
      cookie_hash: hashToken(token),
      handle_hash: handleHash,
      provider_id: attempt.providerId,
      connection: attempt.connection,
      purpose: attempt.purpose,
      account_id: attempt.accountId,
      session_id: attempt.sessionId,
      origin: attempt.origin,
      sealed: keys.seal("provider-attempt", bytesOf(attempt.secrets), contextOf(handleHash)),
      created_at: new Date(now()),
      expires_at: new Date(now() + goodForMs),
    })
    .execute();
  setCookie(reply, "provider", token, goodForMs / 1000);
}

export type TakenAttempt = Traveller & {
  readonly connection: number;
  readonly origin: string;
  readonly secrets: unknown;
  /** ms since 1970 UTC. */
  readonly begunAt: number;
  /** What has come by a form; null: nothing. */
  readonly answer: unknown;
};

type Where = { readonly request: FastifyRequest; readonly reply: FastifyReply };

/** Takes it for good, whatever comes of it. Null: none that is good, or one to another provider. */
export async function takeProviderAttempt(
  { db, keys, now }: Deps,
  { request, reply }: Where,
  providerId: string,
): Promise<TakenAttempt | null> {
  const token = readCookie(request.headers.cookie, "provider");
  if (token === null) return null;
  const row = await db
    .deleteFrom("provider_attempt")
    .where("cookie_hash", "=", hashToken(token))
    .returningAll()
    .executeTakeFirst();
  clearCookie(reply, "provider");
  if (row === undefined || row.provider_id !== providerId || row.expires_at.getTime() <= now()) return null;
  const open = (sealed: Buffer): unknown =>
    JSON.parse(keys.open("provider-attempt", sealed, contextOf(row.handle_hash)).toString("utf8"));
  return {
    purpose: row.purpose,
    accountId: row.account_id,
    sessionId: row.session_id,
    connection: row.connection,
    origin: row.origin,
    secrets: open(row.sealed),
    begunAt: row.created_at.getTime(),
    answer: row.answer_sealed === null ? null : open(row.answer_sealed),
  };
}

export function bytesOf(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** Sealed bytes cannot be moved to another row. */
export function contextOf(handleHash: Buffer): string {
  return handleHash.toString("base64url");
}
