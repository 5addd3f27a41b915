/**
 * What the people of one room forbid together, kept as one row: whether somebody may come in is one look into it,
 * however many are inside.
 */
import type { BarrierIndex } from "./barrier-index.ts";
import { addRow, type BarrierClass } from "./class-matrix.ts";
import { allFlags, hardBlock, noFlags, softBlocks, type BarrierMask } from "./flags.ts";

/** For one version: a new index needs a new union. People are counted by their classes; a person counts once. */
export type RoomUnion = {
  readonly version: number;
  /** How many people are inside. */
  readonly size: number;
  add(cls: BarrierClass): void;
  /** Somebody of this class leaves. Throws if nobody of it is inside. */
  remove(cls: BarrierClass): void;
  /** What one more person of this class and somebody inside cannot do with each other. Unknown classes: everything. */
  against(cls: BarrierClass): BarrierMask;
  /** Whether one more person of this class may come in (BAR-3). */
  admits(cls: BarrierClass): boolean;
  /** What nobody inside may do (BAR-4). */
  softMask(): BarrierMask;
};

export function createRoomUnion(index: BarrierIndex): RoomUnion {
  const { matrix } = index.parts;
  const people = new Map<BarrierClass, number>();
  const words = new Uint32Array(index.on ? matrix.stride >> 2 : 0);
  const row = new Uint8Array(words.buffer);
  let size = 0;
  let pairs = noFlags;
  /** Somebody has left: what is forbidden may be too much until it is counted again. */
  let isOld = false;

  const against = (cls: BarrierClass): BarrierMask => {
    if (!index.on) return noFlags;
    if (cls < 0 || cls >= matrix.classes) return allFlags;
    if (isOld) countAgain();
    return row[cls] ?? allFlags;
  };
  const join = (cls: BarrierClass, count: number) => {
    // The row still says what the others forbid; two of one class are a pair of their own.
    pairs |= against(cls) | (count > 1 ? index.between(cls, cls) : noFlags);
    if (index.on) addRow(matrix, cls, words);
  };
  function countAgain(): void {
    isOld = false;
    words.fill(0);
    pairs = noFlags;
    for (const [cls, count] of people) join(cls, count);
  }

  return {
    version: index.version,
    get size() {
      return size;
    },
    against,
    admits: (cls) => (against(cls) & hardBlock) === 0,
    add(cls) {
      const count = (people.get(cls) ?? 0) + 1;
      people.set(cls, count);
      size += 1;
      if (isOld) return;
      if (count === 1) join(cls, count);
      else pairs |= index.between(cls, cls);
    },
    remove(cls) {
      const count = people.get(cls) ?? 0;
      if (count === 0) throw new Error("nobody of this class is inside");
      if (count === 1) people.delete(cls);
      else people.set(cls, count - 1);
      size -= 1;
      isOld = true;
    },
    softMask() {
      if (isOld) countAgain();
      return pairs & softBlocks;
    },
  };
}
