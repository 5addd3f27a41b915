/** The meeting's sound and picture. It never decides who is in: it has tickets, and the gate has the word. */
import { ConnectionState, LogLevel, Room, RoomEvent, setLogLevel, Track } from "livekit-client";
import type { GateCloseReason, IceServer } from "@sekisho/contract";
import type { FrameProtection } from "./e2ee/frame-protection.ts";
import { isFinal, watchGate } from "./gate-socket.ts";
import { noMedia, type Media, type MediaState } from "./media-state.ts";
import { listDevices, ownDevices } from "./own-devices.ts";
import { readTransport } from "./read-transport.ts";
import { playSound, readRoom, stopSound } from "./read-room.ts";
import { roomOptions } from "./room-options.ts";

export type MediaOptions = {
  /** The first one; null: ask for one. */
  readonly ticket: string | null;
  /** The organisation's own servers for a way through; none where it has none. */
  readonly iceServers: () => readonly IceServer[];
  /** A fresh ticket; null when there is no seat to connect to (any more). Rejects when the server is away. */
  readonly renew: () => Promise<string | null>;
  readonly onConnected: () => void;
  /** The connection is for one room alone: being moved out of it is its end (ADM-13). */
  readonly oneRoom?: boolean;
  /** Of an E2EE meeting (ENC-2): without it everything is sent as the SFU may read it. */
  readonly protection?: FrameProtection;
  /** A connection whose SRTP is not made of listed algorithms is given up (ENC-6): at high. */
  readonly listedOnly?: boolean;
};

/** Waits between own tries after the library has given up (ms). */
const TRIES_MS = [500, 1000, 2000, 4000, 8000];
/** How long the ticket to the next room may take on the event stream before the page asks for one (ms). */
const TICKET_MS = 1000;

export function openMedia(options: MediaOptions): Media {
  // The library writes rooms and identities to the console; a page of ours writes nothing about a meeting anywhere.
  setLogLevel(LogLevel.silent);
  let closedBy: GateCloseReason | null = null;
  let ended = false;
  let unlisted = false;
  const over = () =>
    ended || unlisted || isFinal(closedBy) || (options.oneRoom === true && closedBy === "moved");
  const room = new Room(roomOptions(over, options.protection?.manager));
  const seen = observe(room, () => devices.read());
  const devices = ownDevices(room, seen.changed);
  watchGate((reason) => {
    closedBy = reason;
    // While it connects already, the page has heard of the move from the event stream.
    if (reason === "moved" && options.oneRoom !== true && room.state !== ConnectionState.Connecting)
      driver.move(null);
  });
  /** Asked before anything is sent, and after each time that the library has made the connection anew. */
  const acceptable = async () => {
    if (options.listedOnly !== true) return true;
    const found = await readTransport(room).catch(() => null);
    if (found?.listed !== false) return true;
    unlisted = true;
    void room.disconnect();
    return false;
  };
  room.on(RoomEvent.Reconnected, () => void acceptable());
  const driver = drive(room, options, {
    stopped: over,
    acceptable,
    phase: (phase) => seen.setPhase(phase, unlisted ? "unlisted" : closedBy),
    leaving: devices.hold,
    connected: () => {
      closedBy = null;
      options.onConnected();
      void devices.restore();
    },
  });
  return {
    ...devices,
    getState: seen.getState,
    subscribe: seen.subscribe,
    show: (identity, source, element) => show(room, identity, source, element),
    startAudio: () => room.startAudio(),
    devices: listDevices,
    useDevice: devices.use,
    transport: () => readTransport(room),
    retry: driver.retry,
    move: (sfuIdentity, ticket) => {
      const there =
        room.state === ConnectionState.Connected && room.localParticipant.identity === sfuIdentity;
      if (!there) driver.move(ticket);
    },
    close: async () => {
      ended = true;
      driver.retry();
      await room.disconnect();
      devices.drop();
      seen.stop();
    },
  };
}

type Phase = MediaState["phase"];

type Driver = {
  readonly stopped: () => boolean;
  readonly phase: (phase: Phase) => void;
  /** False: this connection is none for this meeting, and no other will be. */
  readonly acceptable: () => Promise<boolean>;
  /** The connection is given up for one to another room. */
  readonly leaving: () => void;
  readonly connected: () => void;
};

type Drive = {
  readonly retry: () => void;
  /** Give up this connection for one to the room that the person is in now. */
  readonly move: (ticket: string | null) => void;
};

