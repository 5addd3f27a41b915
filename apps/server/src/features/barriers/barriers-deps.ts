/** What the barriers' portal needs of the rest of the server. */
import type { BarrierContext, BarrierModel } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import type { LogActor, OrganisationLog } from "../../platform/evidence/organisation-log.ts";

/** The barriers in this process's memory. */
export type ModelSource = {
  model(): BarrierModel;
  /** Reads what is new. Rejects if the database does. */
  refresh(): Promise<BarrierModel>;
};

export type WriterDeps = {
  readonly db: Db;
  readonly log: OrganisationLog;
  readonly source: ModelSource;
  /** Called after the commit: meetings in progress are swept (BAR-5). */
  readonly onCommitted: (version: number) => void;
  /** Called after the commit of rules: what meetings are allowed has changed (BAR-8). */
  readonly onRulesChanged: () => void;
};

/** What a version would do to the meetings in progress (BAR-11). */
export type LiveEffect = {
  readonly meetings: readonly {
    readonly meetingId: string;
    /** Names of those who would have to go. */
    readonly removed: readonly string[];
    readonly restricted: boolean;
  }[];
};

export type LiveEffectOf = (barrier: BarrierContext) => Promise<LiveEffect>;

export function byAccount(accountId: string): LogActor {
  return { kind: "account", id: accountId };
}
