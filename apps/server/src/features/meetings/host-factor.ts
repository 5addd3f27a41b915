/** Whoever schedules or changes a meeting of class high comes with a second factor, where the organisation says so (IDN-2). */
import type { Confidentiality } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import type { AccountCaller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";

/** Throws `second_factor_needed`. */
export async function requireHostFactor(
  db: Db,
  { strength }: Pick<AccountCaller, "strength">,
  confidentiality: Confidentiality,
): Promise<void> {
  if (confidentiality !== "high" || strength === "secondFactor") return;
  const row = await db.selectFrom("organisation").select("factor_demands").executeTakeFirst();
  if (row?.factor_demands.includes("high") === true) throw new HttpError("second_factor_needed");
}
