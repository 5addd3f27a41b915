/** Those who count in several groups: each pair's mask is the union over the groups of both (BAR-6). */
import {
  addRow,
  cellOf,
  setPair,
  type BarrierClass,
  type ClassMatrix,
  type MatrixDraft,
} from "./class-matrix.ts";
import type { Composite } from "./class-names.ts";
import { noFlags, type BarrierMask } from "./flags.ts";
import { pauseEvery, type Steps } from "./steps.ts";

const compositesPerStep = 16;

/** For composites whose rows are empty yet, while those of their parts are complete but for them. */
export function* fillComposites(draft: MatrixDraft, composites: readonly Composite[]): Steps<void> {
  const pauses = pauseEvery(compositesPerStep);
  for (const composite of composites) {
    fillComposite(draft, composite);
    yield* pauses();
  }
}

function fillComposite(draft: MatrixDraft, { cls, parts }: Composite): void {
  const words = new Uint32Array(draft.stride >> 2);
  const row = new Uint8Array(words.buffer);
  for (const part of parts) addRow(draft, part, words);
  for (let other = 0; other < draft.classes; other += 1) setPair(draft, cls, other, row[other] ?? noFlags);
  setPair(
    draft,
    cls,
    cls,
    parts.reduce((mask, part) => mask | (row[part] ?? noFlags), noFlags),
  );
}

/** Over all pairs of the parts. */
export function unionOf(
  matrix: ClassMatrix,
  ones: readonly BarrierClass[],
  others: readonly BarrierClass[],
): BarrierMask {
  let mask = noFlags;
  for (const one of ones) for (const other of others) mask |= cellOf(matrix, one, other);
  return mask;
}
