/**
 * What happens by the clock (BAR-10, BAR-11): a look at the database every second as a net under the notices, the sign of
 * life of this process, a pull that is due, and the end of meetings whose barriers are too old.
 */
import type { BarrierFreshness } from "@sekisho/domain";
import type { LoadedBarriers } from "./barrier-source.ts";
import type { BarrierNodes } from "./nodes.ts";
import type { Pull } from "./pull.ts";

/** The meetings in progress. */
export type LivePort = {
  /** Sweeps every meeting for this version (BAR-5). */
  changed(version: number): Promise<void>;
  /** Ends every meeting with people of the organisation in it. */
  closeAll(): Promise<void>;
};

export type WatchDeps = {
  readonly source: LoadedBarriers;
  readonly nodes: BarrierNodes;
  readonly pull: Pull;
  readonly live: () => LivePort;
  /** On record: from when to when this process decided with how fresh a copy (BAR-15). */
  readonly noteFreshness: (freshness: BarrierFreshness) => Promise<void>;
  readonly keepAge: (contacts: number, ms: number) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
};

export type Watch = {
  /** The first look. A database that does not answer, or an older one, does not keep the server from starting. */
  start(): Promise<void>;
  /** Every meeting has been swept for this version by this process. */
  swept(version: number): void;
  stop(): Promise<void>;
};

const everyMs = 1000;
const keepAgeEveryMs = 15_000;
const closeEveryMs = 5000;

export function createWatch(deps: WatchDeps): Watch {
  const { source, nodes } = deps;
  let sweptFor = 0;
  let noted: BarrierFreshness = "fresh";
  let timer: NodeJS.Timeout | null = null;
  const underWay = new Set<Promise<void>>();
  const once = {
    look: single(look),
    sweep: single(sweep),
    pull: single(deps.pull.whenDue),
    close: single(close),
  };
  const last = { kept: 0, closed: 0 };

  let beating: Promise<unknown> = Promise.resolve();
  /** One after the other, each with what is so when it is sent: none overtakes a newer one. */
  function beat(): Promise<void> {
    const mine = beating.then(() => nodes.beat({ version: source.model().version, swept: sweptFor }));
    beating = mine.catch(() => undefined);
    return mine;
  }

  async function look(): Promise<void> {
    await source.refresh().catch((error: unknown) => {
      // Refused: this process is alive and has nothing, and says so.
      if (source.refusal() === null) throw error;
    });
    await beat();
    await noteFreshness();
    await keepAge();
    if (source.refusal() === null && sweptFor < source.model().version) once.sweep();
    if (source.mustClose()) once.close();
    once.pull();
  }

  /** The notice was not heard, or the sweep did not come to its end. */
  async function sweep(): Promise<void> {
    await deps.live().changed(source.model().version);
  }

  async function close(): Promise<void> {
    if (performance.now() - last.closed < closeEveryMs && last.closed !== 0) return;
    last.closed = performance.now();
    await deps.live().closeAll();
  }

  async function noteFreshness(): Promise<void> {
    const freshness = source.freshness();
    if (freshness === noted) return;
    await deps.noteFreshness(freshness);
    noted = freshness;
  }

  async function keepAge(): Promise<void> {
    const age = source.age();
    if (age === null || performance.now() - last.kept < keepAgeEveryMs) return;
    last.kept = performance.now();
    await deps.keepAge(age.contacts, age.ms);
  }

  /** One run at a time; a failure is told, and the next second tries again. */
  function single(work: () => Promise<void>): () => void {
    let running: Promise<void> | null = null;
    return () => {
      if (running !== null || timer === null) return;
      const mine = work()
        .catch(deps.onFailure)
        .finally(() => {
          running = null;
          underWay.delete(mine);
        });
      running = mine;
      underWay.add(mine);
    };
  }

  return {
    async start() {
      await source.refresh().then(beat).catch(deps.onFailure);
      timer = setInterval(once.look, everyMs);
    },
    swept(version) {
      sweptFor = Math.max(sweptFor, version);
      beat().catch(deps.onFailure);
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      // Nothing begins any more; what runs comes to its end.
      timer = null;
      await Promise.all([...underWay, beating]);
      await source.settled();
      await nodes.leave().catch(deps.onFailure);
    },
  };
}
