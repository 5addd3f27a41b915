/** How much one API client may ask in a second, told in headers on every answer (BAR-12). Counted in this process. */
import type { RateCategory } from "@sekisho/contract";

export type RatesPerSecond = Readonly<Record<RateCategory, number>>;

export const usualRates: RatesPerSecond = { Light: 80, Medium: 60, Heavy: 20 };

export type RateState = {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
};

export type Rates = { take(clientId: string, category: RateCategory): RateState };

const windowMs = 1000;
const most = 10_000;

export function createRates(perSecond: RatesPerSecond, now: () => number = Date.now): Rates {
  const counts = new Map<string, { window: number; used: number }>();
  return {
    take(clientId, category) {
      const window = Math.floor(now() / windowMs);
      const key = `${category}:${clientId}`;
      const before = counts.get(key);
      const used = before?.window === window ? before.used + 1 : 1;
      if (counts.size > most) counts.clear();
      counts.set(key, { window, used });
      const limit = perSecond[category];
      return { allowed: used <= limit, limit, remaining: Math.max(0, limit - used) };
    },
  };
}
