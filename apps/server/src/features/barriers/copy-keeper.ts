/** Keeps the signed copy on disk behind what is in force: one write at a time, and then only the newest (BAR-10). */
import type { BarrierModel } from "@sekisho/domain";
import type { BarrierClock } from "./contact-age.ts";
import type { SignedCopy } from "./signed-copy.ts";

export type Kept = {
  readonly model: BarrierModel;
  readonly history: string;
  readonly lastContactAt: number | null;
};

export type CopyKeeper = {
  keep(kept: Kept): void;
  settled(): Promise<void>;
};

export function createCopyKeeper(
  copy: SignedCopy,
  clock: BarrierClock,
  onFailure: (error: unknown) => void,
): CopyKeeper {
  let written: Kept | null = null;
  let wanted: Kept | null = null;
  let writing: Promise<void> | null = null;

  async function write(): Promise<void> {
    for (let next = wanted; next !== null && next !== written; next = wanted) {
      await copy.write({ ...next, writtenAt: clock.now() });
      written = next;
    }
  }

  return {
    keep(kept) {
      const last = wanted ?? written;
      if (last?.history === kept.history && last.lastContactAt === kept.lastContactAt) return;
      wanted = kept;
      writing ??= write()
        .catch((error: unknown) => {
          // The next look asks again.
          wanted = null;
          onFailure(error);
        })
        .finally(() => {
          writing = null;
        });
    },
    async settled() {
      await writing;
    },
  };
}
