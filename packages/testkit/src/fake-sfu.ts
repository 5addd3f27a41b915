import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { MediaGrants, MediaSource } from "@sekisho/domain";
import { type WebSocket, WebSocketServer } from "ws";
import { bytesField, textField } from "../../../apps/server/src/sfu/protobuf.ts";
import { type Sfu, SfuError, type SfuParticipant } from "../../../apps/server/src/sfu/sfu.ts";

type Person = {
  readonly sid: string;
  grants: MediaGrants;
  tracks: { sid: string; source: MediaSource; muted: boolean }[];
  socket: WebSocket | undefined;
};

export type FakeSfu = Sfu &
  AsyncDisposable & {
    /** Somebody enters without the gate: an intruder, or a participant of whom no signalling is needed. */
    enter(sfuRoom: string, identity: string, grants: MediaGrants): void;
    publish(sfuRoom: string, identity: string, source: MediaSource): void;
    leave(sfuRoom: string, identity: string): void;
    /** Frames it has received over signalling, newest last. */
    readonly received: Uint8Array[];
    /** Sends a frame to everybody connected under this identity. */
    say(identity: string, frame: Uint8Array | string): void;
    /** While set, every call and connection fails as if the process were gone. */
    down: boolean;
    /** Runs before a connection is answered: the gap between minting and opening. */
    beforeOpen: () => Promise<void> | void;
    /** The query of the last connection, and which headers it had. */
    readonly lastRequest: { url: string; headers: readonly string[] };
  };

/**
 * The media server's rooms, people and rights in memory, with a signalling address that accepts the tokens it has
 * minted and then joins, as LiveKit does: JoinResponse first, a token right after it. No media.
 */
export async function createFakeSfu(): Promise<FakeSfu> {
  const rooms = new Map<string, Map<string, Person>>();
  const tokens = new Map<string, { sfuRoom: string; sfuIdentity: string; grants: MediaGrants }>();
  const received: Uint8Array[] = [];
  const lastRequest: { url: string; headers: readonly string[] } = { url: "", headers: [] };
  const server = createServer((_request, response) => void response.writeHead(404).end());
  const signalling = new WebSocketServer({ noServer: true });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();

  function enter(sfuRoom: string, identity: string, grants: MediaGrants): Person {
    const room = rooms.get(sfuRoom) ?? new Map<string, Person>();
    rooms.set(sfuRoom, room);
    room.get(identity)?.socket?.close();
    const person: Person = {
      sid: `PA_${randomBytes(6).toString("hex")}`,
      grants,
      tracks: [],
      socket: undefined,
    };
    room.set(identity, person);
    return person;
  }

  server.on("upgrade", (request, socket, head) => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const seat = tokens.get(token);
    Object.assign(lastRequest, { url: request.url ?? "", headers: Object.keys(request.headers) });
    const open = async () => {
      await fake.beforeOpen();
      if (fake.down) return void socket.destroy();
      // Like LiveKit, the refusal quotes the token.
      if (seat === undefined || !rooms.has(seat.sfuRoom)) {
        return void socket.end(
          `HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\ninvalid token: ${token}`,
        );
      }
      signalling.handleUpgrade(request, socket, head, (connection) => {
        const person = enter(seat.sfuRoom, seat.sfuIdentity, seat.grants);
        person.socket = connection;
        connection.on("message", (data) => void (Buffer.isBuffer(data) && received.push(data)));
        connection.send(bytesField(1, bytesField(2, textField(1, person.sid))));
        connection.send(
          textField(16, "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzb21lYm9keSJ9.c2lnbmF0dXJlc2lnbmF0dXJl"),
        );
      });
    };
    void open();
  });

  const answer = <T>(operation: string, value: () => T): Promise<T> =>
    fake.down ? Promise.reject(new SfuError("unreachable", operation)) : Promise.resolve(value());
  const personIn = (sfuRoom: string, identity: string) => rooms.get(sfuRoom)?.get(identity);

  function remove(sfuRoom: string, identity: string): boolean {
    personIn(sfuRoom, identity)?.socket?.close();
    return rooms.get(sfuRoom)?.delete(identity) ?? false;
  }

  const fake: FakeSfu = {
    signalUrl: `ws://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    received,
    lastRequest,
    down: false,
    beforeOpen: () => {},
    enter: (sfuRoom, identity, grants) => void enter(sfuRoom, identity, grants),
    publish(sfuRoom, identity, source) {
      const sid = `TR_${randomBytes(6).toString("hex")}`;
      personIn(sfuRoom, identity)?.tracks.push({ sid, source, muted: false });
    },
    leave: (sfuRoom, identity) => void remove(sfuRoom, identity),
    say(identity, frame) {
      for (const room of rooms.values()) room.get(identity)?.socket?.send(frame);
    },
    createRoom: (sfuRoom) =>
      answer("createRoom", () => void (rooms.has(sfuRoom) || rooms.set(sfuRoom, new Map()))),
    deleteRoom: (sfuRoom) =>
      answer("deleteRoom", () => {
        for (const identity of rooms.get(sfuRoom)?.keys() ?? []) remove(sfuRoom, identity);
        rooms.delete(sfuRoom);
      }),
    listRooms: () => answer("listRooms", () => [...rooms.keys()]),
    listParticipants: (sfuRoom) =>
      answer("listParticipants", () => [...(rooms.get(sfuRoom) ?? [])].map(participantOf)),
    removeParticipant: (sfuRoom, identity) => answer("removeParticipant", () => remove(sfuRoom, identity)),
    setGrants: (sfuRoom, identity, grants) =>
      answer("setGrants", () => {
        const person = personIn(sfuRoom, identity);
        if (person === undefined) return false;
        person.grants = grants;
        person.tracks = person.tracks.filter((track) => grants.sources.includes(track.source));
        return true;
      }),
    muteTracks: (sfuRoom, identity, sources) =>
      answer("muteTracks", () => {
        const tracks = (personIn(sfuRoom, identity)?.tracks ?? []).filter(
          (track) => !track.muted && sources.includes(track.source),
        );
        for (const track of tracks) track.muted = true;
        return tracks.length;
      }),
    mintUpstreamToken: (seat) =>
      answer("mintUpstreamToken", () => {
        const token = `upstream-${randomBytes(16).toString("hex")}`;
        tokens.set(token, seat);
        return token;
      }),
    async [Symbol.asyncDispose]() {
      for (const client of signalling.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

function participantOf([identity, person]: [string, Person]): SfuParticipant {
  const tracks = person.tracks.map((track) => ({ ...track }));
  return { identity, sid: person.sid, grants: person.grants, tracks, foreignRights: false };
}
