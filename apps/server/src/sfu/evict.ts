import type { Sfu } from "./sfu.ts";

/** Milliseconds after the first removal at which it is repeated: a join in flight can open after it. */
const repeats = [250, 1_000, 3_500] as const;

export type Evictor = {
  /**
   * Removes a participant now and three times more (ADM-8). Idempotent. Resolves after the first attempt, whether
   * it found somebody or not; rejects never: failures are reported, and the next repeat tries again.
   */
  readonly evict: (sfuRoom: string, identity: string) => Promise<void>;
  /** Cancels the repeats, at shutdown. */
  readonly stop: () => void;
};

export function createEvictor(sfu: Sfu, onFailure: (error: unknown) => void): Evictor {
  const timers = new Set<NodeJS.Timeout>();
  const remove = (sfuRoom: string, identity: string) =>
    sfu.removeParticipant(sfuRoom, identity).then(() => undefined, onFailure);

  return {
    async evict(sfuRoom, identity) {
      for (const delay of repeats) {
        const timer = setTimeout(() => {
          timers.delete(timer);
          void remove(sfuRoom, identity);
        }, delay);
        timer.unref();
        timers.add(timer);
      }
      await remove(sfuRoom, identity);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
