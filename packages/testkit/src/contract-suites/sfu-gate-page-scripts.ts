import type * as Livekit from "livekit-client";

/** Each function below runs inside a page, alone: it may use nothing but `window` and its own body. */

type Stats = Record<string, unknown>;

type GateProbes = {
  readonly peers: Set<RTCPeerConnection>;
  /** Signalling sockets, newest last, as the page sees them. */
  readonly sockets: WebSocket[];
  readonly closes: { readonly code: number; readonly reason: string }[];
  /** While set, closing a peer connection does nothing, as in a page that was tampered with. */
  keepPeers: boolean;
};

type GatePage = {
  readonly room: Livekit.Room;
  join(ticket: string): Promise<void>;
  /** The same with a new client of LiveKit's in the same page; resolves to whether it got in. */
  tryAgain(ticket: string): Promise<boolean>;
  /** Publishes camera and microphone. */
  publish(): Promise<void>;
  share(on: boolean): Promise<void>;
  /** Tries to publish one more camera; resolves to whether the SFU took it. */
  publishAnotherCamera(): Promise<boolean>;
};

type GateMeasures = {
  /** Frames of others decoded so far, by identity. */
  decoded(): Promise<Record<string, number>>;
  bytesReceived(): Promise<number>;
  srtpCiphers(): Promise<unknown[]>;
};

declare global {
  interface Window {
    gateProbes: GateProbes;
    gatePage: GatePage;
    gateMeasures: GateMeasures;
    LivekitClient: typeof Livekit;
  }
}

/** Before anything of LiveKit's client runs. */
export function installProbes(): void {
  const probes: GateProbes = { peers: new Set(), sockets: [], closes: [], keepPeers: false };
  window.gateProbes = probes;
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      probes.sockets.push(this);
      this.addEventListener("close", ({ code, reason }) => probes.closes.push({ code, reason }));
    }
  };
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      probes.peers.add(this);
    }
    override close(): void {
      if (!probes.keepPeers) super.close();
    }
  };
}

export function installPage(): void {
  const { Room, RoomEvent, Track } = window.LivekitClient;
  const room = new Room();
  // After a full reconnect of both sides no event may come: the picture is state, so walk what is there.
  const attach = () => {
    for (const person of room.remoteParticipants.values()) {
      for (const { track } of person.trackPublications.values()) {
        if (track && track.attachedElements.length === 0) document.body.append(track.attach());
      }
    }
  };
  room.on(RoomEvent.TrackSubscribed, attach);
  room.on(RoomEvent.Reconnected, attach);
  room.on(RoomEvent.ParticipantConnected, attach);
  const join = (who: Livekit.Room, ticket: string) =>
    who.connect(`${location.origin.replace("http", "ws")}/sfu`, ticket, {
      rtcConfig: { iceServers: [] },
      maxRetries: 0,
    });
  const succeeds = (attempt: Promise<unknown>) =>
    attempt.then(
      () => true,
      () => false,
    );
  window.gatePage = {
    room,
    join: (ticket) => join(room, ticket),
    tryAgain: (ticket) => succeeds(join(new Room(), ticket)),
    async publish() {
      await room.localParticipant.setCameraEnabled(true, { resolution: { width: 320, height: 180 } });
      await room.localParticipant.setMicrophoneEnabled(true);
    },
    async share(on) {
      await room.localParticipant.setScreenShareEnabled(on);
    },
    async publishAnotherCamera() {
      const stream = await navigator.mediaDevices.getUserMedia({ video: true });
      const [track] = stream.getTracks();
      if (track === undefined) throw new Error("no track");
      const options = { source: Track.Source.Camera, simulcast: false };
      return await succeeds(room.localParticipant.publishTrack(track, options));
    },
  };
}

export function installMeasures(): void {
  const listOf = (report: RTCStatsReport | undefined) => {
    const list: Stats[] = [];
    report?.forEach((each: Stats) => list.push(each));
    return list;
  };
  const all = async (type: string) => {
    const reports = await Promise.all([...window.gateProbes.peers].map((peer) => peer.getStats()));
    return reports.flatMap(listOf).filter((each) => each["type"] === type);
  };
  const sum = (list: readonly Stats[], key: string) =>
    list.reduce((total, each) => total + Number(each[key] ?? 0), 0);
  window.gateMeasures = {
    async decoded() {
      const result: Record<string, number> = {};
      for (const person of window.gatePage.room.remoteParticipants.values()) {
        const tracks = [...person.videoTrackPublications.values()].map(({ track }) => track);
        const reports = await Promise.all(tracks.map(async (track) => await track?.getRTCStatsReport()));
        const inbound = reports.flatMap(listOf).filter((each) => each["type"] === "inbound-rtp");
        result[person.identity] = sum(inbound, "framesDecoded");
      }
      return result;
    },
    bytesReceived: async () => sum(await all("inbound-rtp"), "bytesReceived"),
    srtpCiphers: async () => (await all("transport")).flatMap((each) => each["srtpCipher"] ?? []),
  };
}
