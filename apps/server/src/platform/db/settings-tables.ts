/** Tables of settings and their versions (AUD-3); the migrations are the truth. */
import type { StoredRules } from "@sekisho/contract";
import type { MeetingDefaults, SettingLine } from "@sekisho/domain";
import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { LogActor } from "../evidence/organisation-log.ts";

export type SettingsTables = {
  organisation_rules_version: {
    version: number;
    at: ColumnType<Date, Date, never>;
    actor: JSONColumnType<LogActor>;
    rules: JSONColumnType<StoredRules>;
  };
  own_settings_version: {
    account_id: string;
    version: number;
    at: Generated<Date>;
    choices: JSONColumnType<Partial<MeetingDefaults>>;
  };
  settings_seen: {
    account_id: string;
    seen_at: ColumnType<Date | null, Date | null, Date>;
    organisation_version: number;
    own_version: number;
    barrier_version: number;
    lines: JSONColumnType<readonly SettingLine[]>;
  };
};
