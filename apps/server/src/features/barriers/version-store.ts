/** The versions of the barriers as the database has them. Read only; each function asks once. */
import type { BarrierChange } from "@sekisho/domain";
import type { Pool } from "pg";
import { barrierChanges } from "../../unsafe.ts";
import type { VersionRow } from "./version-history.ts";

export type UpstreamSeen = {
  readonly enabled: boolean;
  readonly intervalMinutes: number;
  readonly contacts: number;
  readonly lastContactAt: number | null;
  readonly ageFloor: number;
};

export type HeadSeen = {
  readonly version: number;
  /** Of the head's row; null at version 0. */
  readonly digest: Buffer | null;
  readonly upstream: UpstreamSeen | null;
};

type HeadRow = {
  version: number;
  digest: Buffer | null;
  enabled: boolean | null;
  interval_minutes: number | null;
  contacts: number | null;
  last_contact_at: string | null;
  age_floor: string | null;
};

export async function readHead(pool: Pool): Promise<HeadSeen> {
  const { rows } = await pool.query<HeadRow>(
    `select h.version, v.digest, u.enabled, u.interval_minutes, u.contacts, u.last_contact_at, u.age_floor
       from barrier_head h
       left join barrier_version v on v.version = h.version
       left join barrier_upstream u on true`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error("the barriers have no head");
  return { version: row.version, digest: row.digest, upstream: upstreamOf(row) };
}

function upstreamOf(row: HeadRow): UpstreamSeen | null {
  if (row.enabled === null || row.interval_minutes === null) return null;
  return {
    enabled: row.enabled,
    intervalMinutes: row.interval_minutes,
    contacts: row.contacts ?? 0,
    lastContactAt: row.last_contact_at === null ? null : Number(row.last_contact_at),
    ageFloor: Number(row.age_floor ?? 0),
  };
}

export type FullVersion = VersionRow & { readonly changes: readonly BarrierChange[] };

/** In order, `after` exclusive, `upTo` inclusive. */
export async function readVersions(pool: Pool, after: number, upTo: number): Promise<readonly FullVersion[]> {
  const { rows } = await pool.query<VersionRow & { changes: unknown }>(
    "select version, digest, changes from barrier_version where version > $1 and version <= $2 order by version",
    [after, upTo],
  );
  return rows.map((row) => ({ ...row, changes: barrierChanges(row.changes) }));
}

/** The same without the changes. */
export async function readDigests(pool: Pool, upTo: number): Promise<readonly VersionRow[]> {
  const { rows } = await pool.query<VersionRow>(
    "select version, digest from barrier_version where version <= $1 order by version",
    [upTo],
  );
  return rows;
}
