/** Time in the meetings: places not come back to, hosts gone too long, rooms left empty; and the tidying up. */
import { applyBarriers, decide, isBehindRules, type GateLimits } from "@sekisho/domain";
import { newId } from "../../platform/random.ts";
import type { InstanceRow, Instances } from "./instances.ts";
import type { BarrierSource } from "./ports.ts";
import type { Runner } from "./runner.ts";

export type TickerDeps = {
  readonly barriers: BarrierSource;
  readonly instances: Instances;
  readonly runner: Runner;
  readonly limits: GateLimits;
  readonly clock: { now(): number };
  /** Each about once a second, at most one run at a time. */
  readonly everySecond: () => Promise<void>;
  readonly everyMinute: () => Promise<void>;
  readonly onFailure: (error: unknown) => void;
};

export type Ticker = { stop(): Promise<void> };

export function startTicker(deps: TickerDeps): Ticker {
  let running: Promise<void> | null = null;
  let lastMinute = 0;

  async function look(row: InstanceRow): Promise<void> {
    const state = await deps.runner.read(row.instanceId);
    if (state === null) return;
    const command = { type: "clock.tick", scheduledEnd: row.endsAt } as const;
    // Asked first without a transaction; what is due is decided again behind the lock.
    const barrier = deps.barriers.current();
    const now = deps.clock.now();
    const due = decide(state, command, { now, newId, actor: null, limits: deps.limits, barrier });
    // A sweep that the process of a change could not finish is finished by the clock of another (BAR-5).
    const swept = isBehindRules(state, barrier) || applyBarriers(state, barrier).length > 0;
    if (swept || (due.kind === "accepted" && due.events.length > 0))
      await deps.runner.run(row.instanceId, command, null);
  }

  async function tick(): Promise<void> {
    for (const row of await deps.instances.unfinished()) await look(row);
    await deps.everySecond();
    if (deps.clock.now() - lastMinute < 60_000) return;
    lastMinute = deps.clock.now();
    await deps.everyMinute();
  }

  const timer = setInterval(() => {
    running ??= tick()
      .catch(deps.onFailure)
      .finally(() => {
        running = null;
      });
  }, 1000);

  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
