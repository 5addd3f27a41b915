/** Active accounts without a group that counts (BAR-7, BAR-8). */
import type { BarrierModel } from "@sekisho/domain";
import { sql, type RawBuilder } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import { directoryOf } from "./barrier-directory.ts";

/** For a `where` over `account`. */
export function isUngrouped(model: BarrierModel): RawBuilder<boolean> {
  const { grouped } = directoryOf(model);
  return sql<boolean>`account.disabled_at is null and not exists (
    select from unnest(${grouped}::uuid[]) as grouped (id) where grouped.id = account.id)`;
}

export async function countUngrouped(db: Db, model: BarrierModel): Promise<number> {
  const { count } = await db
    .selectFrom("account")
    .select(sql<number>`count(*)::int`.as("count"))
    .where(isUngrouped(model))
    .executeTakeFirstOrThrow();
  return count;
}
