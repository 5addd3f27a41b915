/**
 * Tokens of directories (SCIM), for the owner who connects one (IDN-3): shown once, kept hashed, made after a fresh proof,
 * since whoever has one makes and disables accounts. A token goes with the owner who made it.
 */
import { routes, type DirectoryToken } from "@sekisho/contract";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { byAccount, type AccountsDeps } from "./accounts-deps.ts";
import { signedIn } from "./guards.ts";
import { requireFresh } from "./second-factor/factors.ts";
import { createServiceCredential, revokeServiceCredential } from "./service-credentials.ts";

const { directoryTokenList, directoryTokenCreate, directoryTokenRevoke } = routes.integrations;

export function directoryTokenRoutes(deps: AccountsDeps): readonly BoundRoute[] {
  return [
    handle(directoryTokenList, async () => ({ tokens: await list(deps.db) })),
    handle(directoryTokenCreate, (context) => create(deps, context)),
    handle(directoryTokenRevoke, async ({ params, caller }) => {
      const by = byAccount(signedIn(caller).accountId);
      const known = (await list(deps.db)).some(({ id }) => id === params.tokenId);
      if (!known || !(await revokeServiceCredential(deps, params.tokenId, by)))
        throw new HttpError("not_found");
      return { ok: true } as const;
    }),
  ];
}

async function create(deps: AccountsDeps, { body, caller }: CallContext<typeof directoryTokenCreate>) {
  const me = signedIn(caller);
  await requireFresh(deps.db, me, deps.now());
  const wish = { name: body.name, scopes: ["scim:write"], actsFor: me.accountId } as const;
  const { id, token } = await createServiceCredential(deps, wish, byAccount(me.accountId));
  const made = (await list(deps.db)).find((one) => one.id === id);
  if (made === undefined) throw new HttpError("not_found");
  return { made, token };
}

/** Those from the command line too. */
async function list(db: Db): Promise<DirectoryToken[]> {
  const rows = await db
    .selectFrom("service_credential")
    .select(["id", "name", "created_at", "last_used_at"])
    .where("client_id", "is", null)
    .where("revoked_at", "is", null)
    .where(sql<boolean>`'scim:write' = any(scopes)`)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, name: row.name, createdAt: row.created_at.getTime() },
    lastUsedAt: row.last_used_at?.getTime() ?? null,
  }));
}
