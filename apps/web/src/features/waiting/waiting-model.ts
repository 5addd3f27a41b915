import type { AdmissionView } from "@sekisho/contract";

export type WaitingView = Extract<AdmissionView, { state: "waiting" }>;
export type WaitingKind = "early" | "back" | "rules" | "waiting";

/** After this the page adds whom to contact (ms). */
export const LONG_MS = 10 * 60_000;

/** A lock and an absent host look the same as waiting (ADM-5, ADM-7). */
export function waitingKind(view: Pick<WaitingView, "hostStarted" | "sentBack" | "byRules">): WaitingKind {
  if (view.sentBack) return view.byRules === true ? "rules" : "back";
  return view.hostStarted ? "waiting" : "early";
}

export function waitsLong(requestedAt: number, now: number): boolean {
  return now - requestedAt >= LONG_MS;
}
