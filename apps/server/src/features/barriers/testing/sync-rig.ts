/** One process of the barriers on a real database and a real disk, with clocks that a test moves, for server tests. */
import type { BarrierContext } from "@sekisho/domain";
import { id } from "@sekisho/domain";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FeatureBase } from "../../../../../../packages/testkit/src/feature-app.ts";
import { openDatabase } from "../../../platform/db/database.ts";
import { createOrganisationLog } from "../../../platform/evidence/organisation-log.ts";
import type { Keys } from "../../../platform/keys/keys.ts";
import { createBarrierSync, type BarrierSync } from "../barrier-sync.ts";
import type { Refusal } from "../first-load.ts";
import { systemClock } from "../contact-age.ts";
import { createBarrierWriter } from "../write-barriers.ts";

export type SyncNode = AsyncDisposable &
  BarrierSync & {
    readonly refusals: readonly Refusal[];
    readonly failures: readonly unknown[];
    /** Versions for which the meetings were swept, and how often all of them were ended. */
    readonly live: { readonly swept: readonly number[]; readonly closed: number };
    readonly time: Hands;
    /** Lets go of the database, as a process that ends. */
    close(): Promise<void>;
  };

export type Hands = { wall: number; steady: number };

export type NodeWish = {
  readonly connectionString?: string;
  readonly folder: string;
  readonly keys?: Keys;
  readonly time?: Hands;
  /** The machine's own clocks instead. */
  readonly realTime?: boolean;
  /** Asked before each sweep. */
  readonly beforeSweep?: () => Promise<void>;
};

export function openNode(base: FeatureBase, wish: NodeWish): SyncNode {
  const connectionString = wish.connectionString ?? base.database.connectionString;
  const database = openDatabase(connectionString, () => undefined, 4);
  const readers = openDatabase(connectionString, () => undefined, 2);
  const keys = wish.keys ?? base.keys;
  const log = createOrganisationLog({ db: database.db, keys });
  const time = wish.time ?? { wall: Date.now(), steady: 0 };
  const refusals: Refusal[] = [];
  const failures: unknown[] = [];
  const swept: number[] = [];
  const live = { swept, closed: 0 };
  const sync = createBarrierSync({
    ...{ database, readers: readers.pool, keys, log, folder: wish.folder, loopbackAllowed: true },
    clock: wish.realTime === true ? systemClock : { now: () => time.wall, monotonic: () => time.steady },
    writer: (source) =>
      createBarrierWriter({
        ...{ db: database.db, log, source, onCommitted: () => undefined, onRulesChanged: () => undefined },
      }),
    live: () => ({
      async changed(version) {
        await wish.beforeSweep?.();
        swept.push(version);
        sync.swept(version);
      },
      async closeAll() {
        live.closed += 1;
      },
    }),
    onRefused: (refusal) => refusals.push(refusal),
    onFailure: (error) => failures.push(error),
  });
  async function close(): Promise<void> {
    await sync.stop();
    await database.close();
    await readers.close();
  }
  return { ...sync, refusals, failures, live, time, close, [Symbol.asyncDispose]: close };
}

/** A data folder of its own. */
export function folder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "sekisho-barriers-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Whether somebody new may come in to whom, as the one admission function asks it. */
export function lets(barrier: BarrierContext, a: string, b: string): boolean {
  const classOf = (accountId: string) =>
    barrier.classOf({ kind: "account", accountId: id.account(accountId), device: "" });
  return !barrier.denyNew && !barrier.hard(classOf(a), classOf(b));
}
