/** Reads the lists from time to time: none, as long as none is named (DAT-5). */
import { takeDueFeeds } from "./feed-store.ts";
import type { PostureDeps } from "./posture-deps.ts";
import { takeFeed } from "./take-feed.ts";

export type FeedWorker = {
  /** Begins what is due, and does not wait for somebody else's server. */
  everyMinute(): void;
  stop(): Promise<void>;
};

export function createFeedWorker(deps: PostureDeps): FeedWorker {
  let running: Promise<void> | null = null;

  async function turn(): Promise<void> {
    const due = await takeDueFeeds(deps.db);
    await Promise.all(due.map((row) => takeFeed(deps, row)));
  }

  return {
    everyMinute() {
      running ??= turn()
        .catch(deps.onFailure)
        .finally(() => {
          running = null;
        });
    },
    async stop() {
      await running;
    },
  };
}
