/** Compiles a version while decisions go on with the one before (BAR-5). */
import {
  compileBarriersInSteps,
  patchBarriersInSteps,
  type BarrierChange,
  type BarrierIndex,
  type BarrierModel,
} from "@sekisho/domain";
import { setImmediate as nextTurn } from "node:timers/promises";

export type Compilation = {
  readonly model: BarrierModel;
  /** Of the version before; null: there is none. */
  readonly before: BarrierIndex | null;
  /** What led from `before` to `model`. */
  readonly changes: readonly BarrierChange[];
};

/** Others wait for no longer than this. ms. */
const sliceMs = 4;

export async function compileInSlices({ model, before, changes }: Compilation): Promise<BarrierIndex> {
  const steps =
    before === null ? compileBarriersInSteps(model) : patchBarriersInSteps(before, model, changes);
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - since < sliceMs) continue;
    await nextTurn();
    since = performance.now();
  }
}
