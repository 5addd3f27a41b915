import type { Page } from "@playwright/test";
import type * as Livekit from "livekit-client";
import { launchBrowser, type TestBrowser } from "../browser.ts";

/** What a test asks of a page in a meeting. */
type Meet = {
  join(ticket: string): Promise<void>;
  /** The same with a new client of LiveKit's in the same page; resolves to whether it got in. */
  tryAgain(ticket: string): Promise<boolean>;
  /** Publishes camera and microphone. */
  publish(): Promise<void>;
  share(on: boolean): Promise<void>;
  /** Tries to publish one more track under that name; resolves to whether the SFU took it. */
  publishAnother(source: "camera" | "microphone", kind: "audio" | "video"): Promise<boolean>;
  /** From here on closing a peer connection does nothing, as in a page that was tampered with. */
  keepPeers(): void;
  /** Frames of others decoded so far, by identity. */
  decoded(): Promise<Record<string, number>>;
  bytesReceived(): Promise<number>;
  srtpCiphers(): Promise<string[]>;
  events: string[];
  room: Livekit.Room;
  /** Signalling sockets, newest last, as the page sees them. */
  sockets: WebSocket[];
  closes: { code: number; reason: string }[];
};

declare global {
  interface Window {
    meet: Meet;
    LivekitClient: typeof Livekit;
  }
}

export type Person = AsyncDisposable & {
  readonly page: Page;
  /** Every frame and answer that reached the page on the gate's address, as latin1 text. */
  readonly received: string[];
  join(ticket: string): Promise<void>;
};

/** One person in a browser process of their own: reconnecting pages must not share a fake camera. */
export async function startPerson(origin: string, name: string): Promise<Person> {
  const browser: TestBrowser = await launchBrowser();
  await browser.context.addCookies([{ name: "person", value: name, url: origin }]);
  const page = await browser.context.newPage();
  const received: string[] = [];
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      received.push(typeof payload === "string" ? `text:${payload}` : payload.toString("latin1"));
    }),
  );
  page.on("response", (response) => {
    if (response.url().includes("/sfu/"))
      void response.text().then(
        (text) => received.push(text),
        () => {},
      );
  });
  await page.goto(origin);
  await page.evaluate(installMeet);
  return {
    page,
    received,
    join: (ticket) => page.evaluate((value) => window.meet.join(value), ticket),
    [Symbol.asyncDispose]: () => browser.stop(),
  };
}

/** Runs inside the page. */
function installMeet(): void {
  const { Room, RoomEvent } = window.LivekitClient;
  const sockets: WebSocket[] = [];
  const closes: { code: number; reason: string }[] = [];
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      sockets.push(this);
      this.addEventListener("close", ({ code, reason }) => closes.push({ code, reason }));
    }
  };
  const events: string[] = [];
  const room = new Room();
  const peers = new Set<RTCPeerConnection>();
  let keeping = false;
  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Peer {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      peers.add(this);
    }
    override close(): void {
      if (!keeping) super.close();
    }
  };
  // After a full reconnect of both sides no event may come: the picture is state (walk what is there).
  const attach = () => {
    for (const person of room.remoteParticipants.values()) {
      for (const publication of person.trackPublications.values()) {
        const { track } = publication;
        if (track === undefined || track.attachedElements.length > 0) continue;
        document.body.append(track.attach());
      }
    }
  };
  for (const event of [
    RoomEvent.TrackSubscribed,
    RoomEvent.Reconnected,
    RoomEvent.ParticipantConnected,
  ] as const) {
    room.on(event, () => {
      events.push(event);
      attach();
    });
  }
  room.on(RoomEvent.Disconnected, (reason) => void events.push(`disconnected:${reason ?? ""}`));
  room.on(RoomEvent.Reconnecting, () => void events.push("reconnecting"));
  room.on(RoomEvent.SignalReconnecting, () => void events.push("signalReconnecting"));

  const reports = async () => {
    const all: Record<string, unknown>[] = [];
    for (const peer of peers) for (const each of (await peer.getStats()).values()) all.push({ ...each });
    return all;
  };
  window.meet = {
    events,
    room,
    sockets,
    closes,
    async join(ticket) {
      const url = `${location.origin.replace("http", "ws")}/sfu`;
      await room.connect(url, ticket, { rtcConfig: { iceServers: [] }, maxRetries: 0 });
    },
    async tryAgain(ticket) {
      const other = new Room();
      const url = `${location.origin.replace("http", "ws")}/sfu`;
      return await other.connect(url, ticket, { rtcConfig: { iceServers: [] }, maxRetries: 0 }).then(
        () => true,
        () => false,
      );
    },
    async publish() {
      await room.localParticipant.setCameraEnabled(true, { resolution: { width: 320, height: 180 } });
      await room.localParticipant.setMicrophoneEnabled(true);
    },
    async share(on) {
      await room.localParticipant.setScreenShareEnabled(on);
    },
    async publishAnother(source, kind) {
      const stream = await navigator.mediaDevices.getUserMedia({ [kind]: true });
      const [track] = stream.getTracks();
      if (track === undefined) throw new Error("no track");
      const published = room.localParticipant.publishTrack(track, {
        source:
          source === "camera"
            ? window.LivekitClient.Track.Source.Camera
            : window.LivekitClient.Track.Source.Microphone,
        simulcast: false,
      });
      return await published.then(
        () => true,
        () => false,
      );
    },
    keepPeers() {
      keeping = true;
    },
    async decoded() {
      const result: Record<string, number> = {};
      for (const person of room.remoteParticipants.values()) {
        for (const { track } of person.videoTrackPublications.values()) {
          const stats = await track?.getRTCStatsReport();
          for (const each of stats?.values() ?? []) {
            if (each.type !== "inbound-rtp") continue;
            result[person.identity] = (result[person.identity] ?? 0) + (each.framesDecoded ?? 0);
          }
        }
      }
      return result;
    },
    async bytesReceived() {
      const inbound = (await reports()).filter((each) => each["type"] === "inbound-rtp");
      return inbound.reduce((sum, each) => sum + Number(each["bytesReceived"] ?? 0), 0);
    },
    async srtpCiphers() {
      const transports = (await reports()).filter((each) => each["type"] === "transport");
      return transports.flatMap((each) => (each["srtpCipher"] ? [String(each["srtpCipher"])] : []));
    },
  };
}
