/** Tokens of API clients: opaque, kept hashed, good for an hour, and gone with their client (BAR-12). */
import { changesSomething, isApiScope, type ApiScope } from "@sekisho/contract";
import { sql } from "kysely";
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
    .leftJoin("account", "account.id", "acts_for")
    .select(["service_credential.id", "secret_hash", "scopes", "acts_for", ownerNow])
    .where("client_id", "=", asked.clientId)
    .where("revoked_at", "is", null)
    .where("account.disabled_at", "is", null)
    .executeTakeFirst();
  const organisation = await db.selectFrom("organisation").select("account_id").executeTakeFirst();
  const given = hashToken(asked.clientSecret);
  const right = equalBytes(given, row?.secret_hash ?? Buffer.alloc(given.length));
  if (row === undefined || !mayGoOn(row) || !right || organisation?.account_id !== asked.accountId)
    return null;
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
    .leftJoin("account", "account.id", "acts_for")
    .select(["service_credential.id", "name", "scopes", "acts_for", ownerNow])
    .where("api_token.hash", "=", hashToken(token))
    .where("expires_at", ">", new Date())
    .where("revoked_at", "is", null)
    .where("account.disabled_at", "is", null)
    .executeTakeFirst();
  if (row === undefined || !mayGoOn(row)) return null;
  const { id, name, scopes, acts_for: actsFor } = row;
  return { id, name, scopes: scopes.filter(isApiScope), actsFor };
}

const ownerNow = sql<boolean>`coalesce(account.role = 'owner', false)`.as("owner_now");

type Standing = {
  readonly scopes: readonly string[];
  readonly acts_for: string | null;
  readonly owner_now: boolean;
};

/** A client that changes something acts for an owner, at this moment and not only when it was made. */
function mayGoOn({ scopes, acts_for, owner_now }: Standing): boolean {
  return acts_for === null || owner_now || !scopes.some(changesSomething);
}

/** Called now and then: tokens that are over, and answers that nobody repeats any more. */
export async function forgetOldTokens(db: Db): Promise<void> {
  await db.deleteFrom("api_token").where("expires_at", "<", new Date()).execute();
  const day = new Date(Date.now() - 24 * 3600 * 1000);
  await db.deleteFrom("api_idempotency").where("created_at", "<", day).execute();
}
