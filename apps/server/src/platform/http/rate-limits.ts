/**
 * Limits that survive a restart and hold across processes (IDN-6): counters in the database, in fixed windows. They
 * fail closed: where the count cannot be read, nobody goes through. Frequent, harmless calls are counted in memory.
 */
import { sql } from "kysely";
import type { Db } from "../db/database.ts";
import { HttpError } from "./http-error.ts";

export type Limit = { readonly max: number; readonly windowSeconds: number };

export type RateLimits = {
  /** Takes one; throws `too_many_tries` with the seconds to wait. `bucket`: e.g. `signIn:ip:203.0.113.7`. */
  take(bucket: string, limit: Limit): Promise<void>;
  /** Gives one back: a passcode or password that was right does not count as a try. */
  giveBack(bucket: string, limit: Limit): Promise<void>;
  /** In this process only; for reads and commands of people who are known already. */
  takeLocal(bucket: string, limit: Limit): void;
};

export function createRateLimits(db: Db, now: () => number): RateLimits {
  const local = new Map<string, { window: number; used: number }>();
  function windowOf(limit: Limit): { start: Date; secondsLeft: number } {
    const size = limit.windowSeconds * 1000;
    const start = Math.floor(now() / size) * size;
    return { start: new Date(start), secondsLeft: Math.ceil((start + size - now()) / 1000) };
  }

  /** Counts of windows that are over go first, then the oldest; never everybody's at once. */
  function forgetSome(now: number): void {
    for (const [bucket, entry] of local) if (entry.window < now) local.delete(bucket);
    for (const bucket of local.keys()) {
      if (local.size <= 40_000) return;
      local.delete(bucket);
    }
  }

  return {
    async take(bucket, limit) {
      const { start, secondsLeft } = windowOf(limit);
      const row = await db
        .insertInto("rate_limit")
        .values({ bucket, window_start: start, used: 1 })
        .onConflict((conflict) =>
          conflict.columns(["bucket", "window_start"]).doUpdateSet({ used: sql`rate_limit.used + 1` }),
        )
        .returning("used")
        .executeTakeFirstOrThrow();
      if (row.used > limit.max) throw new HttpError("too_many_tries", { retryAfterSeconds: secondsLeft });
    },
    async giveBack(bucket, limit) {
      const { start } = windowOf(limit);
      await db
        .updateTable("rate_limit")
        .set({ used: sql`greatest(used - 1, 0)` })
        .where("bucket", "=", bucket)
        .where("window_start", "=", start)
        .execute();
    },
    takeLocal(bucket, limit) {
      const { start, secondsLeft } = windowOf(limit);
      if (local.size > 50_000) forgetSome(start.getTime());
      const entry = local.get(bucket);
      const used = entry?.window === start.getTime() ? entry.used + 1 : 1;
      local.set(bucket, { window: start.getTime(), used });
      if (used > limit.max) throw new HttpError("too_many_tries", { retryAfterSeconds: secondsLeft });
    },
  };
}

/** Old windows are of no use; called now and then. */
export async function forgetOldWindows(db: Db): Promise<void> {
  await db
    .deleteFrom("rate_limit")
    .where("window_start", "<", new Date(Date.now() - 24 * 3600 * 1000))
    .execute();
}
