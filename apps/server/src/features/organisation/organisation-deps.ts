/** What the organisation's feature needs from the rest of the server. */
import type { Apart } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import type { OrganisationLog } from "../../platform/evidence/organisation-log.ts";

export type OrganisationDeps = {
  readonly db: Db;
  readonly log: OrganisationLog;
  /** What this server can do: a class that it cannot keep is not saved. */
  readonly abilities: { readonly e2ee: boolean; readonly mail: boolean };
  /** Who must not know of whom at this moment (BAR-14). */
  readonly apart: () => Promise<Apart>;
  /** Called after the commit: meetings in progress tighten at once (CNF-3). */
  readonly onRulesChanged: () => void;
};
