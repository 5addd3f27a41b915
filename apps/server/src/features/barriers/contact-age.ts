/**
 * How long ago a pulled source last answered well (BAR-10, Q78, Q80). Two clocks, and the larger counts: the monotonic
 * one since this process saw it, and the wall clock, which lasts over a restart. A clock put back never makes it younger.
 */

export type BarrierClock = {
  /** ms since 1970 UTC; may jump. */
  now(): number;
  /** ms since some moment; never goes back. */
  monotonic(): number;
};

export const systemClock: BarrierClock = { now: () => Date.now(), monotonic: () => performance.now() };

/** As the database keeps it. */
export type Contact = {
  /** How many good contacts there have been. */
  readonly contacts: number;
  /** ms since 1970 UTC, by the clock of the process that asked. */
  readonly at: number;
  /** ms that had certainly passed since, at some time. */
  readonly floor: number;
};

/** `sure` false: at least so old, perhaps much older. */
export type Age = { readonly ms: number; readonly sure: boolean; readonly contacts: number };

export type ContactAge = {
  /** What the database says now; null: no contact yet. `seenBefore`: monotonic time of the look before this one. */
  observe(contact: Contact | null): void;
  /** Null: there has been no good contact. */
  age(): Age | null;
};

/** A clock may be corrected by this much without anybody having put it back. */
const correctionMs = 60_000;

type Seen = {
  readonly contacts: number;
  readonly at: number;
  readonly base: number;
  readonly since: number;
  readonly sure: boolean;
};

export function createContactAge(clock: BarrierClock): ContactAge {
  let seen: Seen | null = null;
  let lookedAt: number | null = null;

  function first(contact: Contact, since: number): Seen {
    const wall = clock.now() - contact.at;
    const base = Math.max(wall, contact.floor, 0);
    return { ...contact, base, since, sure: wall >= -correctionMs };
  }

  return {
    observe(contact) {
      const since = clock.monotonic();
      const lastLook = lookedAt;
      lookedAt = since;
      if (contact === null) seen = null;
      else if (lastLook === null || (seen !== null && contact.contacts < seen.contacts))
        seen = first(contact, since);
      // It happened after the look before this one: no clock but our own is needed.
      else if (seen?.contacts !== contact.contacts)
        seen = { ...contact, base: since - lastLook, since, sure: true };
    },
    age() {
      if (seen === null) return null;
      const steady = clock.monotonic();
      const ms = Math.max(seen.base + steady - seen.since, clock.now() - seen.at);
      // Once so old, never younger: a clock that is put right again is a clock that is put back.
      seen = { ...seen, base: ms, since: steady };
      return { ms, sure: seen.sure, contacts: seen.contacts };
    },
  };
}
