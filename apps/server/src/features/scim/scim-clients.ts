/** Whose token stands in a request: a credential with the scope of a directory, of an owner who is one still. */
import type { ServiceScope } from "@sekisho/contract";
import type { Db } from "../../platform/db/database.ts";
import { hashToken } from "../../platform/random.ts";
import type { ScimClient } from "./scim-binder.ts";

export const scimScope: ServiceScope = "scim:write";
/** A minute's grain is enough for "last used", and spares a write a request. */
const grainMs = 60_000;

export function createScimClients(db: Db): (authorization: string | undefined) => Promise<ScimClient | null> {
  return async (authorization) => {
    const token = /^Bearer ([A-Za-z0-9_-]{43})$/iu.exec(authorization ?? "")?.[1];
    if (token === undefined) return null;
    const row = await db
      .selectFrom("service_credential")
      .leftJoin("account", "account.id", "acts_for")
      .select(["service_credential.id", "name", "scopes", "last_used_at", "acts_for", "account.role"])
      .where("token_hash", "=", hashToken(token))
      .where("revoked_at", "is", null)
      .where("account.disabled_at", "is", null)
      .executeTakeFirst();
    if (row === undefined || !row.scopes.includes(scimScope)) return null;
    if (row.acts_for !== null && row.role !== "owner") return null;
    if (Date.now() - (row.last_used_at?.getTime() ?? 0) > grainMs)
      await db
        .updateTable("service_credential")
        .set({ last_used_at: new Date() })
        .where("id", "=", row.id)
        .execute();
    return { id: row.id, name: row.name };
  };
}
