/** What single groups forbid each other under some policies; for comparing sets of groups before anything is compiled. */
import type { GroupId } from "../ids.ts";
import { noFlags, type BarrierMask } from "./flags.ts";
import type { BarrierPolicy, BarrierRules } from "./model.ts";

type Side = GroupId | typeof withoutGroup;
type Row = ReadonlyMap<Side, BarrierMask>;

/** People of the organisation without a group (BAR-7). No id is empty. */
const withoutGroup = "";

export type GroupRelation = {
  /**
   * True if whoever counts in `strong` is kept from everybody from whom somebody who counts in `weak` is, by all the same
   * flags. No groups at all: an account without a group (BAR-7), not an outsider.
   */
  dominates(strong: readonly GroupId[], weak: readonly GroupId[]): boolean;
  /** False if members of this group may do everything with everybody. */
  isNamed(groupId: GroupId): boolean;
};

export function relationOf(
  policies: Iterable<BarrierPolicy>,
  ungrouped: BarrierRules["ungrouped"],
): GroupRelation {
  const rows = rowsOf(policies, ungrouped);
  const rowOf = (side: Side): Row => rows.get(side) ?? new Map();
  return {
    dominates(strong, weak) {
      const strongRows = sidesOf(strong).map(rowOf);
      return sidesOf(weak).every((side) => {
        for (const [other, mask] of rowOf(side)) {
          const covered = strongRows.reduce((sum, row) => sum | (row.get(other) ?? noFlags), noFlags);
          if ((mask & ~covered) !== 0) return false;
        }
        return true;
      });
    },
    isNamed: (groupId) => rowOf(groupId).size > 0,
  };
}

function sidesOf(groups: readonly GroupId[]): readonly Side[] {
  return groups.length === 0 ? [withoutGroup] : groups;
}

function rowsOf(policies: Iterable<BarrierPolicy>, ungrouped: BarrierRules["ungrouped"]) {
  const rows = new Map<Side, Map<Side, BarrierMask>>();
  const put = (from: Side, to: Side, mask: BarrierMask) => {
    const row = rows.get(from) ?? new Map<Side, BarrierMask>();
    rows.set(from, row.set(to, (row.get(to) ?? noFlags) | mask));
  };
  const add = (a: Side, b: Side, mask: BarrierMask) => {
    put(a, b, mask);
    if (a !== b) put(b, a, mask);
  };
  for (const { enabled, mask, a, b } of policies) {
    if (!enabled || mask === noFlags) continue;
    add(a, b, mask);
    if (ungrouped !== "inherit") continue;
    for (const side of [a, b, withoutGroup] as const) add(withoutGroup, side, mask);
  }
  return rows;
}
