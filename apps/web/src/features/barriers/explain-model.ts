/** One sentence and its reasons, from what the server found out about two people (BAR-11). */
import type { BarrierExplanation } from "@sekisho/contract";
import { softFlags } from "./flags.ts";

export type VerdictKey =
  | "verdict.off"
  | "verdict.same"
  | "verdict.meet"
  | "verdict.limited"
  | "verdict.blocked";

export function verdictKey({ on, why, flags }: BarrierExplanation): VerdictKey {
  if (why === "samePerson") return "verdict.same";
  if (!on || why === "off") return "verdict.off";
  if (flags.includes("meeting")) return "verdict.blocked";
  return softFlags.some((flag) => flags.includes(flag)) ? "verdict.limited" : "verdict.meet";
}

export interface Asked {
  readonly a: string;
  readonly b: string;
  /** ms; null: now. */
  readonly at: number | null;
}

/** An instant from a date and a time of the viewer's own clock; null where there is none. */
export function instantOf(date: string, time: string): number | null {
  const at = new Date(`${date}T${time}`).getTime();
  return Number.isNaN(at) ? null : at;
}

/** `2026-11-22` and `15:58` on the viewer's own clock. */
export function clockOf(at: number): { readonly date: string; readonly time: string } {
  const local = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return {
    date: `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`,
    time: `${two(local.getHours())}:${two(local.getMinutes())}`,
  };
}
