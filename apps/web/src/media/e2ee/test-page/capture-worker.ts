/** A receiver that looks: every frame goes on as it came, and a copy of it to the page. What the SFU forwards is this. */
import { factsOf, transformerOf } from "../unsafe.ts";

export type Captured = {
  readonly mimeType: string | null;
  readonly keyFrame: boolean;
  readonly bytes: Uint8Array;
};

globalThis.addEventListener("rtctransform", (event) => {
  const { readable, writable } = transformerOf(event);
  const through = new TransformStream<RTCEncodedVideoFrame | RTCEncodedAudioFrame>({
    transform(frame, controller) {
      const captured: Captured = { ...factsOf(frame), bytes: new Uint8Array(frame.data).slice() };
      globalThis.postMessage(captured);
      controller.enqueue(frame);
    },
  });
  readable
    .pipeThrough(through)
    .pipeTo(writable)
    .catch(() => undefined);
});
