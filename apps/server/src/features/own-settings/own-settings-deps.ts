/** What the feature of settings in force needs from the rest of the server (AUD-3). */
import type { StoredRules } from "@sekisho/contract";
import type { Apart, BarrierRules, MeetingDefaults, OrganisationRules } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import type { OrganisationLog } from "../../platform/evidence/organisation-log.ts";

export type OwnSettingsDeps = {
  readonly db: Db;
  readonly log: OrganisationLog;
  /** What a new organisation begins with. */
  readonly standard: StoredRules;
  readonly rulesOf: (row: {
    readonly rules: StoredRules;
    readonly barriers: BarrierRules;
  }) => OrganisationRules;
  /** Where media is processed, as the operator named it. */
  readonly region: string | null;
  /** Who must not know of whom at this moment (BAR-14). */
  readonly apart: () => Promise<Apart>;
};

/** Versions of the three sources; each grows alone. */
export type Versions = { readonly organisation: number; readonly own: number; readonly barrier: number };

export type Sources = {
  readonly rules: StoredRules;
  readonly own: Partial<MeetingDefaults>;
  readonly barriers: BarrierRules;
};
