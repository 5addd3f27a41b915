/** A page for tests: the media library with the product's own options, and frame protection or none. */
import { Encryption_Type, LogLevel, Room, RoomEvent, setLogLevel, Track } from "livekit-client";
import type { KeysAnswer } from "@sekisho/e2ee/frames";
import { canProtectFrames } from "../can-protect.ts";
import { openFrameProtection, type FrameAlarm } from "../frame-protection.ts";
import { roomOptions } from "../../room-options.ts";
import { openMedia } from "../../livekit-media.ts";
import type { Media } from "../../media-state.ts";
import { captureFrom } from "./capture.ts";
import type { JoinOptions } from "./frames-page.ts";

setLogLevel(LogLevel.silent);
const alarms: FrameAlarm[] = [];
const ready: number[] = [];
const leaves = new Map<string, number | null>();
const { port1: group, port2: keysPort } = new MessageChannel();
group.addEventListener("message", ({ data }: MessageEvent<KeysAnswer>) => ready.push(data.epoch));
group.start();
let room: Room | null = null;
let protection: ReturnType<typeof openFrameProtection> | null = null;
let media: Media | null = null;
let capture: ReturnType<typeof captureFrom> | null = null;

function here(): Room {
  if (room === null) throw new Error("not joined");
  return room;
}

function protect({ mode, leaves: known = {} }: JoinOptions): void {
  for (const [identity, leaf] of Object.entries(known)) leaves.set(identity, leaf);
  if (mode === "protected" || mode === "product")
    protection = openFrameProtection({
      leafOf: (identity) => leaves.get(identity) ?? null,
      keysPort,
      onAlarm: (alarm) => alarms.push(alarm),
    });
}

/** As under protection, so that a bench compares nothing else. */
const plainSound = { red: false, dtx: false };

function make({ mode, codec, plainSound: plain }: JoinOptions): Room {
  const options = roomOptions(() => false, protection?.manager);
  const made = new Room({
    ...options,
    adaptiveStream: false,
    dynacast: false,
    publishDefaults: {
      ...options.publishDefaults,
      ...(codec === undefined ? {} : { videoCodec: codec }),
      ...(plain === true ? plainSound : {}),
    },
  });
  if (mode === "looking") capture = captureFrom(made);
  return made;
}

/** The picture is state, not an event: after a reconnect of both sides not every track is announced. */
function attachAll(of: Room): void {
  for (const person of of.remoteParticipants.values())
    for (const { track } of person.trackPublications.values())
      if (track !== undefined && track.attachedElements.length === 0) document.body.append(track.attach());
}

const asBase64 = (bytes: Uint8Array) =>
  btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(""));

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
    protect(options);
    if (options.mode === "product") {
      media = openMedia({
        ticket: options.ticket,
        iceServers: () => [],
        renew: () => Promise.resolve(null),
        onConnected: () => undefined,
        listedOnly: options.listedOnly === true,
        ...(protection === null ? {} : { protection }),
      });
      return;
    }
    room = make(options);
    if (options.mode === "lying") Reflect.set(room.localParticipant, "encryptionType", Encryption_Type.GCM);
    const mine = room;
    for (const event of Object.values(RoomEvent)) mine.on(event, () => attachAll(mine));
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
  publish: async (height) => {
    if (media !== null) {
      while (media.getState().phase !== "connected") await new Promise((done) => setTimeout(done, 50));
      await Promise.all([media.setCamera(true), media.setMicrophone(true)]);
      return;
    }
    await here().localParticipant.setCameraEnabled(true, {
      resolution: { width: Math.round((height * 16) / 9), height, frameRate: 30 },
    });
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
    const { localParticipant, engine } = here();
    const { track } = localParticipant.getTrackPublication(Track.Source.Camera) ?? {};
    if (track === undefined) throw new Error("no camera");
    await localParticipant.unpublishTrack(track, false);
    // Until the SFU has answered that the first one is gone, the gate takes no second one.
    await engine.negotiate();
    await localParticipant.publishTrack(track, { videoCodec: codec, source: Track.Source.Camera });
  },
  decoded: async () => {
    attachAll(here());
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
  framesSent: async () => {
    let frames = 0;
    await each(here(), "outbound-rtp", (_, entry) => (frames += Number(entry["framesSent"] ?? 0)));
    return frames;
  },
  counts: () => protection?.counts() ?? Promise.reject(new Error("not protected")),
  take: () => (capture?.take() ?? []).map(({ bytes, ...facts }) => ({ ...facts, bytes: asBase64(bytes) })),
  media: () => {
    const { phase, closed } = media?.getState() ?? { phase: "idle", closed: null };
    return { phase, closed };
  },
  reconnect: () => here().simulateScenario("full-reconnect"),
  crash: () => protection?.close(),
};
