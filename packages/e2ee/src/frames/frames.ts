/**
 * Media frames (RFC 9605): keys of each sender from the group's base key of the epoch. The header goes to the end of the
 * frame, since browsers and the SFU read the first bytes of the payload; those stay clear and are authenticated. An ADR
 * states the deviation.
 */
import type { Suite } from "../group/group.ts";

export type Medium = "audio" | "vp8" | "vp9";

/** Keys of one epoch. `baseKey` as MeetingGroup.mediaBaseKey gives it. */
export type EpochKeys = {
  readonly suite: Suite;
  readonly epoch: number;
  readonly baseKey: Uint8Array;
  readonly selfLeaf: number;
};

/**
 * `no_key`: an epoch or sender without a key. `wrong_sender`: of another leaf than the one that this track belongs to.
 * `replayed`: a counter that has been. `broken`: too short, or its tag is wrong. Such a frame is dropped, never passed on.
 */
export type DroppedReason = "no_key" | "wrong_sender" | "replayed" | "broken";

export interface FrameKeys {
  /** Receiving works with this epoch from now on; sending not before `sendWith`. */
  add(keys: EpochKeys): Promise<void>;
  /** The epoch whose key new frames get; null: no frame leaves (fail closed). */
  sendWith(epoch: number | null): void;
  /** Forgets the keys of every epoch below this one. */
  forgetBelow(epoch: number): void;
  /** A new frame, or null where no key may be used: then nothing is sent. A counter is used once per key. */
  encrypt(frame: Uint8Array, medium: Medium, keyFrame: boolean): Promise<Uint8Array | null>;
  decrypt(
    frame: Uint8Array,
    medium: Medium,
    keyFrame: boolean,
    fromLeaf: number,
  ): Promise<{ readonly frame: Uint8Array } | { readonly dropped: DroppedReason }>;
}
