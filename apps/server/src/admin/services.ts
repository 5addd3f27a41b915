/** Credentials of machines, from the command line. */
import { serviceScopes } from "@sekisho/contract";
import { z } from "zod";
import {
  createServiceCredential,
  revokeServiceCredential,
} from "../features/accounts/service-credentials.ts";
import { AdminProblem } from "./admin-problem.ts";
import type { AdminTools } from "./admin-tools.ts";

export async function createService(
  tools: AdminTools,
  name: string,
  scopes: readonly string[],
): Promise<void> {
  const known = serviceScopes.filter((scope) => scopes.includes(scope));
  if (known.length === 0 || known.length !== new Set(scopes).size)
    throw new AdminProblem("wrongValue", { name: "--scope" });
  const deps = { db: tools.handle.db, log: tools.log };
  const { id, token } = await createServiceCredential(deps, name, known, { kind: "operator" });
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
  const known =
    z.uuid().safeParse(id).success && (await revokeServiceCredential(deps, id, { kind: "operator" }));
  if (!known) throw new AdminProblem("noSuchService");
  tools.tell("revoked");
}
