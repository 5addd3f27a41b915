/** Single decisions with their reasons, as they are recorded and explained. */
import type { AccountId } from "../ids.ts";
import type { BarrierIndex } from "./barrier-index.ts";
import type { BarrierClass } from "./class-matrix.ts";
import { ungroupedClass } from "./class-names.ts";
import { hardBlock, noFlags, type BarrierMask } from "./flags.ts";
import type { RoomUnion } from "./room-union.ts";

/**
 * `off`: barriers are off. `same_person`: nobody is kept from themselves. `none`: nothing stands between. `pair`: policies
 * of their groups do. `ungrouped`: one of them has no group, and inherits what policies say of the other side (BAR-7).
 * `unknown`: somebody cannot be placed, so everything is forbidden.
 */
export type BarrierReason = "off" | "same_person" | "none" | "pair" | "ungrouped" | "unknown";

export type BarrierDecision = {
  /** What the two cannot do with each other. */
  readonly mask: BarrierMask;
  /** They are never in one meeting. */
  readonly hard: boolean;
  readonly reason: BarrierReason;
  /** Of the barriers that it was decided under. */
  readonly version: number;
};

/** Two accounts; the same one twice is one person. */
export function decidePair(index: BarrierIndex, a: AccountId, b: AccountId): BarrierDecision {
  if (!index.on) return decided(index, noFlags, "off");
  if (a === b) return decided(index, noFlags, "same_person");
  const one = index.classOfAccount(a);
  const other = index.classOfAccount(b);
  const mask = index.between(one, other);
  return decided(index, mask, reasonOf(mask, one, other));
}

/** One more person, not yet inside, and everybody in a room. `room` is of this index's version. */
export function decideRoom(index: BarrierIndex, room: RoomUnion, accountId: AccountId): BarrierDecision {
  if (!index.on) return decided(index, noFlags, "off");
  const cls = index.classOfAccount(accountId);
  const mask = room.against(cls);
  return decided(index, mask, reasonOf(mask, cls, cls));
}

/** For classes of one index, of two different people. */
export function reasonOf(mask: BarrierMask, a: BarrierClass, b: BarrierClass): BarrierReason {
  if (mask === noFlags) return "none";
  if (a < 0 || b < 0) return "unknown";
  return a === ungroupedClass || b === ungroupedClass ? "ungrouped" : "pair";
}

function decided({ version }: BarrierIndex, mask: BarrierMask, reason: BarrierReason): BarrierDecision {
  return { mask, hard: (mask & hardBlock) !== 0, reason, version };
}
