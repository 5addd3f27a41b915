/** What an E2EE meeting's page opens beside its media: a worker for the frames, and the way from each track to its leaf. */
import type { BaseE2EEManager } from "livekit-client";
import { canProtectFrames } from "./can-protect.ts";
import { FrameManager, type FrameAlarm } from "./frame-manager.ts";
import { startFrameWorker } from "./start-worker.ts";
import type { FrameCounts, FromWorker, ToWorker, TransformOptions } from "./worker-messages.ts";

export type { FrameAlarm } from "./frame-manager.ts";
export type { FrameCounts } from "./worker-messages.ts";

export type ProtectionOptions = {
  /** The leaf of whoever has this name at the SFU; null: of nobody that the group knows, and nothing of theirs plays. */
  readonly leafOf: (sfuIdentity: string) => number | null;
  /** The other end is in the worker that holds the group, and speaks `KeysMessage`. */
  readonly keysPort: MessagePort;
  readonly onAlarm: (alarm: FrameAlarm) => void;
};

export type FrameProtection = {
  /** For one room of the media library, and one only. */
  readonly manager: BaseE2EEManager;
  /** `leafOf` may answer otherwise than it did. */
  readonly leavesChanged: () => void;
  readonly counts: () => Promise<FrameCounts>;
  /** Nothing is sent or played afterwards. */
  readonly close: () => void;
};

/** How long the worker may take for an answer that it gives at once (ms). */
const SILENCE_MS = 10_000;

/** Throws where the browser cannot: ask `canProtectFrames` before anybody is let near a meeting. */
export function openFrameProtection({ leafOf, keysPort, onAlarm }: ProtectionOptions): FrameProtection {
  if (!canProtectFrames()) throw new Error("this browser cannot protect frames");
  const worker = startFrameWorker();
  const tell = (message: ToWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer);
  const waiting: ((counts: FrameCounts) => void)[] = [];
  const counts = () =>
    new Promise<FrameCounts>((resolve) => {
      waiting.push(resolve);
      tell({ type: "count" });
    });
  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
    if (data.type === "counts") waiting.shift()?.(data.counts);
    if (data.type === "unknownCodec") onAlarm({ type: "unknown_codec", codec: data.codec });
    if (data.type === "failed") onAlarm({ type: "worker_failed" });
  });
  worker.addEventListener("error", () => onAlarm({ type: "worker_failed" }));
  const stopWatching = watch(counts, () => onAlarm({ type: "worker_failed" }));
  tell({ type: "keys", port: keysPort }, [keysPort]);

  const transforms = attachTo(worker);
  const people = new Map<RTCRtpReceiver, string>();
  const say = (receiver: RTCRtpReceiver, identity: string | null) =>
    tell({
      type: "from",
      id: transforms.receiver(receiver),
      leaf: identity === null ? null : leafOf(identity),
    });
  const manager = new FrameManager({
    sender: transforms.sender,
    receiver: transforms.receiver,
    failed: () => onAlarm({ type: "worker_failed" }),
    from: (receiver, identity) => {
      if (identity === null) people.delete(receiver);
      else people.set(receiver, identity);
      say(receiver, identity);
    },
    alarm: onAlarm,
  });
  return {
    manager,
    leavesChanged: () => {
      for (const [receiver, identity] of people) say(receiver, identity);
    },
    counts,
    close: () => {
      stopWatching();
      worker.terminate();
    },
  };
}

/** A worker that the browser has ended says nothing. Nothing is sent or played then, and people are told. */
function watch(counts: () => Promise<FrameCounts>, failed: () => void): () => void {
  let answered = true;
  const timer = setInterval(() => {
    if (!answered) {
      clearInterval(timer);
      return failed();
    }
    answered = false;
    void counts().then(() => (answered = true));
  }, SILENCE_MS);
  return () => clearInterval(timer);
}

/** One transform for each sender and receiver, for as long as it lives: their streams outlast the tracks in them. */
function attachTo(worker: Worker) {
  const known = new WeakMap<RTCRtpSender | RTCRtpReceiver, number>();
  let last = 0;
  const attach = (to: RTCRtpSender | RTCRtpReceiver, direction: TransformOptions["direction"]) => {
    const there = known.get(to);
    if (there !== undefined) return there;
    last += 1;
    const options: TransformOptions = { direction, id: last };
    to.transform = new RTCRtpScriptTransform(worker, options);
    known.set(to, last);
    return last;
  };
  return {
    sender: (sender: RTCRtpSender) => attach(sender, "send"),
    receiver: (receiver: RTCRtpReceiver) => attach(receiver, "receive"),
  };
}
