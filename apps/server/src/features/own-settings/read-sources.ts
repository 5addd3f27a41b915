/** What decides the settings of one account, at this moment and at the versions that were last seen. */
import { initialRules, type BarrierRules, type SettingsInput } from "@sekisho/domain";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import { barrierChanges } from "../../unsafe.ts";
import type { OwnSettingsDeps, Sources, Versions } from "./own-settings-deps.ts";

export type Current = { readonly versions: Versions; readonly sources: Sources };

/** One statement, so that the three belong to one moment. */
export async function currentSources(db: Db | Trx, accountId: string): Promise<Current> {
  const row = await db
    .selectFrom("organisation as o")
    .leftJoin("barrier_head as b", (join) => join.onTrue())
    .leftJoinLateral(
      (select) =>
        select
          .selectFrom("own_settings_version")
          .select(["version", "choices"])
          .where("account_id", "=", accountId)
          .orderBy("version", "desc")
          .limit(1)
          .as("own"),
      (join) => join.onTrue(),
    )
    .select(["o.version as organisation", "o.rules", "b.version as barrier", "b.rules as barriers"])
    .select(["own.version as own", "own.choices"])
    .executeTakeFirstOrThrow();
  return {
    versions: { organisation: row.organisation, own: row.own ?? 0, barrier: row.barrier ?? 0 },
    sources: { rules: row.rules, own: row.choices ?? {}, barriers: row.barriers ?? initialRules },
  };
}

/** The sources as they were at these versions; what has no record is as it is now. */
export async function sourcesAt(db: Db, accountId: string, at: Versions, now: Sources): Promise<Sources> {
  const rules = await db
    .selectFrom("organisation_rules_version")
    .select("rules")
    .where("version", "<=", at.organisation)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  const own = await db
    .selectFrom("own_settings_version")
    .select("choices")
    .where("account_id", "=", accountId)
    .where("version", "<=", at.own)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  const [barriers] = await barrierRulesVersions(db, { upTo: at.barrier });
  return {
    rules: rules?.rules ?? now.rules,
    own: own?.choices ?? {},
    barriers: barriers?.rules ?? initialRules,
  };
}

export type BarrierRulesVersion = { readonly at: Date; readonly rules: BarrierRules };

/** Versions that changed the barriers' rules: those after one, oldest first, or the newest up to one. */
export async function barrierRulesVersions(
  db: Db,
  which: { readonly after: number } | { readonly upTo: number },
): Promise<readonly BarrierRulesVersion[]> {
  const query = db
    .selectFrom("barrier_version")
    .select(["at", "changes"])
    .where(sql<boolean>`changes @> '[{"type":"rules.put"}]'::jsonb`);
  const rows =
    "after" in which
      ? await query.where("version", ">", which.after).orderBy("version").limit(1000).execute()
      : await query.where("version", "<=", which.upTo).orderBy("version", "desc").limit(1).execute();
  return rows.flatMap(({ at, changes }) => {
    const put = barrierChanges(changes).findLast((change) => change.type === "rules.put");
    return put === undefined ? [] : [{ at, rules: put.rules }];
  });
}

export function inputOf(deps: OwnSettingsDeps, { rules, own, barriers }: Sources): SettingsInput {
  return {
    standard: deps.standard.defaults,
    organisation: rules.defaults,
    own,
    rules: deps.rulesOf({ rules, barriers }),
    region: deps.region,
  };
}
