/** How much is asked, and what comes of it. */
import type { Opened } from "./child.ts";
import type { LiveStepped, LiveSwept } from "./live/child.ts";

/** Pairs that are asked in a round, again and again: people of meetings in progress, out of the million. */
export const livePairs = 1024;
/** As many as live in 20,000 rooms: most are in no cache of the machine. */
export const coldPairs = 100_000;
export const roomSizes = [2, 10, 100, 1000] as const;

export type Measured = {
  readonly opened: Opened;
  readonly live: readonly number[];
  readonly cold: readonly number[];
  /** By the number of people inside. */
  readonly rooms: Readonly<Record<number, readonly number[]>>;
};

export type Live = {
  readonly compiled: readonly LiveStepped[];
  readonly patched: readonly LiveStepped[];
  readonly swept: readonly { readonly ours: LiveSwept; readonly maps: LiveSwept }[];
};
