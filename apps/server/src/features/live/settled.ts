/**
 * Whether the SFU has done what the log asked of it. Nobody new connects before: somebody who comes in must not be sent
 * a share that a soft block has just ended, nor meet somebody who has just been removed (BAR-4, I6, I17).
 */
import type { Pool } from "pg";

/** False if it was not so within the time; the same for a database that does not answer. */
export type Settled = (instanceId: string) => Promise<boolean>;

const withinMs = 2000;
const lookEveryMs = 20;

export function createSettled(pool: Pool): Settled {
  async function outstanding(instanceId: string): Promise<boolean> {
    const { rowCount } = await pool.query(
      "select 1 from sfu_effect where instance_id = $1 and kind in ('sync', 'evict') limit 1",
      [instanceId],
    );
    return rowCount !== 0;
  }

  return async (instanceId) => {
    const until = performance.now() + withinMs;
    while (await outstanding(instanceId)) {
      if (performance.now() > until) return false;
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
    return true;
  };
}
