/** The organisation's rules, version by version (AUD-3). */
import type { StoredRules } from "@sekisho/contract";
import type { Trx } from "../../platform/evidence/organisation-log.ts";

/**
 * AUD-3: what the organisation began with is what its first change is compared with. Answers the rules as they are
 * behind the lock.
 */
export async function keepFirstVersion(trx: Trx): Promise<StoredRules> {
  const { version, created_at, rules } = await trx
    .selectFrom("organisation")
    .select(["version", "created_at", "rules"])
    .forUpdate()
    .executeTakeFirstOrThrow();
  const kept = await trx
    .selectFrom("organisation_rules_version")
    .select("version")
    .limit(1)
    .executeTakeFirst();
  if (kept !== undefined) return rules;
  await trx
    .insertInto("organisation_rules_version")
    .values({
      version,
      at: created_at,
      actor: JSON.stringify({ kind: "server" }),
      rules: JSON.stringify(rules),
    })
    .execute();
  return rules;
}
