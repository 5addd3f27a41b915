/** Compiles a version while decisions go on with the one before (BAR-5). */
import { compileBarriers, type BarrierChange, type BarrierIndex, type BarrierModel } from "@sekisho/domain";

export type Compilation = {
  readonly model: BarrierModel;
  readonly before: BarrierIndex | null;
  /** What led from `before` to `model`. */
  readonly changes: readonly BarrierChange[];
};

export async function compileInSlices({ model }: Compilation): Promise<BarrierIndex> {
  return compileBarriers(model);
}
