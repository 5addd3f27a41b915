/** Approving and turning down what waits (BAR-6). */
import { rebaseWaiting } from "@sekisho/domain";
import type { LogActor, Trx } from "../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { WriterDeps } from "./barriers-deps.ts";
import { lockHead, writeVersion } from "./commit-version.ts";
import { decidePending, lockPending, type PendingRow } from "./pending-store.ts";
import { countEditors, isSameActor, needsSecondPerson } from "./second-person.ts";

export type PendingDecision = {
  readonly pendingId: string;
  readonly by: LogActor;
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
  // The requester alone is enough only where nobody else could be asked: a dangerous sync, seen and let through.
  if (isSameActor(row.actor, by) && needsSecondPerson(model.rules, await countEditors(trx)))
    throw new HttpError("own_request");
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
