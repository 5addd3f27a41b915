/** From the age of the last good contact to what may be decided with the copy (BAR-10). */
import type { BarrierFreshness, BarrierRules } from "@sekisho/domain";
import type { Age } from "./contact-age.ts";

export type SourceState = {
  /** Null: the barriers are this server's own or pushed to it; they do not age. */
  readonly pulledEvery: number | null;
  readonly age: Age | null;
  /** Whether this process has a copy that it can trust: a signed one on disk, or it saw the source answer itself. */
  readonly hasCopy: boolean;
  readonly limits: BarrierRules["staleLimits"];
};

/** A pull that takes a little longer than usual is no failure. ms. */
export const graceMs = 60_000;

const minute = 60_000;

export function isInTime(age: Age, intervalMinutes: number): boolean {
  return age.sure && age.ms <= intervalMinutes * minute + graceMs;
}

export function freshnessOf({ pulledEvery, age, hasCopy, limits }: SourceState): BarrierFreshness {
  if (pulledEvery === null) return "fresh";
  if (age === null) return "none";
  if (isInTime(age, pulledEvery)) return "fresh";
  if (!hasCopy) return "none";
  const ends = [limits.denyNewAfter, limits.closeAfter].filter((limit) => limit !== null);
  const isPast = ends.some((limit) => !age.sure || age.ms > limit * minute);
  return isPast ? "expired" : "stale";
}

/** Whether meetings in progress have to end (Q78). */
export function mustClose({ pulledEvery, age, limits }: SourceState): boolean {
  if (pulledEvery === null || age === null || limits.closeAfter === null) return false;
  return age.ms > limits.closeAfter * minute;
}
