/** A page for tests: the media library with the product's own options, and frame protection or none. */
import { LogLevel, Room, RoomEvent, setLogLevel, type VideoCodec } from "livekit-client";
import type { KeysAnswer, KeysMessage } from "@sekisho/e2ee/frames";
import { canProtectFrames } from "../can-protect.ts";
import { openFrameProtection, type FrameAlarm, type FrameCounts } from "../frame-protection.ts";
import { roomOptions } from "../../room-options.ts";
import { captureFrom } from "./capture.ts";

export type JoinOptions = {
  readonly ticket: string;
  /** `looking`: no protection, and a copy of every frame that arrives. */
  readonly mode: "protected" | "clear" | "looking";
  readonly leaves?: Readonly<Record<string, number>>;
  readonly codec?: VideoCodec;
};

export type Decoded = { readonly frames: number; readonly sound: number };

export type FramesPage = {
  readonly alarms: FrameAlarm[];
  /** Epochs that the worker said it can open frames of. */
  readonly ready: number[];
  can(): boolean;
  join(options: JoinOptions): Promise<void>;
  keys(message: KeysMessage): void;
  setLeaf(identity: string, leaf: number | null): void;
  publish(): Promise<void>;
  share(): Promise<void>;
  mute(muted: boolean): Promise<void>;
  republish(codec: VideoCodec): Promise<void>;
  /** By identity and source. */
  decoded(): Promise<Record<string, number>>;
  packetsSent(): Promise<number>;
  counts(): Promise<FrameCounts>;
  take(): readonly { mimeType: string | null; keyFrame: boolean; bytes: string }[];
  connected(): boolean;
  room(): Room;
};

declare global {
  interface Window {
    framesPage: FramesPage;
  }
}

setLogLevel(LogLevel.silent);
const alarms: FrameAlarm[] = [];
const ready: number[] = [];
const leaves = new Map<string, number | null>();
const { port1: group, port2: keysPort } = new MessageChannel();
group.addEventListener("message", ({ data }: MessageEvent<KeysAnswer>) => ready.push(data.epoch));
group.start();
let room: Room | null = null;
let protection: ReturnType<typeof openFrameProtection> | null = null;
let capture: ReturnType<typeof captureFrom> | null = null;

function here(): Room {
  if (room === null) throw new Error("not joined");
  return room;
}

function make({ mode, codec, leaves: known = {} }: JoinOptions): Room {
  for (const [identity, leaf] of Object.entries(known)) leaves.set(identity, leaf);
  if (mode === "protected")
    protection = openFrameProtection({
      leafOf: (identity) => leaves.get(identity) ?? null,
      keysPort,
      onAlarm: (alarm) => alarms.push(alarm),
    });
  const options = roomOptions(() => false, protection?.manager);
  const made = new Room({
    ...options,
    adaptiveStream: false,
    dynacast: false,
    publishDefaults: { ...options.publishDefaults, ...(codec === undefined ? {} : { videoCodec: codec }) },
  });
  if (mode === "looking") capture = captureFrom(made);
  return made;
}

/** The picture is state, not an event: see the notes on reconnecting in docs. */
function attachAll(of: Room): void {
  for (const person of of.remoteParticipants.values())
    for (const { track } of person.trackPublications.values())
      if (track !== undefined && track.attachedElements.length === 0) document.body.append(track.attach());
}

const asBase64 = (bytes: Uint8Array) => btoa(String.fromCodePoint(...bytes));

async function each(
  of: Room,
  type: string,
  note: (key: string, entry: Readonly<Record<string, unknown>>) => void,
): Promise<void> {
  const people = type === "inbound-rtp" ? [...of.remoteParticipants.values()] : [of.localParticipant];
  for (const person of people)
    for (const { track, source } of person.trackPublications.values()) {
      const report = await track?.getRTCStatsReport();
      report?.forEach((entry: Readonly<Record<string, unknown>>) => {
        if (entry["type"] === type) note(`${person.identity} ${source}`, entry);
      });
    }
}

window.framesPage = {
  alarms,
  ready,
  can: canProtectFrames,
  async join(options) {
    room = make(options);
    const mine = room;
    for (const event of [RoomEvent.TrackSubscribed, RoomEvent.Reconnected, RoomEvent.ParticipantConnected])
      mine.on(event, () => attachAll(mine));
    if (protection !== null) await mine.setE2EEEnabled(true);
    await mine.connect(`${location.origin.replace("http", "ws")}/sfu`, options.ticket, {
      rtcConfig: { iceServers: [] },
      maxRetries: 0,
    });
  },
  keys: (message) => group.postMessage(message),
  setLeaf: (identity, leaf) => {
    leaves.set(identity, leaf);
    protection?.leavesChanged();
  },
  publish: async () => {
    await here().localParticipant.setCameraEnabled(true, { resolution: { width: 1280, height: 720 } });
    await here().localParticipant.setMicrophoneEnabled(true);
  },
  share: async () => {
    await here().localParticipant.setScreenShareEnabled(true);
  },
  mute: async (muted) => {
    await here().localParticipant.setCameraEnabled(!muted);
    await here().localParticipant.setMicrophoneEnabled(!muted);
  },
  republish: async (codec) => {
    const { localParticipant } = here();
    for (const publication of localParticipant.videoTrackPublications.values()) {
      const { track } = publication;
      if (track === undefined) continue;
      await localParticipant.unpublishTrack(track, false);
      await localParticipant.publishTrack(track, { videoCodec: codec, source: publication.source });
    }
  },
  decoded: async () => {
    const found: Record<string, number> = {};
    await each(here(), "inbound-rtp", (key, entry) => {
      const sound = Math.round(Number(entry["totalAudioEnergy"] ?? 0) * 1e6);
      found[key] = Number(entry["framesDecoded"] ?? sound);
    });
    return found;
  },
  packetsSent: async () => {
    let packets = 0;
    await each(here(), "outbound-rtp", (_, entry) => (packets += Number(entry["packetsSent"] ?? 0)));
    return packets;
  },
  counts: () => protection?.counts() ?? Promise.reject(new Error("not protected")),
  take: () => (capture?.take() ?? []).map(({ bytes, ...facts }) => ({ ...facts, bytes: asBase64(bytes) })),
  connected: () => here().state === "connected",
  room: here,
};
