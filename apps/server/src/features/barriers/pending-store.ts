/** Loosenings that wait (BAR-6). One open row for one and the same wish: a sync that comes again every night makes no second. */
import { waitingChanges, type BarrierChange, type BarrierModel } from "@sekisho/domain";
import { applyBarrierChanges } from "@sekisho/domain";
import type { Selectable } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { Database, PendingWhy } from "../../platform/db/schema.ts";
import type { LogActor, OrganisationLog, Trx } from "../../platform/evidence/organisation-log.ts";
import { newId } from "../../platform/random.ts";
import type { BarrierOrigin, BarrierWrite } from "./barrier-writer.ts";
import { linesOf } from "./change-lines.ts";
import { digestOf } from "./commit-version.ts";
import { requesterOf, type SecondPerson } from "./second-person.ts";

export type PendingRow = Selectable<Database["barrier_pending"]>;

const syncs = ["push", "pull", "import"] as const satisfies readonly BarrierOrigin[];

export function isSync(origin: BarrierOrigin): boolean {
  return syncs.some((one) => one === origin);
}

export type NewPending = {
  /** With the restrictions of the same edit in force. */
  readonly model: BarrierModel;
  readonly before: BarrierModel;
  readonly now: readonly BarrierChange[];
  readonly later: readonly BarrierChange[];
  readonly why: readonly PendingWhy[];
  readonly how: BarrierWrite;
  readonly second: SecondPerson;
};

/** The id under which it waits: of an open row that says the same, if there is one. */
export async function keepPending(trx: Trx, pending: NewPending): Promise<string> {
  const { model, before, now, later, how, second } = pending;
  const waiting = waitingChanges(model, later);
  const digest = digestOf(waiting);
  const known = await trx
    .selectFrom("barrier_pending")
    .select("id")
    .where("digest", "=", digest)
    .where("state", "=", "open")
    .executeTakeFirst();
  if (known !== undefined) return known.id;
  const id = newId();
  const after = applyBarrierChanges(model, model.version, later);
  await trx
    .insertInto("barrier_pending")
    .values({
      id,
      source: how.origin === "approval" ? "portal" : how.origin,
      actor: JSON.stringify(how.actor),
      asked_by_account: await requesterOf(trx, how),
      second_person: second.needed,
      editors: [...second.editors],
      reason: how.reason,
      why: [...pending.why],
      waiting: JSON.stringify(waiting),
      digest,
      in_force: JSON.stringify(linesOf(before, model, now)),
      lines: JSON.stringify(linesOf(model, after, later)),
      line_count: later.length,
    })
    .execute();
  return id;
}

const server: LogActor = { kind: "server" };
export type Superseded = Pick<PendingRow, "id" | "actor" | "digest">;

/** A sync says all there is: what an earlier one still waits for counts no more, unless this one says it again. */
export function supersedeSyncs(trx: Trx, keep: string | null): Promise<readonly Superseded[]> {
  return trx
    .updateTable("barrier_pending")
    .set({ state: "superseded", decided_at: new Date(), decided_by: JSON.stringify(server) })
    .where("state", "=", "open")
    .where("source", "in", [...syncs])
    .$if(keep !== null, (query) => query.where("id", "<>", keep ?? ""))
    .returning(["id", "actor", "digest"])
    .execute();
}

/** The same for what was said of one person at sign-in. */
export function supersedeSignIns(
  trx: Trx,
  accountId: string,
  keep: string | null,
): Promise<readonly Superseded[]> {
  return trx
    .updateTable("barrier_pending")
    .set({ state: "superseded", decided_at: new Date(), decided_by: JSON.stringify(server) })
    .where("state", "=", "open")
    .where("source", "=", "signIn")
    .where("asked_by_account", "=", accountId)
    .$if(keep !== null, (query) => query.where("id", "<>", keep ?? ""))
    .returning(["id", "actor", "digest"])
    .execute();
}

/** Nobody's decision is a decision, too: the log says what became of everything that waited (BAR-15). */
export function logSuperseded(log: OrganisationLog, trx: Trx, row: Superseded): Promise<void> {
  return log.append(trx, {
    type: "barrier.superseded",
    actor: server,
    data: { pendingId: row.id, askedBy: row.actor, waiting: row.digest.toString("base64url") },
  });
}

export function openPending(db: Db): Promise<PendingRow[]> {
  return db
    .selectFrom("barrier_pending")
    .selectAll()
    .where("state", "=", "open")
    .orderBy("at", "desc")
    .orderBy("id")
    .execute();
}

export function lockPending(trx: Trx, id: string): Promise<PendingRow | undefined> {
  return trx
    .selectFrom("barrier_pending")
    .selectAll()
    .where("id", "=", id)
    .where("state", "=", "open")
    .forUpdate()
    .executeTakeFirst();
}

export type Decision = {
  readonly state: "approved" | "rejected" | "superseded";
  readonly by: LogActor;
  readonly reason: string;
};

export async function decidePending(trx: Trx, id: string, decision: Decision): Promise<void> {
  await trx
    .updateTable("barrier_pending")
    .set({
      state: decision.state,
      decided_at: new Date(),
      decided_by: JSON.stringify(decision.by),
      decided_reason: decision.reason,
    })
    .where("id", "=", id)
    .execute();
}

/** Policies of which a loosening waits: `effective_state` is `pending_approval` for them (BAR-6, BAR-12). */
export async function policiesPending(db: Db): Promise<ReadonlySet<string>> {
  const rows = await openPending(db);
  const ids = rows.flatMap((row) =>
    row.waiting.flatMap(({ change }) =>
      change.type === "policy.put"
        ? change.policy.id
        : change.type === "policy.remove"
          ? change.policyId
          : [],
    ),
  );
  return new Set(ids);
}
