/**
 * Protects media frames in a worker of its own. Every frame goes through `FrameKeys` or is dropped; there is no third way,
 * and no message that makes one. Keys come from the group's worker over a port that the page passes on unread.
 */
import { createFrameKeys, readKeysMessage, type KeysAnswer, type Medium } from "@sekisho/e2ee/frames";
import { factsOf, transformerOf, type EncodedFrame, type Transformer } from "./unsafe.ts";
import type { FrameCounts, FromWorker, ToWorker, TransformOptions } from "./worker-messages.ts";

const keys = createFrameKeys({ random: (length) => crypto.getRandomValues(new Uint8Array(length)) });
const leaves = new Map<number, number | null>();
const unknown = new Set<string>();
const counts = {
  sent: 0,
  withheld: 0,
  opened: 0,
  dropped: { no_key: 0, wrong_sender: 0, replayed: 0, broken: 0, unknown_codec: 0, nobody: 0 },
} satisfies FrameCounts;

/** Anything else is neither sent nor played: for AV1 and H.264 these ways of leaving bytes clear are wrong. */
const media: Readonly<Record<string, Medium>> = {
  "audio/opus": "audio",
  "video/vp8": "vp8",
  "video/vp9": "vp9",
};

function tell(message: FromWorker): void {
  globalThis.postMessage(message);
}

/** Null where it is not protected; that is said once. */
function mediumOf(mimeType: string | null): Medium | null {
  const medium = media[mimeType ?? ""];
  if (medium !== undefined) return medium;
  const codec = mimeType ?? "?";
  if (!unknown.has(codec)) tell({ type: "unknownCodec", codec });
  unknown.add(codec);
  return null;
}

type Passes = (frame: EncodedFrame) => Promise<Uint8Array | null>;

async function protect(frame: EncodedFrame): Promise<Uint8Array | null> {
  const { mimeType, keyFrame } = factsOf(frame);
  const medium = mediumOf(mimeType);
  const made = medium === null ? null : await keys.encrypt(new Uint8Array(frame.data), medium, keyFrame);
  counts[made === null ? "withheld" : "sent"] += 1;
  return made;
}

/** Opens what comes from the receiver's own leaf. Where a key has just come, asks for a picture that needs no other. */
function opener({ id }: TransformOptions, askForKeyFrame: () => void): Passes {
  let waited = false;
  return async (frame) => {
    const { mimeType, keyFrame } = factsOf(frame);
    const medium = mediumOf(mimeType);
    const leaf = leaves.get(id) ?? null;
    if (medium === null || leaf === null) {
      counts.dropped[medium === null ? "unknown_codec" : "nobody"] += 1;
      waited = true;
      return null;
    }
    const opened = await keys.decrypt(new Uint8Array(frame.data), medium, keyFrame, leaf);
    if ("dropped" in opened) {
      counts.dropped[opened.dropped] += 1;
      if (opened.dropped === "no_key") waited = true;
      return null;
    }
    counts.opened += 1;
    if (waited && medium !== "audio" && !keyFrame) askForKeyFrame();
    waited = false;
    return opened.frame;
  };
}

/** A browser that cannot ask shows the next one that comes by itself. */
async function ask(transformer: Transformer): Promise<void> {
  try {
    await transformer.sendKeyFrameRequest?.();
  } catch {
    // The receiver has ended, or receives nothing that has key frames.
  }
}

function run(transformer: Transformer): void {
  const { readable, writable } = transformer;
  const chosen = readOptions(transformer.options);
  if (chosen === null) return;
  const passes = chosen.direction === "send" ? protect : opener(chosen, () => void ask(transformer));
  const through = new TransformStream<EncodedFrame, EncodedFrame>({
    async transform(frame, controller) {
      const bytes = await passes(frame).catch(() => null);
      if (bytes === null) return;
      frame.data = new Uint8Array(bytes).buffer;
      controller.enqueue(frame);
    },
  });
  // The stream ends with its track; a frame that is under way then goes nowhere.
  readable
    .pipeThrough(through)
    .pipeTo(writable)
    .catch(() => undefined);
}

/** Without options that are understood the stream is left alone: then nothing comes out of it. */
function readOptions(options: unknown): TransformOptions | null {
  if (typeof options !== "object" || options === null) return null;
  const direction: unknown = Reflect.get(options, "direction");
  const id: unknown = Reflect.get(options, "id");
  if ((direction !== "send" && direction !== "receive") || typeof id !== "number") return null;
  return { direction, id };
}

/** In the order of arrival, each done before the next: an epoch is there before it is sent with. */
function takeKeys(port: MessagePort): void {
  let before = Promise.resolve();
  port.addEventListener("message", ({ data }) => {
    before = before.then(() => obey(port, data)).catch(stopSending);
  });
  port.start();
}

async function obey(port: MessagePort, data: unknown): Promise<void> {
  const message = readKeysMessage(data);
  switch (message?.type) {
    case "epoch": {
      await keys.add(message.keys);
      message.keys.baseKey.fill(0);
      const answer: KeysAnswer = { type: "ready", epoch: message.keys.epoch };
      port.postMessage(answer);
      return;
    }
    case "send":
      keys.sendWith(message.epoch);
      return;
    case "forgetBelow":
      keys.forgetBelow(message.epoch);
      return;
    case undefined:
      stopSending();
  }
}

function stopSending(): void {
  keys.sendWith(null);
  tell({ type: "failed" });
}

let taken = false;

globalThis.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === "keys" && !taken) {
    taken = true;
    takeKeys(data.port);
  }
  if (data.type === "from") leaves.set(data.id, data.leaf);
  if (data.type === "count") tell({ type: "counts", counts });
});
globalThis.addEventListener("rtctransform", (event) => run(transformerOf(event)));
