/** For the bench: how long each frame stays in its transform (ms). To be imported before the worker's own code. */
import { timed } from "./unsafe.ts";

const times: number[] = [];
globalThis.TransformStream = timed(globalThis.TransformStream, (ms) => times.push(ms));

/** The page asks with an empty message and is answered with what has been since it last asked. */
const channel = new BroadcastChannel("frame-times");
channel.addEventListener("message", () => channel.postMessage(times.splice(0)));
