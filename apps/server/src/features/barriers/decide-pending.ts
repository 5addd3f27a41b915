/** Approving and turning down what waits (BAR-6). */
import { rebaseWaiting, type BarrierRules } from "@sekisho/domain";
import type { LogActor, Trx } from "../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { AccountActor, WriterDeps } from "./barriers-deps.ts";
import { lockHead, writeVersion } from "./commit-version.ts";
import { decidePending, lockPending, type PendingRow } from "./pending-store.ts";
import { secondPerson } from "./second-person.ts";

export type PendingDecision = {
  readonly pendingId: string;
  readonly by: AccountActor;
  readonly reason: string;
};

/**
 * Puts in force what of it nobody has changed since, and answers the version. Rejects with `not_found`, with `own_request`
 * where somebody else has to, and with `barriers_changed` where nothing of it is left; it is closed then.
 */
export async function approvePending(deps: WriterDeps, decision: PendingDecision): Promise<number> {
  const done = await deps.db.transaction().execute((trx) => approve(deps, trx, decision));
  if (done === null) throw new HttpError("barriers_changed");
  deps.onCommitted(done.model.version);
  if (done.rulesChanged) deps.onRulesChanged();
  return done.model.version;
}

async function approve(deps: WriterDeps, trx: Trx, { pendingId, by, reason }: PendingDecision) {
  const model = await lockHead(trx, deps.source);
  const row = await lockPending(trx, pendingId);
  if (row === undefined) throw new HttpError("not_found");
  await requireOther(trx, row, { by: by.id, rules: model.rules });
  const changes = rebaseWaiting(model, row.waiting);
  if (changes.length === 0) {
    await decidePending(trx, row.id, { state: "superseded", by, reason });
    await logDecision(deps, trx, row, { by, reason, facts: { state: "superseded" } });
    return null;
  }
  const committed = await writeVersion(trx, model, changes, {
    source: "approval",
    actor: row.actor,
    approver: by,
    reason: row.reason,
  });
  await decidePending(trx, row.id, { state: "approved", by, reason });
  await logDecision(deps, trx, row, { by, reason, facts: { ...committed.facts, state: "approved" } });
  return committed;
}

type Approver = { readonly by: string; readonly rules: BarrierRules };

/**
 * The requester alone is enough only where nobody else could be asked, then and now: a dangerous sync, seen and let
 * through. Whoever was needed then is needed still, though the others have been made to go since; and who has come since
 * is not who was needed.
 */
async function requireOther(trx: Trx, row: PendingRow, { by, rules }: Approver): Promise<void> {
  const isOther = by !== row.asked_by_account;
  const couldThen = !row.second_person || row.editors.includes(by);
  if (isOther && couldThen) return;
  if (row.second_person || (await secondPerson(trx, rules)).needed) throw new HttpError("own_request");
}

/** What it restricted stays. Rejects with `not_found`. */
export async function rejectPending(deps: WriterDeps, decision: PendingDecision): Promise<void> {
  const { pendingId, by, reason } = decision;
  await deps.db.transaction().execute(async (trx) => {
    const row = await lockPending(trx, pendingId);
    if (row === undefined) throw new HttpError("not_found");
    await decidePending(trx, row.id, { state: "rejected", by, reason });
    await logDecision(deps, trx, row, { by, reason, facts: { state: "rejected" } });
  });
}

type Logged = {
  readonly by: LogActor;
  readonly reason: string;
  readonly facts: Readonly<Record<string, unknown>>;
};

async function logDecision(
  { log }: WriterDeps,
  trx: Trx,
  row: PendingRow,
  { by, reason, facts }: Logged,
): Promise<void> {
  await log.append(trx, {
    type: facts["state"] === "approved" ? "barrier.approved" : "barrier.rejected",
    actor: by,
    data: {
      ...facts,
      pendingId: row.id,
      askedBy: row.actor,
      waiting: row.digest.toString("base64url"),
    },
    personal: { reason },
  });
}
