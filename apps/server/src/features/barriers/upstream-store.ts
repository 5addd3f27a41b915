/** The row of the policy server that is asked (BAR-10). Its token lies sealed. */
import type { BarrierUpstream } from "@sekisho/contract";
import { sql, type Selectable } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { Database } from "../../platform/db/schema.ts";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import type { Keys } from "../../platform/keys/keys.ts";

export type UpstreamRow = Selectable<Database["barrier_upstream"]>;

export async function readUpstream(db: Db): Promise<UpstreamRow | null> {
  return (await db.selectFrom("barrier_upstream").selectAll().executeTakeFirst()) ?? null;
}

/** If it is time to ask, by the database's clock, which all processes share. */
export async function dueUpstream(db: Db): Promise<UpstreamRow | null> {
  const due = db
    .selectFrom("barrier_upstream")
    .selectAll()
    .where("enabled", "=", true)
    .where("next_at", "<=", sql<Date>`clock_timestamp()`);
  return (await due.executeTakeFirst()) ?? null;
}

export function upstreamView(row: UpstreamRow): BarrierUpstream {
  return {
    url: row.url,
    intervalMinutes: row.interval_minutes,
    enabled: row.enabled,
    hasToken: row.token_sealed !== null,
    lastContactAt: row.last_contact_at === null ? null : Number(row.last_contact_at),
    lastProblem: row.last_problem,
  };
}

const tokenContext = "barrier_upstream";

export function sealToken(keys: Keys, token: string): Buffer {
  return keys.seal("barrier-upstream", Buffer.from(token), tokenContext);
}

/** Throws where the key is another one. */
export function openToken(keys: Keys, row: Pick<UpstreamRow, "token_sealed">): string | null {
  return row.token_sealed === null
    ? null
    : keys.open("barrier-upstream", row.token_sealed, tokenContext).toString();
}

export type UpstreamWish = {
  readonly url: string;
  readonly intervalMinutes: number;
  readonly enabled: boolean;
  /** Absent: as before. */
  readonly token?: string | undefined;
};

/** Another address is another server: what the one before counted and tagged means nothing there, nor does its token. */
export async function writeUpstream(
  trx: Trx,
  keys: Keys,
  wish: UpstreamWish & { readonly by: string },
): Promise<void> {
  const { url, intervalMinutes: interval_minutes, enabled, by } = wish;
  const before = await trx.selectFrom("barrier_upstream").selectAll().forUpdate().executeTakeFirst();
  const isSame = before?.url === url;
  const isSameOrigin = before !== undefined && new URL(before.url).origin === new URL(url).origin;
  const kept = isSameOrigin ? before.token_sealed : null;
  const token_sealed = wish.token === undefined ? kept : sealToken(keys, wish.token);
  const reset = isSame ? {} : { etag: null, etag_version: null, source_version: null };
  // Whoever only saves it again, or asks more often, does not take it over from whoever named it.
  const changed_by = isSame && wish.token === undefined ? before.changed_by : by;
  const set = { url, interval_minutes, enabled, token_sealed, changed_by, last_problem: null, ...reset };
  await trx
    .insertInto("barrier_upstream")
    .values({ ...set, etag: null, etag_version: null, source_version: null, last_contact_at: null })
    .onConflict((conflict) =>
      conflict.column("singleton").doUpdateSet({ ...set, next_at: sql`clock_timestamp()` }),
    )
    .execute();
}

export type Contacted = {
  /** ms since 1970 UTC, when it was asked. */
  readonly at: number;
  readonly problem: string | null;
  /** Absent: as before. */
  readonly tag?: {
    readonly etag: string | null;
    readonly version: number;
    readonly sourceVersion: number | null;
  };
};

export async function noteContact(trx: Trx, { at, problem, tag }: Contacted): Promise<void> {
  await trx
    .updateTable("barrier_upstream")
    .set((set) => ({
      contacts: set("contacts", "+", 1),
      last_contact_at: at,
      age_floor: 0,
      last_problem: problem,
      next_at: sql`clock_timestamp() + make_interval(mins => interval_minutes)`,
      ...(tag === undefined
        ? {}
        : { etag: tag.etag, etag_version: tag.version, source_version: tag.sourceVersion }),
    }))
    .execute();
}

/** It is asked again soon: within the grace of a pull that is late. */
export async function noteFailure(trx: Trx, problem: string): Promise<void> {
  await trx
    .updateTable("barrier_upstream")
    .set({ last_problem: problem, next_at: sql`clock_timestamp() + interval '30 seconds'` })
    .execute();
}

/** What has certainly passed since a contact lasts over a restart, whatever the clock says then (Q78). */
export async function noteAge(db: Db, contacts: number, ms: number): Promise<void> {
  await db
    .updateTable("barrier_upstream")
    .set({ age_floor: Math.floor(ms) })
    .where("contacts", "=", contacts)
    .where("age_floor", "<", String(Math.floor(ms)))
    .execute();
}
