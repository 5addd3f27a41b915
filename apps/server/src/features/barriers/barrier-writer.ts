/** The one way in which the barriers change: by whom, from where, and why (BAR-6, BAR-15). */
import type { BarrierChange, BarrierModel } from "@sekisho/domain";
import type { LogActor, Trx } from "../../platform/evidence/organisation-log.ts";

export type BarrierOrigin = "portal" | "api" | "push" | "pull" | "import" | "approval" | "signIn";

export type BarrierWrite = {
  readonly origin: BarrierOrigin;
  readonly actor: LogActor;
  readonly reason: string;
  /** The version that the change was made on; null: whatever is newest. Another one now is `barriers_changed`. */
  readonly baseVersion: number | null;
  /** Of a directory that tells one person at a time: what it loosens waits until somebody releases it, always (BAR-6). */
  readonly holdsLoosening?: boolean;
  /**
   * What becomes of what loosens: as the organisation's rule says; always waits for approval; or is left out (IDN-3: what
   * a provider says at sign-in).
   */
  readonly loosening?: "byRule" | "waits" | "ignored";
  /** Written with the version or not at all: rows of the caller's own. */
  readonly also?: (trx: Trx, written: BarrierWritten) => Promise<void>;
};

/** Everything that a sync knows; what it does not name is gone, as far as that may be (BAR-6). */
export type BarrierTarget = Pick<BarrierModel, "groups" | "policies" | "people">;

export type BarrierWritten = {
  readonly version: number;
  /** How many changes are in force; 0: it was so already. */
  readonly changes: number;
  /** What loosens waits for a second person under this id; null: nothing waits. */
  readonly pendingId: string | null;
};

export type BarrierWriter = {
  /**
   * One version, or nothing. Restrictions act at once, loosenings may wait (BAR-6). Rejects with `barriers_changed`,
   * `barrier_edit_invalid`, `manual_edits_off`.
   */
  write(changes: readonly BarrierChange[], how: BarrierWrite): Promise<BarrierWritten>;
  /** The same for a whole state, as syncs send it. */
  replace(target: BarrierTarget, how: BarrierWrite): Promise<BarrierWritten>;
};
