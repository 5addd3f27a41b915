/** The only place of this benchmark where a type is asserted: other people's packages, and answers of our own children. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { peersManifest } from "../lib/peers.ts";

const require = createRequire(peersManifest);

/** Which part of its interface a peer is used by stands where it is opened. */
export function peer<T>(name: string): T {
  return require(join(peersManifest, "..", "node_modules", name)) as T;
}

/** An answer over the channel to a process that runs our own `child.ts`. */
export function answerOf<T>(message: unknown): T {
  return message as T;
}
