/** API clients of the organisation: an id, and a secret that is shown once and kept hashed (BAR-12). */
import { isApiScope, type ApiClientView, type ApiScope } from "@sekisho/contract";
import type { Db } from "../../platform/db/database.ts";
import type { LogActor, OrganisationLog } from "../../platform/evidence/organisation-log.ts";
import { hashToken, newId, newToken, newUuid } from "../../platform/random.ts";

export type ApiClientsDeps = { readonly db: Db; readonly log: OrganisationLog };

export type NewApiClient = {
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  /** Whom it means by `me`; null: the first owner. */
  readonly actsFor: string | null;
};

export type MadeApiClient = {
  readonly client: ApiClientView;
  readonly accountId: string;
  readonly clientSecret: string;
};

export async function createApiClient(
  { db, log }: ApiClientsDeps,
  { name, scopes, actsFor }: NewApiClient,
  actor: LogActor,
): Promise<MadeApiClient> {
  const accountId = await organisationAccount(db);
  const id = newUuid();
  const clientSecret = newToken();
  const row = await db.transaction().execute(async (trx) => {
    const made = await trx
      .insertInto("service_credential")
      .values({
        id,
        name,
        client_id: newId(),
        secret_hash: hashToken(clientSecret),
        token_hash: null,
        scopes: [...new Set(scopes)],
        acts_for: actsFor ?? (await firstOwner(trx)),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await log.append(trx, {
      type: "service.created",
      actor,
      data: { credentialId: id, scopes: [...new Set(scopes)], api: true },
      personal: { name },
    });
    return made;
  });
  return { client: viewOf(row), accountId, clientSecret };
}

async function firstOwner(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom("account")
    .select("id")
    .where("role", "=", "owner")
    .where("disabled_at", "is", null)
    .orderBy("created_at")
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function organisationAccount(db: Db): Promise<string> {
  const row = await db.selectFrom("organisation").select("account_id").executeTakeFirstOrThrow();
  return row.account_id;
}

export async function listApiClients(db: Db): Promise<ApiClientView[]> {
  const rows = await db
    .selectFrom("service_credential")
    .selectAll()
    .where("client_id", "is not", null)
    .where("revoked_at", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(viewOf);
}

/** False where there is none. Its tokens are good for nothing from now on. */
export async function revokeApiClient(
  { db, log }: ApiClientsDeps,
  id: string,
  actor: LogActor,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable("service_credential")
      .set({ revoked_at: new Date() })
      .where("id", "=", id)
      .where("client_id", "is not", null)
      .where("revoked_at", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (row === undefined) return false;
    await trx.deleteFrom("api_token").where("credential_id", "=", id).execute();
    await log.append(trx, { type: "service.revoked", actor, data: { credentialId: id } });
    return true;
  });
}

type Row = {
  readonly id: string;
  readonly name: string;
  readonly client_id: string | null;
  readonly scopes: readonly string[];
  readonly created_at: Date;
  readonly last_used_at: Date | null;
};

function viewOf(row: Row): ApiClientView {
  return {
    id: row.id,
    name: row.name,
    clientId: row.client_id ?? "",
    scopes: row.scopes.filter(isApiScope),
    createdAt: row.created_at.getTime(),
    lastUsedAt: row.last_used_at?.getTime() ?? null,
  };
}
