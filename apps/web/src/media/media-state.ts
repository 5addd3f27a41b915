/** What is to be drawn of media, read from the media library's objects: a picture is state, not an event. */
import type { GateCloseReason } from "@sekisho/contract";
import type { DeviceProblem } from "./problems.ts";
import type { MediaTransport } from "./transport.ts";

export type PersonMedia = {
  readonly microphone: boolean;
  /** Changes when the track does, so that whoever shows it attaches it anew; null without a live picture. */
  readonly camera: string | null;
  readonly screen: string | null;
  /** The SFU has paused this picture for want of bandwidth. */
  readonly paused: boolean;
  readonly speaking: boolean;
  readonly quality: "good" | "poor" | "lost";
};

export type OwnDevice = {
  readonly on: boolean;
  readonly busy: boolean;
  readonly problem: DeviceProblem | null;
};

export type MediaState = {
  /** `moving`: between two rooms of the meeting (SEC-4). */
  readonly phase: "idle" | "connecting" | "connected" | "reconnecting" | "moving" | "closed";
  /** Why it is closed for good, as far as the gate said; `unlisted`: the page itself, for what was negotiated (ENC-6). */
  readonly closed: GateCloseReason | "unlisted" | null;
  /** By `sfuIdentity`, the own one included. */
  readonly people: ReadonlyMap<string, PersonMedia>;
  /** Who speaks now, loudest first. */
  readonly speakers: readonly string[];
  readonly audioBlocked: boolean;
  readonly microphone: OwnDevice;
  readonly camera: OwnDevice;
  readonly sharing: boolean;
};

const off: OwnDevice = { on: false, busy: false, problem: null };

export const noMedia: MediaState = {
  phase: "idle",
  closed: null,
  people: new Map(),
  speakers: [],
  audioBlocked: false,
  microphone: off,
  camera: off,
  sharing: false,
};

export const noPersonMedia: PersonMedia = {
  microphone: false,
  camera: null,
  screen: null,
  paused: false,
  speaking: false,
  quality: "good",
};

export type DeviceKind = "microphone" | "camera" | "speaker";

export type DeviceChoice = { readonly id: string; readonly label: string };

/** The room's screens know this and not the library behind it. */
export type Media = {
  readonly getState: () => MediaState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly setMicrophone: (on: boolean) => Promise<void>;
  readonly setCamera: (on: boolean) => Promise<void>;
  /** Camera and microphone on in the present room alone; in the next they are as they were before (ADM-13). */
  readonly openHere: () => Promise<void>;
  /** Resolves to false when the person closed the browser's picker. */
  readonly startShare: () => Promise<boolean>;
  readonly stopShare: () => Promise<void>;
  /** Shows a picture in an element until the returned function is called. */
  readonly show: (identity: string, source: "camera" | "screen", element: HTMLVideoElement) => () => void;
  readonly startAudio: () => Promise<void>;
  readonly devices: (kind: DeviceKind) => Promise<readonly DeviceChoice[]>;
  readonly useDevice: (kind: DeviceKind, id: string) => Promise<void>;
  readonly setNoiseSuppression: (on: boolean) => Promise<void>;
  /**
   * The person is in another room of the meeting now, under another name at the SFU: connect there, with the devices as
   * they are. `ticket`: for that room; null: ask for one.
   */
  readonly move: (sfuIdentity: string, ticket: string | null) => void;
  /** What the connection has negotiated; null while nothing is sent or received over it. */
  readonly transport: () => Promise<MediaTransport | null>;
  /** Another try now, after the automatic ones have become rare. */
  readonly retry: () => void;
  readonly close: () => Promise<void>;
};
