import { sql, type Kysely } from "kysely";

/**
 * The classes become the organisation's own data: what was one choice (screen share at medium) is a change of a class
 * (CNF-2). Nobody has accepted yet that a server could decrypt (CNF-1).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update organisation set rules = (rules - 'screenShareAtMedium') ||
      case when rules -> 'screenShareAtMedium' = 'true'::jsonb
        then '{"classes": {"medium": {"locks": {"screenShare": null}}}}'::jsonb else '{}'::jsonb end;
    update organisation_rules_version set rules = (rules - 'screenShareAtMedium') ||
      case when rules -> 'screenShareAtMedium' = 'true'::jsonb
        then '{"classes": {"medium": {"locks": {"screenShare": null}}}}'::jsonb else '{}'::jsonb end;
    update meeting set settings = '{"transportRiskAccepted": false}'::jsonb || settings;
  `.execute(db);
}
