/** The product alone, with an organisation and its rooms in memory. Asked over the channel. */
import { answerOf } from "../unsafe.ts";
import { makeFloor, sweepMaps, sweepOurs, type Floor, type Swept } from "../sweep.ts";
import { compileWhole, patchOnce, type Stepped } from "../versions.ts";
import { makeWorld, modelOf, type Size } from "../world.ts";
import type { BarrierIndex, BarrierModel } from "../../../packages/domain/src/index.ts";

export type LiveQuestion =
  | { readonly ask: "open"; readonly size: Size }
  | { readonly ask: "compile" }
  | { readonly ask: "patch"; readonly round: number }
  | { readonly ask: "sweep"; readonly way: "ours" | "maps" };
export type LiveStepped = Stepped;
export type LiveSwept = Swept;

type Open = { readonly model: BarrierModel; readonly floor: Floor; index: BarrierIndex | null };
let open: Open | null = null;

function answerTo(question: LiveQuestion): unknown {
  if (question.ask === "open") {
    const world = makeWorld(question.size);
    open = { model: modelOf(world, { people: true }), floor: makeFloor(world), index: null };
    return null;
  }
  if (open === null) throw new Error("not opened yet");
  globalThis.gc?.();
  if (question.ask === "compile") {
    const { value, ...stepped } = compileWhole(open.model);
    open.index = value;
    return stepped;
  }
  if (question.ask === "sweep") return (question.way === "ours" ? sweepOurs : sweepMaps)(open.floor);
  if (open.index === null) throw new Error("not compiled yet");
  return patchOnce(open.index, open.model, question.round);
}

process.on("message", (message) => {
  try {
    process.send?.({ answer: answerTo(answerOf<LiveQuestion>(message)) });
  } catch (error) {
    process.send?.({ failed: error instanceof Error ? error.stack : String(error) });
  }
});
process.on("disconnect", () => process.exit(0));
