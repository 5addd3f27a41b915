/** Credentials of machines, from the command line. */
import { isApiScope, serviceScopes } from "@sekisho/contract";
import { z } from "zod";
import {
  createServiceCredential,
  revokeServiceCredential,
} from "../features/accounts/service-credentials.ts";
import { createApiClient } from "../features/v2-api/api-clients.ts";
import { AdminProblem } from "./admin-problem.ts";
import type { AdminTools } from "./admin-tools.ts";

const operator = { kind: "operator" } as const;

/** Scopes of `/v2` make an API client, the others a credential with a token. The two are not mixed. */
export async function createService(
  tools: AdminTools,
  name: string,
  scopes: readonly string[],
): Promise<void> {
  const forApi = scopes.filter(isApiScope);
  const known = serviceScopes.filter((scope) => scopes.includes(scope));
  const isWhole = (found: readonly string[]) =>
    found.length > 0 && new Set(scopes).size === new Set(found).size;
  const deps = { db: tools.handle.db, log: tools.log };
  if (isWhole(forApi)) {
    const { client, accountId, clientSecret } = await createApiClient(
      deps,
      { name, scopes: forApi, actsFor: null },
      operator,
    );
    tools.print(client.id);
    const { publicOrigin: origin } = tools.config;
    tools.tell("apiClientOnce", { origin, accountId, clientId: client.clientId, clientSecret });
    return;
  }
  if (!isWhole(known)) throw new AdminProblem("wrongValue", { name: "--scope" });
  const { id, token } = await createServiceCredential(deps, { name, scopes: known }, operator);
  tools.print(id);
  tools.tell("tokenOnce", { token });
}

export async function listServices(tools: AdminTools): Promise<void> {
  const rows = await tools.handle.db
    .selectFrom("service_credential")
    .selectAll()
    .orderBy("created_at")
    .execute();
  for (const row of rows) {
    const until = row.revoked_at === null ? "" : ` (${row.revoked_at.toISOString()})`;
    tools.print(`${row.id}  ${row.created_at.toISOString()}  ${row.scopes.join(",")}  ${row.name}${until}`);
  }
}

export async function revokeService(tools: AdminTools, id: string): Promise<void> {
  const deps = { db: tools.handle.db, log: tools.log };
  const known = z.uuid().safeParse(id).success && (await revokeServiceCredential(deps, id, operator));
  if (!known) throw new AdminProblem("noSuchService");
  tools.tell("revoked");
}
