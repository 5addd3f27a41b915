/** What saving would do, as rows; and what has moved between the numbers that were shown and those of now (BAR-11). */
import type { BarrierImpact } from "@sekisho/contract";

export type ImpactRowId = "removed" | "restricted" | "upcoming";

export interface ImpactRow {
  readonly id: ImpactRowId;
  readonly count: number;
  /** For the second line. */
  readonly other: number;
}

/** The first and the third always stand, as a zero is an answer too; what is restricted only where something is. */
export function impactRows({ live, upcoming }: BarrierImpact): readonly ImpactRow[] {
  const rows: ImpactRow[] = [
    { id: "removed", count: live.removed, other: live.meetings },
    { id: "restricted", count: live.restricted, other: 0 },
    { id: "upcoming", count: upcoming.meetings, other: upcoming.people },
  ];
  return rows.filter(({ id, count }) => id !== "restricted" || count > 0);
}

export interface Moved {
  readonly key: "moved.removed" | "moved.restricted" | "moved.upcoming" | "moved.people" | "moved.other";
  readonly before: number;
  readonly now: number;
}

/** The first number that differs, most pressing first; `moved.other` where the same numbers mean other people. */
export function movedBetween(before: BarrierImpact, now: BarrierImpact): Moved {
  const pairs = [
    ["moved.removed", before.live.removed, now.live.removed],
    ["moved.restricted", before.live.restricted, now.live.restricted],
    ["moved.upcoming", before.upcoming.meetings, now.upcoming.meetings],
    ["moved.people", before.upcoming.people, now.upcoming.people],
  ] as const;
  const found = pairs.find(([, was, is]) => was !== is);
  if (found === undefined) return { key: "moved.other", before: 0, now: 0 };
  const [key, was, is] = found;
  return { key, before: was, now: is };
}
