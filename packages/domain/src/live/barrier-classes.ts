/** Questions about the classes of a meeting. Few of them: pair by pair. Many: through a room's union, class by class. */
import type { BarrierClass } from "../barrier/class-matrix.ts";
import type { BarrierContext } from "../barrier/context.ts";
import { noFlags, softBlocks, type BarrierMask } from "../barrier/flags.ts";

/** From here on a union is cheaper than all the pairs. */
const many = 48;

/**
 * Whether anybody of `seated` might be hard-blocked with anybody of `seated` or `waiting`. True also where a class is
 * blocked with itself: only a look at the persons tells whether there are two of it.
 */
export function hasConflict(
  barrier: BarrierContext,
  seated: readonly BarrierClass[],
  waiting: readonly BarrierClass[],
): boolean {
  if (seated.length > many) return hasConflictInUnion(barrier, seated, waiting);
  for (let at = 0; at < seated.length; at += 1) {
    const one = seated[at] ?? 0;
    for (let next = at; next < seated.length; next += 1)
      if (barrier.hard(one, seated[next] ?? 0)) return true;
    for (const other of waiting) if (barrier.hard(one, other)) return true;
  }
  return false;
}

function hasConflictInUnion(
  barrier: BarrierContext,
  seated: readonly BarrierClass[],
  waiting: readonly BarrierClass[],
): boolean {
  const room = barrier.room();
  for (const cls of seated) room.add(cls);
  return seated.some((cls) => !room.admits(cls)) || waiting.some((cls) => !room.admits(cls));
}

/** `classes` names none twice; `several`: whether there are two different people of a class. */
export function softMaskAmong(
  barrier: BarrierContext,
  classes: readonly BarrierClass[],
  several: (cls: BarrierClass) => boolean,
): BarrierMask {
  if (classes.length > many) {
    const room = barrier.room();
    for (const cls of classes) {
      room.add(cls);
      if (several(cls)) room.add(cls);
    }
    return room.softMask();
  }
  let mask = noFlags;
  for (let at = 0; at < classes.length; at += 1) {
    const one = classes[at] ?? 0;
    if (several(one)) mask |= barrier.between(one, one);
    for (let next = at + 1; next < classes.length; next += 1)
      mask |= barrier.between(one, classes[next] ?? 0);
  }
  return mask & softBlocks;
}
