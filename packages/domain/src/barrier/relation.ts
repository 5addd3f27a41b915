/** What single groups forbid each other under some policies; for comparing sets of groups before anything is compiled. */
import type { GroupId } from "../ids.ts";
import { noFlags, type BarrierMask } from "./flags.ts";
import type { BarrierPolicy, BarrierRules } from "./model.ts";

export type GroupRelation = {
  /**
   * True if whoever counts in `strong` is kept from everybody from whom somebody who counts in `weak` is, by all the same
   * flags. No groups at all: an account without a group (BAR-7), not an outsider.
   */
  dominates(strong: readonly GroupId[], weak: readonly GroupId[]): boolean;
  /** False if members of this group may do everything with everybody. */
  isNamed(groupId: GroupId): boolean;
};

/** Worked out when first asked: most edits touch policies alone. */
export function relationOf(
  policies: Iterable<BarrierPolicy>,
  ungrouped: BarrierRules["ungrouped"],
): GroupRelation {
  let known: Rows | null = null;
  const rows = () => (known ??= rowsOf(policies));
  const inherits = ungrouped === "inherit";
  return {
    dominates(strong, weak) {
      if (weak.length === 0 && (strong.length === 0 || !inherits)) return true;
      if (weak.length > 0 && weak.every((one) => strong.includes(one))) return true;
      if (strong.length === 0) return inherits || !weak.some((one) => rows().between.has(one));
      return weak.length === 0 ? coversUngrouped(rows(), strong) : covers(rows(), strong, weak, inherits);
    },
    isNamed: (groupId) => rows().between.has(groupId),
  };
}

type Rows = {
  readonly between: ReadonlyMap<GroupId, ReadonlyMap<GroupId, BarrierMask>>;
  /** The union of a group's row: what an account without a group inherits towards it. */
  readonly unions: ReadonlyMap<GroupId, BarrierMask>;
  /** What two accounts without a group inherit. */
  readonly total: BarrierMask;
};

function rowsOf(policies: Iterable<BarrierPolicy>): Rows {
  const between = new Map<GroupId, Map<GroupId, BarrierMask>>();
  const unions = new Map<GroupId, BarrierMask>();
  let total = noFlags;
  const put = (from: GroupId, to: GroupId, mask: BarrierMask) => {
    const row = between.get(from) ?? new Map<GroupId, BarrierMask>();
    if (row.size === 0) between.set(from, row);
    row.set(to, (row.get(to) ?? noFlags) | mask);
    unions.set(from, (unions.get(from) ?? noFlags) | mask);
  };
  for (const { enabled, mask, a, b } of policies) {
    if (!enabled || mask === noFlags) continue;
    total |= mask;
    put(a, b, mask);
    if (a !== b) put(b, a, mask);
  }
  return { between, unions, total };
}

function covers(
  { between, unions }: Rows,
  strong: readonly GroupId[],
  weak: readonly GroupId[],
  inherits: boolean,
): boolean {
  const strongRows = strong.map((one) => between.get(one));
  const towards = (other: GroupId) =>
    strongRows.reduce((sum, row) => sum | (row?.get(other) ?? noFlags), noFlags);
  const toUngrouped = unionOf(unions, strong);
  return weak.every((one) => {
    if (inherits && ((unions.get(one) ?? noFlags) & ~toUngrouped) !== 0) return false;
    for (const [other, mask] of between.get(one) ?? []) if ((mask & ~towards(other)) !== 0) return false;
    return true;
  });
}

/** Whether somebody in these groups is kept from all that an account without one is kept from. */
function coversUngrouped({ between, unions, total }: Rows, strong: readonly GroupId[]): boolean {
  if ((total & ~unionOf(unions, strong)) !== 0) return false;
  const strongRows = strong.map((one) => between.get(one));
  for (const [other, mask] of unions)
    if ((mask & ~strongRows.reduce((sum, row) => sum | (row?.get(other) ?? noFlags), noFlags)) !== 0)
      return false;
  return true;
}

function unionOf(unions: ReadonlyMap<GroupId, BarrierMask>, groups: readonly GroupId[]): BarrierMask {
  return groups.reduce((sum, one) => sum | (unions.get(one) ?? noFlags), noFlags);
}