/** Connects, waits for the end of the connection, and connects again with a fresh ticket, until it is final. */
function drive(room: Room, options: MediaOptions, driver: Driver): Drive {
  let moving = false;
  let next: string | null = null;
  let wake: () => void = () => undefined;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function run() {
    driver.phase("connecting");
    let ticket = options.ticket ?? (await renewed(options, ""));
    let failures = 0;
    while (!driver.stopped() && ticket !== null) {
      const over = disconnected(room);
      if (await connect(room, ticket, options)) {
        failures = 0;
        if (!(await driver.acceptable())) break;
        driver.phase("connected");
        driver.connected();
        await over;
      }
      if (driver.stopped()) break;
      if (moving) {
        if (next === null) await pause(TICKET_MS);
        moving = false;
        const given = next;
        next = null;
        ticket = given ?? (await renewed(options, ticket));
        continue;
      }
      driver.phase("reconnecting");
      await pause(TRIES_MS[Math.min(failures, TRIES_MS.length - 1)] ?? 0);
      failures += 1;
      ticket = await renewed(options, ticket);
    }
    driver.phase("closed");
  }
  function move(ticket: string | null) {
    if (driver.stopped()) return;
    if (ticket !== null) next = ticket;
    driver.phase("moving");
    // The second of two words of the same move: only the ticket is news.
    if (!moving) {
      moving = true;
      driver.leaving();
      void room.disconnect(false);
    }
    if (next !== null) wake();
  }
  void run();
  return { retry: () => wake(), move };
}

/** The server not answering is not the end: the old ticket is tried again, and the wait grows. */
async function renewed(options: MediaOptions, before: string): Promise<string | null> {
  try {
    return await options.renew();
  } catch {
    return before;
  }
}

async function connect(
  room: Room,
  ticket: string,
  { iceServers, protection }: MediaOptions,
): Promise<boolean> {
  const origin = location.origin.replace(/^http/u, "ws");
  try {
    // Before anything is published: tracks are announced as encrypted.
    if (protection !== undefined) await room.setE2EEEnabled(true);
    // Always a list of ours, if an empty one: the media server must not make the page talk to anybody's STUN server.
    await room.connect(`${origin}/sfu`, ticket, {
      rtcConfig: { iceServers: iceServers().map(asRtc) },
      maxRetries: 1,
    });
    return true;
  } catch {
    return false;
  }
}

function asRtc({ urls, username, credential }: IceServer): RTCIceServer {
  return username === undefined || credential === undefined ? { urls } : { urls, username, credential };
}

function disconnected(room: Room): Promise<void> {
  return new Promise((resolve) => {
    room.once(RoomEvent.Disconnected, () => resolve());
  });
}

/** Reads everything anew after any event, once a task, however many events came. */
function observe(room: Room, own: () => Pick<MediaState, "microphone" | "camera">) {
  let state: MediaState = noMedia;
  let phase: Phase = "idle";
  let closed: MediaState["closed"] = null;
  let planned = false;
  const listeners = new Set<() => void>();
  const playing = new Map<string, HTMLMediaElement>();

  function read() {
    planned = false;
    playSound(room, playing);
    state = { ...readRoom(room), ...own(), phase, closed };
    for (const listener of listeners) listener();
  }
  function changed() {
    if (planned) return;
    planned = true;
    setTimeout(read, 0);
  }
  for (const event of Object.values(RoomEvent)) room.on(event, changed);
  // A move ends the connection, which the library takes for a fault until it is told.
  const unlessMoving = (next: Phase) => () => {
    if (phase !== "moving") setPhase(next, null);
  };
  room.on(RoomEvent.Reconnecting, unlessMoving("reconnecting"));
  room.on(RoomEvent.Reconnected, unlessMoving("connected"));

  function setPhase(next: Phase, reason: MediaState["closed"]) {
    phase = next;
    closed = next === "closed" ? reason : null;
    changed();
  }
  return {
    changed,
    setPhase,
    getState: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      room.removeAllListeners();
      stopSound(playing);
    },
  };
}

function show(
  room: Room,
  identity: string,
  source: "camera" | "screen",
  element: HTMLVideoElement,
): () => void {
  const person =
    identity === room.localParticipant.identity
      ? room.localParticipant
      : room.remoteParticipants.get(identity);
  const wanted = source === "camera" ? Track.Source.Camera : Track.Source.ScreenShare;
  const track = person?.getTrackPublication(wanted)?.track;
  if (track === undefined) return () => undefined;
  track.attach(element);
  return () => {
    track.detach(element);
  };
}
