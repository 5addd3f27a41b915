/** When a loosening needs somebody else, and who asked for it (BAR-6). */
import type { BarrierRules } from "@sekisho/domain";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import type { BarrierWrite } from "./barrier-writer.ts";

/** For so long after the last editor but one has gone, things are as if that one were there. Days. */
const needStays = 7;

export type SecondPerson = {
  readonly needed: boolean;
  /** Accounts that may edit barriers at this moment. */
  readonly editors: readonly string[];
};

/**
 * As soon as two may edit barriers, and for some days after they have become fewer: otherwise whoever could make the
 * other one go would be alone with the walls at once. The database keeps when that was, whoever changes an account.
 */
export async function secondPerson(db: Db | Trx, rules: BarrierRules): Promise<SecondPerson> {
  const editors = await editorsOf(db);
  const needed =
    rules.secondPerson === "always" ||
    (rules.secondPerson === "auto" && (editors.length >= 2 || (await wereTwo(db))));
  return { needed, editors };
}

/** Active accounts that may edit barriers; owners may. */
export async function countEditors(db: Db | Trx): Promise<number> {
  return (await editorsOf(db)).length;
}

async function editorsOf(db: Db | Trx): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("account")
    .select("id")
    .where("disabled_at", "is", null)
    .where(sql<boolean>`(role = 'owner' or 'compliance' = any(duties))`)
    .execute();
  return rows.map((row) => row.id);
}

async function wereTwo(db: Db | Trx): Promise<boolean> {
  const row = await db
    .selectFrom("barrier_head")
    .select(
      sql<boolean>`fewer_editors_at > clock_timestamp() - make_interval(days => ${needStays})`.as("recent"),
    )
    .executeTakeFirst();
  return row?.recent === true;
}

/**
 * Who must not approve what is written so: the account itself, the one that an API client acts for, or whoever has last
 * named the policy server or its token, since they decide what it says. Null: nobody of the organisation.
 */
export async function requesterOf(trx: Trx, { origin, actor }: BarrierWrite): Promise<string | null> {
  if (origin === "pull") {
    const upstream = await trx.selectFrom("barrier_upstream").select("changed_by").executeTakeFirst();
    const namedBy = upstream?.changed_by ?? null;
    if (namedBy !== null) return namedBy;
  }
  if (actor.kind === "account") return actor.id;
  if (actor.kind !== "service") return null;
  const client = await trx
    .selectFrom("service_credential")
    .select("acts_for")
    .where("id", "=", actor.id)
    .executeTakeFirst();
  return client?.acts_for ?? null;
}
