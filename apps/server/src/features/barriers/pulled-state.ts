/** What a process knows of the pulled source: how old its last good contact is, and whether there is a copy of it (BAR-10). */
import type { BarrierFreshness, BarrierRules } from "@sekisho/domain";
import { createContactAge, type Age, type BarrierClock } from "./contact-age.ts";
import { freshnessOf, isInTime, mustClose, type SourceState } from "./freshness.ts";
import type { UpstreamSeen } from "./version-store.ts";

type Limits = BarrierRules["staleLimits"];

export type PulledState = {
  observe(upstream: UpstreamSeen | null): void;
  /** A signed copy of a contact was on the disk. */
  foundCopy(): void;
  forgetCopy(): void;
  freshness(limits: Limits): BarrierFreshness;
  mustClose(limits: Limits): boolean;
  age(): Age | null;
  lastContactAt(): number | null;
};

export function createPulledState(clock: BarrierClock): PulledState {
  const contactAge = createContactAge(clock);
  let upstream: UpstreamSeen | null = null;
  let hasCopy = false;

  const pulledEvery = () => (upstream?.enabled === true ? upstream.intervalMinutes : null);
  const stateOf = (limits: Limits): SourceState => ({
    pulledEvery: pulledEvery(),
    age: contactAge.age(),
    hasCopy,
    limits,
  });

  return {
    observe(next) {
      upstream = next;
      const at = next?.lastContactAt ?? null;
      contactAge.observe(
        next === null || at === null ? null : { contacts: next.contacts, at, floor: next.ageFloor },
      );
      const age = contactAge.age();
      // Seen to answer in time: what is in memory is the last synced copy from now on.
      if (age !== null && next?.enabled === true && isInTime(age, next.intervalMinutes)) hasCopy = true;
    },
    foundCopy() {
      hasCopy = true;
    },
    forgetCopy() {
      hasCopy = false;
    },
    freshness: (limits) => freshnessOf(stateOf(limits)),
    mustClose: (limits) => mustClose(stateOf(limits)),
    age: () => (pulledEvery() === null ? null : contactAge.age()),
    lastContactAt: () => upstream?.lastContactAt ?? null,
  };
}
