/** Every sync with its result (BAR-11, BAR-15): what the portal shows as the last one, and what the log keeps. */
import type { BarrierSyncRow } from "@sekisho/contract";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { LogActor, OrganisationLog, Trx } from "../../platform/evidence/organisation-log.ts";
import { newId } from "../../platform/random.ts";

export type SyncEntry = Pick<
  BarrierSyncRow,
  "reason" | "result" | "problem" | "version" | "changes" | "pendingId"
> & {
  readonly actor: LogActor;
  /** Of one person at sign-in is no sync. */
  readonly source: Exclude<BarrierSyncRow["source"], "signIn">;
};

/**
 * Last in a transaction: it writes to the organisation's chain. There the same failure is told once until something
 * else happens, and what changed nothing is not told.
 */
export async function recordSync(trx: Trx, log: OrganisationLog, entry: SyncEntry): Promise<string> {
  const { source, actor, reason, result, problem, version, changes, pendingId } = entry;
  const before = await trx
    .selectFrom("barrier_sync")
    .select(["result", "problem"])
    .where("source", "=", source)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  const id = newId();
  await trx
    .insertInto("barrier_sync")
    .values({
      ...{ id, source, reason, result, problem, version, changes },
      actor: JSON.stringify(actor),
      pending_id: pendingId,
    })
    .execute();
  const isKnown = before?.result === result && before.problem === problem;
  const isNews = result === "failed" ? !isKnown : result !== "unchanged" || before?.result === "failed";
  if (isNews)
    await log.append(trx, {
      type: "barrier.synced",
      actor,
      data: { id, source, result, problem, version, changes, pendingId },
    });
  return id;
}

type Page = { readonly cursor?: string | undefined; readonly limit: number };

/** Newest first. A cursor that is none of ours begins at the start. */
export async function listSyncs(
  db: Db,
  { cursor, limit }: Page,
): Promise<{ syncs: BarrierSyncRow[]; next: string | null }> {
  const before = cursor !== undefined && /^\d{1,18}$/u.test(cursor) ? cursor : null;
  const { rows } = await sql<Row>`
    ${rowsOf} where ${before}::bigint is null or s.seq < ${before}::bigint
    order by s.seq desc limit ${limit + 1}`.execute(db);
  const shown = rows.slice(0, limit);
  return {
    syncs: shown.map(viewOf),
    next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
  };
}

export async function lastSync(db: Db): Promise<BarrierSyncRow | null> {
  return (await listSyncs(db, { limit: 1 })).syncs[0] ?? null;
}

/**
 * BAR-9: whether groups come from elsewhere, so that edits by hand would be overridden: a policy server is asked, or
 * something was pushed within the last week.
 */
export async function groupsAreSynced(db: Db): Promise<boolean> {
  const { rows } = await sql<{ synced: boolean }>`
    select exists (select from barrier_upstream where enabled)
        or exists (select from barrier_sync
                    where source in ('push', 'api') and result <> 'failed'
                      and at > clock_timestamp() - interval '7 days') as synced`.execute(db);
  return rows[0]?.synced === true;
}

export async function oneSync(db: Db, id: string): Promise<BarrierSyncRow | null> {
  const { rows } = await sql<Row>`${rowsOf} where s.id = ${id}`.execute(db);
  return rows[0] === undefined ? null : viewOf(rows[0]);
}

type Row = Omit<BarrierSyncRow, "at" | "pendingId"> & {
  readonly seq: string;
  readonly at: Date;
  readonly pending_id: string | null;
};

/** An account or a credential by its name; the server itself has none. */
const rowsOf = sql`
  select s.seq, s.id, s.at, s.source, coalesce(a.display_name, c.name, '') as by, s.reason, s.result, s.problem,
         s.version, s.changes, s.pending_id
    from barrier_sync s
    left join account a on a.id::text = s.actor ->> 'id'
    left join service_credential c on c.id::text = s.actor ->> 'id'`;

function viewOf({ seq: _seq, at, pending_id: pendingId, ...row }: Row): BarrierSyncRow {
  return { ...row, at: at.getTime(), pendingId };
}
