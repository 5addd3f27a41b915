/** Names of those who changed something: people, credentials; the server itself has none. */
import type { Db } from "../../platform/db/database.ts";
import type { LogActor } from "../../platform/evidence/organisation-log.ts";
import { accountNames } from "./change-lines.ts";

export async function actorNames(
  db: Db,
  actors: readonly (LogActor | null)[],
): Promise<(actor: LogActor | null) => string> {
  const ids = (kind: "account" | "service") =>
    actors.flatMap((actor) => (actor?.kind === kind && "id" in actor ? actor.id : []));
  const accounts = await accountNames(db, ids("account"));
  const services = await credentialNames(db, ids("service"));
  return (actor) => {
    if (actor === null || !("id" in actor)) return "";
    return (actor.kind === "account" ? accounts : services).get(actor.id) ?? "";
  };
}

async function credentialNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("service_credential")
    .select(["id", "name"])
    .where("id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}
