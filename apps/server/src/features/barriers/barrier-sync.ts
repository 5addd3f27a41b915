/**
 * Where the barriers come from, how fresh they are, and who has them: the source, the copies on disk, the pull, the
 * processes (BAR-10, BAR-11). Put together here; the portal and the meetings talk to it.
 */
import type { BarrierFreshness } from "@sekisho/domain";
import { hostname } from "node:os";
import type { Pool } from "pg";
import type { DatabaseHandle } from "../../platform/db/database.ts";
import type { OrganisationLog } from "../../platform/evidence/organisation-log.ts";
import type { BoundRoute } from "../../platform/http/binder.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { newId } from "../../platform/random.ts";
import type { BarrierHealth } from "./barriers-deps.ts";
import { createBarrierSource, type LoadedBarriers } from "./barrier-source.ts";
import type { BarrierWriter } from "./barrier-writer.ts";
import { systemClock, type BarrierClock } from "./contact-age.ts";
import { createHighWaterMark } from "./high-water-mark.ts";
import { createBarrierNodes, type BarrierNodes } from "./nodes.ts";
import { createPull, type Pull } from "./pull.ts";
import type { Refusal } from "./first-load.ts";
import { createSignedCopy } from "./signed-copy.ts";
import { groupsAreSynced, lastSync } from "./sync-log.ts";
import { noteAge } from "./upstream-store.ts";
import { upstreamRoutes } from "./upstream-routes.ts";
import { createWatch, type LivePort } from "./watch.ts";

export type BarrierSyncDeps = {
  readonly database: DatabaseHandle;
  /** Connections of its own: it is asked while a command holds one of `database`. */
  readonly readers: Pool;
  readonly keys: Keys;
  readonly log: OrganisationLog;
  /** On this machine's disk: what was seen, and the last synced copy. */
  readonly folder: string;
  /** Whether a policy server on this machine may be asked: only where the whole product is on this machine alone. */
  readonly loopbackAllowed: boolean;
  readonly writer: (source: LoadedBarriers) => BarrierWriter;
  readonly live: () => LivePort;
  readonly clock?: BarrierClock;
  readonly onRefused: (refusal: Refusal) => void;
  readonly onFailure: (error: unknown) => void;
};

export type BarrierSync = {
  readonly source: LoadedBarriers;
  readonly writer: BarrierWriter;
  readonly nodes: BarrierNodes;
  readonly pull: Pull;
  readonly routes: readonly BoundRoute[];
  /** For the portal's status. */
  readonly health: BarrierHealth;
  /** Every meeting has been swept for this version by this process. */
  swept(version: number): void;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export function createBarrierSync(deps: BarrierSyncDeps): BarrierSync {
  const { database, readers, keys, log, folder, loopbackAllowed, onFailure } = deps;
  const { db, pool } = database;
  const clock = deps.clock ?? systemClock;
  const source = createBarrierSource({
    ...{ pool: readers, clock, onFailure, onRefused: deps.onRefused },
    mark: createHighWaterMark(folder, keys),
    copy: createSignedCopy(folder, keys),
  });
  const writer = deps.writer(source);
  const processId = newId();
  const name = `${hostname()} ${processId.slice(0, 6)}`;
  const nodes = createBarrierNodes(pool, { id: processId, name });
  const pull = createPull({ db, pool, keys, log, writer, source, clock, loopbackAllowed, onFailure });
  const keepAge = (contacts: number, ms: number) => noteAge(db, contacts, ms);
  const noteFreshness = (freshness: BarrierFreshness) =>
    db.transaction().execute((trx) => {
      const refusal = source.refusal();
      const data = { node: name, freshness, version: source.model().version, refusal };
      return log.append(trx, { type: "barrier.freshnessChanged", actor: { kind: "server" }, data });
    });
  const watch = createWatch({ source, nodes, pull, live: deps.live, noteFreshness, keepAge, onFailure });
  const onChanged = async () => {
    await source.refresh();
  };
  return {
    source,
    writer,
    nodes,
    pull,
    routes: upstreamRoutes({
      ...{ db, keys, log, pull, loopbackAllowed, onChanged },
      freshness: source.freshness,
    }),
    health: {
      freshness: source.freshness,
      ageMinutes() {
        const age = source.age();
        return age === null ? null : Math.floor(age.ms / 60_000);
      },
      nodes: nodes.status,
      lastSync: () => lastSync(db),
      syncedGroups: () => groupsAreSynced(db),
    },
    swept: watch.swept,
    start: watch.start,
    stop: watch.stop,
  };
}
