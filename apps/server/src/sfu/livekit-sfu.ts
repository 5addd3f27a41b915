import {
  AccessToken,
  RoomServiceClient,
  ServerError,
  TrackSource,
  type ParticipantInfo,
  type VideoGrant,
} from "livekit-server-sdk";
import type { MediaGrants, MediaSource } from "@sekisho/domain";
import { SfuError } from "./sfu.ts";
import type { Sfu, SfuParticipant, UpstreamSeat } from "./sfu.ts";

export type LivekitOptions = {
  /** Where LiveKit answers, `http:` or `https:`; loopback, or an address only our servers reach. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Seconds one call may take; 5 unless told. */
  readonly timeout?: number;
};

const tokenSeconds = 20;

const wireSource = {
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screenShare: TrackSource.SCREEN_SHARE,
  screenShareAudio: TrackSource.SCREEN_SHARE_AUDIO,
} as const satisfies Record<MediaSource, TrackSource>;

const ourSource: ReadonlyMap<TrackSource, MediaSource> = new Map([
  [TrackSource.CAMERA, "camera"],
  [TrackSource.MICROPHONE, "microphone"],
  [TrackSource.SCREEN_SHARE, "screenShare"],
  [TrackSource.SCREEN_SHARE_AUDIO, "screenShareAudio"],
]);

/** LiveKit through its own API. Its error texts stay here: they can hold tokens. */
export function createLivekitSfu(options: LivekitOptions): Sfu {
  const rooms = new RoomServiceClient(options.url, options.apiKey, options.apiSecret, {
    requestTimeout: options.timeout ?? 5,
    failover: false,
  });

  return {
    signalUrl: options.url.replace(/^http/, "ws").replace(/\/$/, ""),
    async createRoom(sfuRoom, roomOptions) {
      await call("createRoom", () => rooms.createRoom({ name: sfuRoom, ...roomOptions }));
    },
    async deleteRoom(sfuRoom) {
      await orAbsent("deleteRoom", () => rooms.deleteRoom(sfuRoom), undefined);
    },
    async listRooms() {
      return (await call("listRooms", () => rooms.listRooms())).map((room) => room.name);
    },
    async listParticipants(sfuRoom) {
      const found = await orAbsent("listParticipants", () => rooms.listParticipants(sfuRoom), []);
      return found.map(participantOf);
    },
    removeParticipant: (sfuRoom, identity) =>
      present("removeParticipant", () => rooms.removeParticipant(sfuRoom, identity)),
    setGrants: (sfuRoom, identity, grants) =>
      present("setGrants", () =>
        rooms.updateParticipant(sfuRoom, identity, { permission: permissionOf(grants) }),
      ),
    async muteTracks(sfuRoom, identity, sources) {
      const found = await orAbsent("muteTracks", () => rooms.getParticipant(sfuRoom, identity), undefined);
      const tracks = (found ? participantOf(found).tracks : []).filter(
        (track) => !track.muted && track.source !== undefined && sources.includes(track.source),
      );
      const done = await Promise.all(
        tracks.map(({ sid }) =>
          present("muteTracks", () => rooms.mutePublishedTrack(sfuRoom, identity, sid, true)),
        ),
      );
      return done.filter(Boolean).length;
    },
    mintUpstreamToken: (seat) => call("mintUpstreamToken", () => tokenOf(options, seat)),
  };
}

async function tokenOf(options: LivekitOptions, seat: UpstreamSeat): Promise<string> {
  const token = new AccessToken(options.apiKey, options.apiSecret, {
    identity: seat.sfuIdentity,
    ttl: tokenSeconds,
  });
  const grant: VideoGrant = {
    roomJoin: true,
    room: seat.sfuRoom,
    canSubscribe: seat.grants.subscribe,
    canPublish: seat.grants.sources.length > 0,
    canPublishData: false,
    canUpdateOwnMetadata: false,
    hidden: false,
  };
  // An empty list would mean "every source".
  if (seat.grants.sources.length > 0) {
    grant.canPublishSources = seat.grants.sources.map((source) => wireSource[source]);
  }
  token.addGrant(grant);
  return await token.toJwt();
}

/** Whole, because LiveKit replaces the whole permission and takes what is missing for false. */
function permissionOf(grants: MediaGrants) {
  return {
    canSubscribe: grants.subscribe,
    canPublish: grants.sources.length > 0,
    canPublishSources: grants.sources.map((source) => wireSource[source]),
    canPublishData: false,
    canUpdateMetadata: false,
    hidden: false,
  };
}

function participantOf(info: ParticipantInfo): SfuParticipant {
  const permission = info.permission;
  const named = (permission?.canPublishSources ?? []).map((source) => ourSource.get(source));
  return {
    identity: info.identity,
    sid: info.sid,
    grants: {
      subscribe: permission?.canSubscribe ?? false,
      sources: permission?.canPublish === true ? named.filter((source) => source !== undefined) : [],
    },
    tracks: info.tracks.map((track) => ({
      sid: track.sid,
      source: ourSource.get(track.source),
      muted: track.muted,
    })),
    foreignRights:
      permission === undefined ||
      permission.hidden ||
      permission.canPublishData ||
      permission.canUpdateMetadata ||
      // Without a list of sources every source may be published.
      (permission.canPublish && (named.length === 0 || named.includes(undefined))),
  };
}

async function call<T>(operation: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const answered = error instanceof ServerError && error.status < 500;
    throw new SfuError(answered ? "rejected" : "unreachable", operation);
  }
}

async function orAbsent<T>(operation: string, run: () => Promise<T>, absent: T): Promise<T> {
  return await call(operation, async () => {
    try {
      return await run();
    } catch (error) {
      if (error instanceof ServerError && error.status === 404) return absent;
      throw error;
    }
  });
}

async function present(operation: string, run: () => Promise<unknown>): Promise<boolean> {
  return await orAbsent(
    operation,
    async () => {
      await run();
      return true;
    },
    false,
  );
}
