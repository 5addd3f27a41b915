/** What the page for tests can do, and how tests speak to it. */
import type { VideoCodec } from "livekit-client";
import type { KeysMessage } from "@sekisho/e2ee/frames";
import type { MediaState } from "../../media-state.ts";
import type { FrameAlarm } from "../frame-manager.ts";
import type { FrameCounts } from "../worker-messages.ts";

/**
 * `protected`: the media library with our options; `product`: the meeting's own media on it; `clear`: no protection;
 * `lying`: none, and announced as encrypted; `looking`: none, and a copy of every frame that arrives.
 */
export type Mode = "protected" | "product" | "clear" | "lying" | "looking";

export type JoinOptions = {
  readonly ticket: string;
  readonly mode: Mode;
  readonly leaves?: Readonly<Record<string, number>>;
  readonly codec?: VideoCodec;
  /** No redundant sound and no pauses in it. */
  readonly plainSound?: boolean;
  /** Of `product`: as at high. */
  readonly listedOnly?: boolean;
};

export type CapturedFrame = {
  readonly mimeType: string | null;
  readonly keyFrame: boolean;
  /** Base64. */
  readonly bytes: string;
};

export type FramesPage = {
  readonly alarms: FrameAlarm[];
  /** Epochs that the worker said it can open frames of. */
  readonly ready: number[];
  can(): boolean;
  join(options: JoinOptions): Promise<void>;
  keys(message: KeysMessage): void;
  setLeaf(identity: string, leaf: number | null): void;
  publish(height: number): Promise<void>;
  share(): Promise<void>;
  mute(muted: boolean): Promise<void>;
  republish(codec: VideoCodec): Promise<void>;
  /** By identity and source. */
  decoded(): Promise<Record<string, number>>;
  packetsSent(): Promise<number>;
  /** Of all layers. */
  framesSent(): Promise<number>;
  counts(): Promise<FrameCounts>;
  /** What has arrived since the last look. */
  take(): readonly CapturedFrame[];
  media(): Pick<MediaState, "phase" | "closed">;
  /** Everything anew, as after a long break of the network. */
  reconnect(): Promise<void>;
  /** The worker is gone from one moment to the next. */
  crash(): void;
};

declare global {
  interface Window {
    framesPage: FramesPage;
  }
}
