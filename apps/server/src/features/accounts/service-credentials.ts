/** Credentials of machines. The token is shown once, when it is made, and kept hashed. */
import { serviceScopes, type ServiceScope } from "@sekisho/contract";
import type { Db } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/http/caller.ts";
import { hashToken, newToken, newUuid } from "../../platform/random.ts";
import type { LogActor, OrganisationLog } from "../../platform/evidence/organisation-log.ts";

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

export async function createServiceCredential(
  deps: ServiceDeps,
  name: string,
  scopes: readonly ServiceScope[],
  actor: LogActor,
): Promise<{ readonly id: string; readonly token: string }> {
  const id = newUuid();
  const token = newToken();
  await deps.db.transaction().execute(async (trx) => {
    await trx
      .insertInto("service_credential")
      .values({ id, name, token_hash: hashToken(token), scopes: [...scopes] })
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
