/** Tokens of API clients: opaque, kept hashed, good for an hour, and gone with their client (BAR-12). */
import { isApiScope, type ApiScope } from "@sekisho/contract";
import type { Db } from "../../platform/db/database.ts";
import { equalBytes } from "../../platform/keys/keys.ts";
import { hashToken, newToken } from "../../platform/random.ts";

export const tokenSeconds = 3600;

export type ApiClient = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  /** The account that the client means by `me`. */
  readonly actsFor: string | null;
};

export type IssuedToken = { readonly token: string; readonly scopes: readonly ApiScope[] };
export type TokenRequest = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly accountId: string;
};

/** Null for anything that is not a client of this organisation with its own secret. */
export async function issueToken(db: Db, asked: TokenRequest): Promise<IssuedToken | null> {
  const row = await db
    .selectFrom("service_credential")
    .select(["id", "secret_hash", "scopes"])
    .where("client_id", "=", asked.clientId)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  const organisation = await db.selectFrom("organisation").select("account_id").executeTakeFirst();
  const given = hashToken(asked.clientSecret);
  const right = equalBytes(given, row?.secret_hash ?? Buffer.alloc(given.length));
  if (row === undefined || !right || organisation?.account_id !== asked.accountId) return null;
  const token = newToken();
  await db
    .insertInto("api_token")
    .values({
      hash: hashToken(token),
      credential_id: row.id,
      expires_at: new Date(Date.now() + tokenSeconds * 1000),
    })
    .execute();
  await db
    .updateTable("service_credential")
    .set({ last_used_at: new Date() })
    .where("id", "=", row.id)
    .execute();
  return { token, scopes: row.scopes.filter(isApiScope) };
}

/** Whose token this is at this moment. */
export async function clientOf(db: Db, authorization: string | undefined): Promise<ApiClient | null> {
  const token = /^Bearer ([A-Za-z0-9_-]{43})$/iu.exec(authorization ?? "")?.[1];
  if (token === undefined) return null;
  const row = await db
    .selectFrom("api_token")
    .innerJoin("service_credential", "service_credential.id", "api_token.credential_id")
    .select(["service_credential.id", "name", "scopes", "acts_for"])
    .where("api_token.hash", "=", hashToken(token))
    .where("expires_at", ">", new Date())
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { id, name, scopes, acts_for: actsFor } = row;
  return { id, name, scopes: scopes.filter(isApiScope), actsFor };
}

/** Called now and then: tokens that are over, and answers that nobody repeats any more. */
export async function forgetOldTokens(db: Db): Promise<void> {
  await db.deleteFrom("api_token").where("expires_at", "<", new Date()).execute();
  const day = new Date(Date.now() - 24 * 3600 * 1000);
  await db.deleteFrom("api_idempotency").where("created_at", "<", day).execute();
}
