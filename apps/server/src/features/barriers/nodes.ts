/**
 * Which processes have which version of the barriers (BAR-11, Q81). `committed` is the database's word; `applied` is
 * claimed only when every process that is alive has it in memory and has swept every meeting for it.
 */
import type { Pool } from "pg";

export type NodeView = {
  readonly name: string;
  /** In memory, and every meeting swept for it. */
  readonly version: number;
  /** ms since 1970 UTC, by the database's clock. */
  readonly seenAt: number;
};

export type NodesStatus = {
  readonly applied: boolean;
  /** Alive, or silent for less than ten minutes. */
  readonly nodes: readonly NodeView[];
  /** Names of those that do not have it, or do not say. */
  readonly pending: readonly string[];
};

export type BarrierNodes = {
  /** The sign of life of this process. */
  beat(now: { readonly version: number; readonly swept: number }): Promise<void>;
  status(version: number): Promise<NodesStatus>;
  /** This process ends in good order and is nobody's concern any more. */
  leave(): Promise<void>;
};

/**
 * Longer without a sign of life: silent. A process that cannot reach its database has closed its media connections
 * before that (ADM-11), so it holds nobody together any more.
 */
const silentAfterSeconds = 3;
const forgottenAfterSeconds = 600;

export function createBarrierNodes(
  pool: Pool,
  self: { readonly id: string; readonly name: string },
): BarrierNodes {
  return {
    async beat({ version, swept }) {
      await pool.query(
        `insert into barrier_node (process_id, name, version, swept) values ($1, $2, $3, $4)
         on conflict (process_id) do update
           set version = excluded.version, swept = excluded.swept, seen_at = clock_timestamp()`,
        [self.id, self.name, version, swept],
      );
    },
    async status(version) {
      const { rows } = await pool.query<{ name: string; has: number; seen_at: Date; silent: boolean }>(
        `select name, least(version, swept) as has, seen_at,
                seen_at < clock_timestamp() - make_interval(secs => $1) as silent
           from barrier_node
          where seen_at > clock_timestamp() - make_interval(secs => $2)
          order by name`,
        [silentAfterSeconds, forgottenAfterSeconds],
      );
      const alive = rows.filter((row) => !row.silent);
      return {
        applied: alive.length > 0 && alive.every((row) => row.has >= version),
        nodes: rows.map((row) => ({ name: row.name, version: row.has, seenAt: row.seen_at.getTime() })),
        pending: rows.filter((row) => row.silent || row.has < version).map((row) => row.name),
      };
    },
    async leave() {
      await pool.query("delete from barrier_node where process_id = $1", [self.id]);
      await pool.query(
        "delete from barrier_node where seen_at < clock_timestamp() - make_interval(secs => $1)",
        [forgottenAfterSeconds],
      );
    },
  };
}
