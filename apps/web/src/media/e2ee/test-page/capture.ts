/** For the page that looks: puts the looking transform on every receiver, and keeps what was seen last. */
import { EngineEvent, type Room } from "livekit-client";
import { connectionOf, guardConnection } from "../guard-connection.ts";
import { trustedAddress } from "../unsafe.ts";
import type { Captured } from "./capture-worker.ts";
// oxlint-disable-next-line import/default -- what the bundler makes of it has one
import captureWorker from "./capture-worker.ts?worker&url";

export function captureFrom(room: Room): { take(): readonly Captured[] } {
  let captured: Captured[] = [];
  const worker = new Worker(trustedAddress("sekisho-frames", captureWorker), { type: "module" });
  worker.addEventListener("message", ({ data }: MessageEvent<Captured>) => captured.push(data));
  const known = new WeakSet<RTCRtpReceiver>();
  room.engine.on(EngineEvent.TransportsCreated, (...transports) => {
    for (const transport of transports)
      if (transport !== undefined)
        guardConnection(connectionOf(transport), {
          sender: () => undefined,
          failed: () => undefined,
          receiver: (receiver) => {
            if (known.has(receiver)) return;
            known.add(receiver);
            receiver.transform = new RTCRtpScriptTransform(worker, {});
          },
        });
  });
  return {
    take: () => {
      const taken = captured;
      captured = [];
      return taken;
    },
  };
}
