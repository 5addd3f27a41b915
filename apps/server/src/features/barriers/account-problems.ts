/** What only the accounts can tell of an edit: whether they are there, and whose an address is. */
import type { AccountId, BarrierModel, BarrierProblem } from "@sekisho/domain";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { Trx } from "../../platform/evidence/organisation-log.ts";

export async function accountProblems(
  db: Db | Trx,
  model: BarrierModel,
  wanted: BarrierModel,
  named: readonly AccountId[],
): Promise<readonly BarrierProblem[]> {
  const problems: BarrierProblem[] = [];
  if (!(await allExist(db, named))) problems.push("person_unknown");
  if (await namesOwnAddress(db, model, wanted)) problems.push("address_of_own_organisation");
  return problems;
}

async function allExist(db: Db | Trx, ids: readonly AccountId[]): Promise<boolean> {
  if (ids.length === 0) return true;
  const { rows } = await sql<{ found: number }>`select count(*)::int as found from account
    where id = any(${ids}::uuid[])`.execute(db);
  return rows[0]?.found === ids.length;
}

/** BAR-8: an exception would be a way in without signing in for somebody who has an account. */
async function namesOwnAddress(db: Db | Trx, model: BarrierModel, wanted: BarrierModel): Promise<boolean> {
  if (model.rules === wanted.rules) return false;
  const of = (kind: "address" | "domain") =>
    wanted.rules.exceptions.flatMap((one) => (one.kind === kind ? one.value.toLowerCase() : []));
  const [addresses, domains] = [of("address"), of("domain")];
  if (addresses.length + domains.length === 0) return false;
  const { rows } = await sql`select 1 from account where lower(email) = any(${addresses}::text[])
    or split_part(lower(email), '@', 2) = any(${domains}::text[]) limit 1`.execute(db);
  return rows.length > 0;
}
