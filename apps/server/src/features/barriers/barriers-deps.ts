/** What the barriers' portal needs of the rest of the server. */
import type { BarrierSyncRow } from "@sekisho/contract";
import type { BarrierContext, BarrierFreshness, BarrierModel } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import type { LogActor, OrganisationLog } from "../../platform/evidence/organisation-log.ts";
import type { BarrierWriter } from "./barrier-writer.ts";
import type { AccountCaller, Caller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";

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

export type AccountActor = Extract<LogActor, { readonly kind: "account" }>;

export type LiveEffectOf = (barrier: BarrierContext) => Promise<LiveEffect>;

export function byAccount(accountId: string): AccountActor {
  return { kind: "account", id: accountId };
}

/** How the barriers stand on this machine and the others (BAR-10, BAR-11). */
export type BarrierHealth = {
  freshness(): BarrierFreshness;
  /** Minutes since the last good contact with a pulled source; null where nothing is pulled. */
  ageMinutes(): number | null;
  nodes(version: number): Promise<{
    readonly applied: boolean;
    readonly nodes: readonly { readonly name: string; readonly version: number; readonly seenAt: number }[];
  }>;
  lastSync(): Promise<BarrierSyncRow | null>;
  /** BAR-9: edits of groups by hand would be overridden. */
  syncedGroups(): Promise<boolean>;
};

export type BarriersDeps = WriterDeps & {
  readonly writer: BarrierWriter;
  readonly health: BarrierHealth;
  readonly liveEffect: LiveEffectOf;
  readonly now?: () => number;
};

/** The newest model there is: whoever has just saved sees it, whichever process answers. */
export async function newestModel({ db, source }: Pick<WriterDeps, "db" | "source">): Promise<BarrierModel> {
  const { version } = await db.selectFrom("barrier_head").select("version").executeTakeFirstOrThrow();
  return source.model().version >= version ? source.model() : source.refresh();
}

export function signedInAccount(caller: Caller): AccountCaller {
  if (caller.kind !== "account") throw new HttpError("sign_in_required");
  return caller;
}
