/** The one worker script that this part may start: the page's policy lets no other address through (OPS-2). */
// oxlint-disable-next-line import/default -- what the bundler makes of it has one
import frameWorker from "./frame-worker.ts?worker&url";
import { trustedAddress } from "./unsafe.ts";

let address: string | null = null;

export function startFrameWorker(): Worker {
  address ??= trustedAddress("sekisho-frames", frameWorker);
  return new Worker(address, { type: "module" });
}
