/** Credentials of machines. The token is shown once, when it is made, and kept hashed. */
import { changesSomething, serviceScopes, type ServiceScope } from "@sekisho/contract";
import type { Db } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/http/caller.ts";
import { hashToken, newToken, newUuid } from "../../platform/random.ts";
import type { LogActor, OrganisationLog, Trx } from "../../platform/evidence/organisation-log.ts";

export type ServiceDeps = { readonly db: Db; readonly log: OrganisationLog };

/** Finds who is behind `authorization: Bearer …`; null for anything that is not a good credential of ours. */
export function createServiceOf(db: Db): (authorization: string) => Promise<Caller | null> {
  return async (authorization) => {
    const token = /^Bearer ([A-Za-z0-9_-]{43})$/iu.exec(authorization)?.[1];
    if (token === undefined) return null;
    const row = await db
      .selectFrom("service_credential")
      .select(["id", "scopes"])
      .where("token_hash", "=", hashToken(token))
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    return row === undefined
      ? null
      : {
          kind: "service",
          credentialId: row.id,
          scopes: serviceScopes.filter((one) => row.scopes.includes(one)),
        };
  };
}

export type NewCredential = {
  readonly name: string;
  readonly scopes: readonly ServiceScope[];
  /** The owner it goes with; left out: nobody, it is the operator's. */
  readonly actsFor?: string;
};

export async function createServiceCredential(
  deps: ServiceDeps,
  { name, scopes, actsFor }: NewCredential,
  actor: LogActor,
): Promise<{ readonly id: string; readonly token: string }> {
  const id = newUuid();
  const token = newToken();
  await deps.db.transaction().execute(async (trx) => {
    await trx
      .insertInto("service_credential")
      .values({ id, name, token_hash: hashToken(token), scopes: [...scopes], acts_for: actsFor ?? null })
      .execute();
    await deps.log.append(trx, {
      type: "service.created",
      actor,
      data: { credentialId: id, scopes },
      personal: { name },
    });
  });
  return { id, token };
}

/** False where there is no such credential, or it is revoked already. */
export async function revokeServiceCredential(
  deps: ServiceDeps,
  id: string,
  actor: LogActor,
): Promise<boolean> {
  return deps.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable("service_credential")
      .set({ revoked_at: new Date() })
      .where("id", "=", id)
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await deps.log.append(trx, { type: "service.revoked", actor, data: { credentialId: id } });
    return true;
  });
}

type ClientsOf = { readonly accountId: string; readonly by: LogActor };

/** An owner who is one no longer does not go on by a client that he has made: what may change something is revoked. */
export async function revokeClientsOf({ log }: ServiceDeps, trx: Trx, { accountId, by }: ClientsOf) {
  const clients = await trx
    .selectFrom("service_credential")
    .select(["id", "scopes"])
    .where("acts_for", "=", accountId)
    .where("revoked_at", "is", null)
    .orderBy("id")
    .forUpdate()
    .execute();
  const ids = clients.filter((one) => one.scopes.some(changesSomething)).map((one) => one.id);
  if (ids.length === 0) return;
  await trx
    .updateTable("service_credential")
    .set({ revoked_at: new Date() })
    .where("id", "in", ids)
    .execute();
  await trx.deleteFrom("api_token").where("credential_id", "in", ids).execute();
  for (const credentialId of ids)
    await log.append(trx, { type: "service.revoked", actor: by, data: { credentialId } });
}
