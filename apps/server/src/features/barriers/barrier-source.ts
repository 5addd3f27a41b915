/**
 * The barriers in force, in this process's memory: folded from the versions in the database, compiled in slices, and
 * swapped as a whole (BAR-5). Never goes back to an older version than one used before on this machine, and knows nothing
 * while its database does not answer: then nobody new comes in (BAR-10).
 */
import {
  applyBarrierChanges,
  barrierContext,
  emptyBarriers,
  unknownBarriers,
  type BarrierContext,
  type BarrierFreshness,
  type BarrierIndex,
  type BarrierModel,
} from "@sekisho/domain";
import type { Pool } from "pg";
import { HttpError } from "../../platform/http/http-error.ts";
import { systemClock, type Age, type BarrierClock } from "./contact-age.ts";
import { compileInSlices, type Compilation } from "./compile-in-slices.ts";
import { createCopyKeeper } from "./copy-keeper.ts";
import { firstLoad, type Refusal } from "./first-load.ts";
import type { HighWaterMark } from "./high-water-mark.ts";
import { createPulledState } from "./pulled-state.ts";
import type { SignedCopy } from "./signed-copy.ts";
import { readHead, readVersions, type HeadSeen } from "./version-store.ts";
import type { VersionHistory } from "./version-history.ts";

export type BarrierSourceDeps = {
  /** Connections of its own: it is asked while a command holds one of the pool. */
  readonly pool: Pool;
  readonly mark: HighWaterMark;
  readonly copy: SignedCopy;
  readonly clock?: BarrierClock;
  /** Each time that what the database offers begins to be refused. */
  readonly onRefused: (refusal: Refusal) => void;
  readonly onFailure: (error: unknown) => void;
};

export type LoadedBarriers = {
  /** The newest known; of a database that has not answered lately nothing is known. */
  current(): BarrierContext;
  /** At this version or a later one. Where that cannot be had, the context lets nobody new in. Never rejects. */
  at(version: number): Promise<BarrierContext>;
  /** The model behind `current`. */
  model(): BarrierModel;
  /** Reads what is new, and answers when it is in force here. Rejects if the database does, or what it has is refused. */
  refresh(): Promise<BarrierModel>;
  freshness(): BarrierFreshness;
  /** Of the last good contact with a pulled source; null where nothing is pulled, or there has been none. */
  age(): Age | null;
  /** BAR-10: the copy is so old that meetings in progress have to end. */
  mustClose(): boolean;
  /** Why nothing is decided with what the database offers; null: it is. */
  refusal(): Refusal | null;
  /** When the copies of what has been read are on the disk. */
  settled(): Promise<void>;
};

/** Longer without an answer of the database: behind. ms. */
const behindAfterMs = 3000;

type InForce = {
  readonly model: BarrierModel;
  readonly index: BarrierIndex;
  readonly history: VersionHistory;
  readonly digest: Buffer | null;
};

type Next = Compilation & Pick<InForce, "history" | "digest">;

export function createBarrierSource(deps: BarrierSourceDeps): LoadedBarriers {
  const clock = deps.clock ?? systemClock;
  const pulled = createPulledState(clock);
  const keeper = createCopyKeeper(deps.copy, clock, deps.onFailure);
  let inForce: InForce | null = null;
  let refusal: Refusal | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;

  function refuse(reason: Refusal): void {
    if (refusal?.code !== reason.code || refusal.offered !== reason.offered) deps.onRefused(reason);
    refusal = reason;
    // What is in memory may be of a past that is gone: all is read anew once it is accepted.
    inForce = null;
    pulled.forgetCopy();
  }

  async function begin(): Promise<void> {
    // The mark first: what another process raises later is of a version that the database had before that.
    const kept = { mark: await deps.mark.read(), copy: await deps.copy.read() };
    const head = await readHead(deps.pool);
    const loaded = await firstLoad(deps.pool, head, kept);
    if ("code" in loaded) return refuse(loaded);
    if (loaded.copy !== null && loaded.copy.lastContactAt !== null) pulled.foundCopy();
    const { model, history } = loaded;
    await swap({ model, history, digest: head.digest, before: null, changes: [] });
    refusal = null;
    seen(head);
  }

  async function goOn(before: InForce): Promise<void> {
    const head = await readHead(deps.pool);
    const { version } = before.model;
    if (head.version < version) return refuse({ code: "rolledBack", offered: head.version, seen: version });
    if (head.version === version && head.digest?.equals(before.digest ?? Buffer.alloc(0)) === false)
      return refuse({ code: "otherPast", offered: version, seen: version });
    if (head.version > version) await advance(before, head);
    seen(head);
  }

  async function advance(before: InForce, head: HeadSeen): Promise<void> {
    const history = before.history.copy();
    let { model } = before;
    const rows = await readVersions(deps.pool, model.version, head.version);
    for (const row of rows) {
      model = applyBarrierChanges(model, row.version, row.changes);
      history.add(row);
    }
    if (model.version !== head.version) throw new Error("a version of the barriers is missing");
    const changes = rows.flatMap((row) => row.changes);
    await swap({ model, history, digest: head.digest, before: before.index, changes });
  }

  /** In force only when the disk knows that it was: a restart never goes back behind it. */
  async function swap({ history, digest, ...next }: Next): Promise<void> {
    const { model } = next;
    const mark = { version: model.version, history: history.value() };
    const raised = mark.version === 0 ? null : deps.mark.raise(mark);
    const [index] = await Promise.all([compileInSlices(next), raised]);
    inForce = { model, index, history, digest };
  }

  function seen(head: HeadSeen): void {
    pulled.observe(head.upstream);
    lookedAt = clock.monotonic();
    if (inForce === null || freshness() === "none") return;
    const { model, history } = inForce;
    const lastContactAt = pulled.lastContactAt();
    keeper.keep({ model, history: history.value(), lastContactAt });
  }

  const look = oneAtATime(async () => {
    await (inForce === null ? begin() : goOn(inForce));
    if (inForce === null) throw new HttpError("busy");
    return inForce.model;
  });

  const limits = () => (inForce?.model ?? emptyBarriers).rules.staleLimits;
  const freshness = (): BarrierFreshness => (inForce === null ? "none" : pulled.freshness(limits()));
  const isBehind = () => clock.monotonic() - lookedAt > behindAfterMs;

  function current(): BarrierContext {
    return inForce === null || isBehind() ? unknownBarriers : barrierContext(inForce.index, freshness());
  }

  return {
    current,
    freshness,
    model: () => inForce?.model ?? emptyBarriers,
    refresh: look,
    age: () => pulled.age(),
    mustClose: () => inForce !== null && inForce.model.rules.on && pulled.mustClose(limits()),
    refusal: () => refusal,
    settled: () => keeper.settled(),
    async at(version) {
      // A lower number than is known here may be a database put back: looked at before anybody comes in by it.
      if (inForce?.model.version === version && !isBehind()) return current();
      try {
        const { version: known } = await look();
        return known >= version ? current() : unknownBarriers;
      } catch (error) {
        if (refusal === null) deps.onFailure(error);
        return unknownBarriers;
      }
    },
  };
}

/** Whoever asks while a look is under way may not have been seen by it, and shares the next one. */
function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | null = null;
  return () => {
    next ??= running.then(() => {
      const mine = work();
      running = mine.catch(() => undefined);
      next = null;
      return mine;
    });
    return next;
  };
}
