/**
 * One byte for each pair of classes, symmetric, so that a row is what its class forbids to all others. Rows stand in slabs:
 * a new version copies only those it changes, and a version in use is never written to.
 */
import { allFlags, noFlags, type BarrierMask } from "./flags.ts";
import type { Steps } from "./steps.ts";

/** A number that means something only to the index that gave it. */
export type BarrierClass = number;

export type ClassMatrix = {
  /** Classes are 0 … `classes - 1`. */
  readonly classes: number;
  /** Bytes from one row to the next; more than `classes`, so that new classes find room. A multiple of 64. */
  readonly stride: number;
  readonly slabs: readonly Slab[];
};

/** The same memory by bytes and by words of four. */
type Slab = { readonly bytes: Uint8Array; readonly words: Uint32Array };

const slabBits = 3;
const rowsPerSlab = 1 << slabBits;
const rowInSlab = rowsPerSlab - 1;
const slabsPerStep = 64;

/** Unknown classes forbid everything. */
export function cellOf(matrix: ClassMatrix, a: BarrierClass, b: BarrierClass): BarrierMask {
  // Without this a class that is too high would read the spare bytes of a row, and they are 0. Positive, for NaN's sake.
  const areKnown = a >= 0 && b >= 0 && a < matrix.classes && b < matrix.classes;
  if (!areKnown) return allFlags;
  return matrix.slabs[a >> slabBits]?.bytes[(a & rowInSlab) * matrix.stride + b] ?? allFlags;
}

/** Adds a whole row to `into`, which is `stride` long. */
export function addRow(matrix: ClassMatrix, from: BarrierClass, into: Uint32Array): void {
  const words = matrix.slabs[from >> slabBits]?.words;
  if (words === undefined) return;
  const length = matrix.stride >> 2;
  const start = (from & rowInSlab) * length;
  for (let at = 0; at < length; at += 1) into[at] = (into[at] ?? 0) | (words[start + at] ?? 0);
}

/** A matrix that its one owner still changes. */
export type MatrixDraft = {
  classes: number;
  stride: number;
  slabs: Slab[];
  /** Whether a slab is this draft's own, so that it may be written to. */
  owned: boolean[];
};

/** Its slabs lie one after the other in one memory, for filling it with millions of pairs. */
export type WholeDraft = MatrixDraft & { readonly memory: Uint8Array };

export function wholeDraft(classes: number): WholeDraft {
  const stride = roomFor(classes);
  const length = rowsPerSlab * stride;
  const count = Math.ceil(classes / rowsPerSlab);
  const memory = new Uint8Array(count * length);
  const slabs = Array.from({ length: count }, (_, at) =>
    slabOf(memory.subarray(at * length, (at + 1) * length)),
  );
  return { classes: 0, stride, slabs, owned: slabs.map(() => true), memory };
}

function roomFor(classes: number): number {
  return Math.ceil((classes + 64) / 64) * 64;
}

export function draftOfMatrix({ classes, stride, slabs }: ClassMatrix): MatrixDraft {
  return { classes, stride, slabs: [...slabs], owned: slabs.map(() => false) };
}

/** Makes room for so many classes, and for some more where it has to move the rows anyway. */
export function* makeRoom(draft: MatrixDraft, classes: number): Steps<void> {
  if (classes > draft.stride) yield* widen(draft, classes);
  while (draft.slabs.length * rowsPerSlab < classes) {
    draft.slabs.push(emptySlab(draft.stride));
    draft.owned.push(true);
    if (draft.slabs.length % slabsPerStep === 0) yield;
  }
}

function* widen(draft: MatrixDraft, classes: number): Steps<void> {
  const { slabs, stride } = draft;
  draft.stride = roomFor(classes);
  draft.slabs = [];
  draft.owned = [];
  for (const { bytes } of slabs) {
    const wider = emptySlab(draft.stride);
    for (let row = 0; row < rowsPerSlab; row += 1)
      wider.bytes.set(bytes.subarray(row * stride, row * stride + stride), row * draft.stride);
    draft.slabs.push(wider);
    draft.owned.push(true);
    if (draft.slabs.length % slabsPerStep === 0) yield;
  }
}

function emptySlab(stride: number): Slab {
  return slabOf(new Uint8Array(rowsPerSlab * stride));
}

function slabOf(bytes: Uint8Array): Slab {
  return { bytes, words: new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2) };
}

/** For a class that `makeRoom` has made room for. */
export function addClass(draft: MatrixDraft): BarrierClass {
  draft.classes += 1;
  return draft.classes - 1;
}

export function setPair(draft: MatrixDraft, a: BarrierClass, b: BarrierClass, mask: BarrierMask): void {
  if (cellOf(draft, a, b) === mask) return;
  ownBytes(draft, a)[(a & rowInSlab) * draft.stride + b] = mask;
  ownBytes(draft, b)[(b & rowInSlab) * draft.stride + a] = mask;
}

/**
 * A batch of pairs, gathered first and written then: finding classes and writing far apart in the memory hinder each
 * other. Policies of pairs that were not empty are told by their place in the batch.
 */
export type PairBatch = {
  count: number;
  readonly ones: Int32Array;
  readonly others: Int32Array;
  readonly masks: Uint8Array;
};

export function pairBatch(size: number): PairBatch {
  return { count: 0, ones: new Int32Array(size), others: new Int32Array(size), masks: new Uint8Array(size) };
}

export function addToBatch(
  batch: PairBatch,
  one: BarrierClass,
  other: BarrierClass,
  mask: BarrierMask,
): void {
  batch.ones[batch.count] = one;
  batch.others[batch.count] = other;
  batch.masks[batch.count] = mask;
  batch.count += 1;
}

/** Blocks only add (BAR-6). Answers which pairs of the batch had something already. */
export function addPairs({ memory, stride }: WholeDraft, batch: PairBatch): readonly number[] {
  const { count, ones, others, masks } = batch;
  const doubled: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const one = ones[at] ?? 0;
    const other = others[at] ?? 0;
    const cell = one * stride + other;
    const before = memory[cell] ?? noFlags;
    const mask = before | (masks[at] ?? noFlags);
    if (before !== noFlags) doubled.push(at);
    memory[cell] = mask;
    memory[other * stride + one] = mask;
  }
  return doubled;
}

/** The union over a class's row, from the third column on: what it forbids to anybody of a group. */
export function unionOfRow({ slabs, stride }: ClassMatrix, cls: BarrierClass): BarrierMask {
  const slab = slabs[cls >> slabBits];
  if (slab === undefined) return allFlags;
  const start = (cls & rowInSlab) * stride;
  let union = (slab.bytes[start + 2] ?? noFlags) | (slab.bytes[start + 3] ?? noFlags);
  // Four columns at a time; the spare ones at the end are empty.
  for (let at = (start >> 2) + 1; at < (start + stride) >> 2; at += 1) union |= slab.words[at] ?? noFlags;
  return (union | (union >>> 8) | (union >>> 16) | (union >>> 24)) & allFlags;
}

function ownBytes(draft: MatrixDraft, cls: BarrierClass): Uint8Array {
  const at = cls >> slabBits;
  const slab = draft.slabs[at];
  if (slab === undefined) throw new Error("no room was made for this class");
  if (draft.owned[at] === true) return slab.bytes;
  const own = slabOf(slab.bytes.slice());
  draft.slabs[at] = own;
  draft.owned[at] = true;
  return own.bytes;
}
