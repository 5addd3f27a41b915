/** Between the page and the worker that protects frames: no keys, and nothing that switches the protection off. */
import type { DroppedReason } from "@sekisho/e2ee/frames";

/** Given to a transform when it is made. The number is the page's own name for a sender or receiver. */
export type TransformOptions = { readonly direction: "send" | "receive"; readonly id: number };

export type ToWorker =
  /** Once: where keys come from. */
  | { readonly type: "keys"; readonly port: MessagePort }
  /** Whose frames that receiver gets: anybody else's are dropped, and all of them where it is null. */
  | { readonly type: "from"; readonly id: number; readonly leaf: number | null }
  | { readonly type: "count" };

/** Of frames, since the worker began. */
export type FrameCounts = {
  readonly sent: number;
  /** Not sent: without a key, empty, or of a codec that is not protected. */
  readonly withheld: number;
  readonly opened: number;
  readonly dropped: Readonly<Record<DroppedReason | "unknown_codec" | "nobody", number>>;
};

export type FromWorker =
  | { readonly type: "counts"; readonly counts: FrameCounts }
  /** A codec, by its name in capitals of MIME, that is never sent or played here; said once for each. */
  | { readonly type: "unknownCodec"; readonly codec: string }
  /** The worker has stopped for good. */
  | { readonly type: "failed" };
