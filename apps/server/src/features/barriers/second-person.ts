/** When a loosening needs somebody else (BAR-6). */
import type { BarrierRules } from "@sekisho/domain";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { LogActor, Trx } from "../../platform/evidence/organisation-log.ts";

/** Active accounts that may edit barriers; owners may. */
export async function countEditors(db: Db | Trx): Promise<number> {
  const { count } = await db
    .selectFrom("account")
    .select(sql<number>`count(*)::int`.as("count"))
    .where("disabled_at", "is", null)
    .where(sql<boolean>`(role = 'owner' or 'compliance' = any(duties))`)
    .executeTakeFirstOrThrow();
  return count;
}

export function needsSecondPerson(rules: BarrierRules, editors: number): boolean {
  if (rules.secondPerson === "auto") return editors >= 2;
  return rules.secondPerson === "always";
}

export function isSameActor(a: LogActor, b: LogActor): boolean {
  return a.kind === b.kind && "id" in a && "id" in b && a.id === b.id;
}
