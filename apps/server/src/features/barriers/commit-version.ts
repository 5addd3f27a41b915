/** One version of the barriers, written: the row, the head, the log entry, the notice, or none of them (BAR-5, BAR-15). */
import { applyBarrierChanges, sameRules, type BarrierChange, type BarrierModel } from "@sekisho/domain";
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { canonical } from "../../platform/evidence/chain.ts";
import type { LogActor, Trx } from "../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { ModelSource } from "./barriers-deps.ts";
import type { BarrierOrigin } from "./barrier-writer.ts";
import { linesOf } from "./change-lines.ts";

/** The newest model, behind the head's lock: nobody writes another version until this transaction ends. */
export async function lockHead(trx: Trx, source: ModelSource): Promise<BarrierModel> {
  const { version } = await trx
    .selectFrom("barrier_head")
    .select("version")
    .forUpdate()
    .executeTakeFirstOrThrow();
  const known = source.model();
  const model = known.version === version ? known : await source.refresh();
  // Behind what another process has committed: nothing is decided on an older state (BAR-10).
  if (model.version !== version) throw new HttpError("busy");
  return model;
}

export type VersionRow = {
  readonly source: BarrierOrigin;
  readonly actor: LogActor;
  readonly approver: LogActor | null;
  readonly reason: string;
};

export type CommittedVersion = {
  readonly model: BarrierModel;
  readonly rulesChanged: boolean;
  /** For the log entry of the same transaction. */
  readonly facts: Readonly<Record<string, unknown>>;
};

/** Writes all but the log entry, which comes last in a transaction. `changes` is not empty. */
export async function writeVersion(
  trx: Trx,
  before: BarrierModel,
  changes: readonly BarrierChange[],
  row: VersionRow,
): Promise<CommittedVersion> {
  const version = before.version + 1;
  const model = applyBarrierChanges(before, version, changes);
  const rulesChanged = !sameRules(before.rules, model.rules);
  const digest = digestOf({ version, changes });
  await trx
    .insertInto("barrier_version")
    .values({
      version,
      source: row.source,
      actor: JSON.stringify(row.actor),
      approver: row.approver === null ? null : JSON.stringify(row.approver),
      reason: row.reason,
      changes: JSON.stringify(changes),
      lines: JSON.stringify(linesOf(before, model, changes)),
      line_count: changes.length,
      digest,
    })
    .execute();
  await trx
    .updateTable("barrier_head")
    .set({ version, rules: JSON.stringify(model.rules) })
    .execute();
  await notePolicies(trx, version, changes);
  // Settings of meetings in progress are known by the organisation's version to be old.
  if (rulesChanged)
    await trx
      .updateTable("organisation")
      .set((set) => ({ version: set("version", "+", 1) }))
      .execute();
  await sql`select pg_notify('sekisho_barrier', ${String(version)})`.execute(trx);
  const facts = {
    version,
    origin: row.source,
    digest: digest.toString("base64url"),
    counts: countsOf(changes),
  };
  return { model, rulesChanged, facts };
}

/** What the organisation's chain holds of a version: any of its changes can be compared with the row. */
export function digestOf(value: unknown): Buffer {
  return createHash("sha256").update(canonical(value)).digest();
}

export function countsOf(changes: readonly BarrierChange[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type } of changes) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

async function notePolicies(trx: Trx, version: number, changes: readonly BarrierChange[]): Promise<void> {
  const put = changes.flatMap((change) => (change.type === "policy.put" ? change.policy.id : []));
  const removed = changes.flatMap((change) => (change.type === "policy.remove" ? change.policyId : []));
  if (put.length > 0)
    await sql`insert into barrier_policy_version (policy_id, version)
      select unnest(${put}::text[]), ${version}
      on conflict (policy_id) do update set version = excluded.version`.execute(trx);
  if (removed.length > 0)
    await sql`delete from barrier_policy_version where policy_id = any(${removed}::text[])`.execute(trx);
}
