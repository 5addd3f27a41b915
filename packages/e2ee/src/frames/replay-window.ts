/**
 * Which counters of one sender key have been. All tracks and layers of a sender share the counter, and a picture may
 * arrive seconds after the sound of its moment, so the window is wide; what is older than it counts as been.
 */
const SIZE = 8192;

export type ReplayWindow = {
  has(counter: bigint): boolean;
  /** False where it has been, or is too old to know. */
  mark(counter: bigint): boolean;
};

export function replayWindow(): ReplayWindow {
  const bits = new Uint8Array(SIZE / 8);
  let top = -1n;
  const place = (counter: bigint) => Number(counter % BigInt(SIZE));
  const set = (at: number, on: boolean) => {
    const byte = bits[at >> 3] ?? 0;
    bits[at >> 3] = on ? byte | (1 << (at & 7)) : byte & ~(1 << (at & 7));
  };

  function has(counter: bigint): boolean {
    if (counter > top) return false;
    if (top - counter >= BigInt(SIZE)) return true;
    const at = place(counter);
    return ((bits[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;
  }

  return {
    has,
    mark(counter) {
      if (has(counter)) return false;
      if (counter - top >= BigInt(SIZE)) bits.fill(0);
      else for (let skipped = top + 1n; skipped < counter; skipped += 1n) set(place(skipped), false);
      if (counter > top) top = counter;
      set(place(counter), true);
      return true;
    },
  };
}
