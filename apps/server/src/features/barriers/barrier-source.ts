/**
 * The barriers in force, in this process's memory: folded from the versions in the database, compiled, and swapped as a
 * whole (BAR-5). Never goes back to an older version (BAR-10).
 */
import {
  applyBarrierChanges,
  barrierContext,
  compileBarriers,
  emptyBarriers,
  unknownBarriers,
  type BarrierContext,
  type BarrierFreshness,
  type BarrierModel,
} from "@sekisho/domain";
import type { Pool } from "pg";
import { barrierChanges } from "../../unsafe.ts";

export type BarrierSourceDeps = {
  /** Connections of its own: it is asked while a command holds one of the pool. */
  readonly pool: Pool;
  /** How fresh the newest version is at this moment. */
  readonly freshness: () => BarrierFreshness;
  readonly onFailure: (error: unknown) => void;
};

export type LoadedBarriers = {
  current(): BarrierContext;
  at(version: number): Promise<BarrierContext>;
  /** The model behind `current`. */
  model(): BarrierModel;
  /** Reads what is new. Rejects if the database does. */
  refresh(): Promise<BarrierModel>;
};

export function createBarrierSource(deps: BarrierSourceDeps): LoadedBarriers {
  let model = emptyBarriers;
  let index = compileBarriers(model);
  let loading: Promise<BarrierModel> | null = null;

  async function load(): Promise<BarrierModel> {
    const { rows } = await deps.pool.query<{ version: number; changes: unknown }>(
      "select version, changes from barrier_version where version > $1 order by version",
      [model.version],
    );
    let next = model;
    for (const row of rows) next = applyBarrierChanges(next, row.version, barrierChanges(row.changes));
    if (next.version > model.version) {
      index = compileBarriers(next);
      model = next;
    }
    return model;
  }

  /** One read at a time; whoever asks while one is under way may not have been seen by it, and waits for the next. */
  async function refresh(): Promise<BarrierModel> {
    const before = loading?.catch(() => undefined) ?? Promise.resolve();
    const mine = before.then(load);
    loading = mine;
    return mine;
  }

  const context = () => barrierContext(index, deps.freshness());

  return {
    current: context,
    model: () => model,
    refresh,
    async at(version) {
      if (model.version >= version) return context();
      try {
        await refresh();
        return model.version >= version ? context() : unknownBarriers;
      } catch (error) {
        deps.onFailure(error);
        return unknownBarriers;
      }
    },
  };
}
