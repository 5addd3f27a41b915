/** Committed and applied are two things and never said for one another (BAR-11). */
import type { BarrierStatus } from "@sekisho/contract";

export type Progress =
  | { readonly kind: "off" }
  | { readonly kind: "applied"; readonly nodes: number; readonly version: number }
  /** Every node has it; meetings in progress are still being gone through. */
  | { readonly kind: "sweeping"; readonly version: number }
  | {
      readonly kind: "spreading";
      readonly version: number;
      readonly nodes: number;
      readonly have: number;
      readonly missing: readonly string[];
    };

export function progressOf({ rules, version, applied, nodes }: BarrierStatus): Progress {
  if (!rules.on && version === 0) return { kind: "off" };
  if (applied) return { kind: "applied", nodes: nodes.length, version };
  const missing = nodes.filter((node) => node.version < version);
  if (missing.length === 0) return { kind: "sweeping", version };
  const have = nodes.length - missing.length;
  return { kind: "spreading", version, nodes: nodes.length, have, missing: missing.map(({ name }) => name) };
}

/** How often to look again, in ms: closely until the version is everywhere. */
export function lookAgain(status: BarrierStatus | undefined): number {
  return status !== undefined && !status.applied ? 2000 : 20_000;
}

export type StaleKey = "stale" | "stale.denyNew" | "stale.close" | "expired" | "none";

/** The banner for a source that cannot be reached; null while everything is fresh (BAR-10). */
export function staleOf({ rules, freshness }: BarrierStatus): StaleKey | null {
  if (!rules.on || freshness === "fresh") return null;
  if (freshness !== "stale") return freshness;
  if (rules.staleLimits.denyNewAfter !== null) return "stale.denyNew";
  return rules.staleLimits.closeAfter === null ? "stale" : "stale.close";
}

/** BAR-9: groups by hand are off while barriers are on, unless the setting allows them. */
export function mayEditGroups({ mayEdit, rules }: BarrierStatus): boolean {
  return mayEdit && (!rules.on || rules.manualGroupEdits);
}
