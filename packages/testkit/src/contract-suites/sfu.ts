import { grantsEqual, type MediaGrants, noGrants } from "@sekisho/domain";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { bytesField, concat, textField, varintField } from "../../../../apps/server/src/sfu/protobuf.ts";
import { type Sfu, SfuError } from "../../../../apps/server/src/sfu/sfu.ts";

export type SfuUnderTest = { readonly sfu: Sfu; stop(): Promise<void> };

const options = { emptyTimeout: 60, departureTimeout: 60, maxParticipants: 0 };
const speaker: MediaGrants = { subscribe: true, sources: ["microphone", "camera"] };
const patient = { timeout: 30_000, interval: 50 };

/**
 * Signalling as a client without media opens it: JoinRequest { 1 client { 1 sdk JS, 3 protocol 16 }, 2 settings },
 * and more fields where a test wants them. Written independently of the reader under test.
 */
export function plainJoinRequest(...more: readonly Uint8Array[]): string {
  const client = concat([varintField(1, 1), textField(2, "2.23.0"), varintField(3, 16)]);
  return wrapJoinRequest(concat([bytesField(1, client), bytesField(2, varintField(1, 1)), ...more]));
}

export function wrapJoinRequest(join: Uint8Array, compression = 0): string {
  const wrapped = concat([...(compression === 0 ? [] : [varintField(1, compression)]), bytesField(2, join)]);
  return Buffer.from(wrapped).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}

function connect(
  sfu: Sfu,
  token: string,
): { opened: Promise<boolean>; closed: Promise<void>; socket: WebSocket } {
  const url = `${sfu.signalUrl}/rtc/v1?join_request=${encodeURIComponent(plainJoinRequest())}`;
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` } });
  socket.on("error", () => {});
  const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  const opened = new Promise<boolean>((resolve) => {
    socket.on("open", () => resolve(true));
    socket.on("close", () => resolve(false));
  });
  return { opened, closed, socket };
}

/** What the server relies on, whichever media server is behind the port. */
export function sfuContract(name: string, start: () => Promise<SfuUnderTest>): void {
  describe(`${name} as Sfu`, () => {
    let under: SfuUnderTest;
    let sfu: Sfu;
    let count = 0;
    const freshRoom = async () => {
      count += 1;
      const sfuRoom = `room-${count}`;
      await sfu.createRoom(sfuRoom, options);
      return sfuRoom;
    };
    const identities = async (sfuRoom: string) =>
      (await sfu.listParticipants(sfuRoom)).map((each) => each.identity).toSorted();
    const join = async (sfuRoom: string, sfuIdentity: string, grants = speaker) => {
      const connection = connect(sfu, await sfu.mintUpstreamToken({ sfuRoom, sfuIdentity, grants }));
      expect(await connection.opened).toBe(true);
      await vi.waitFor(async () => expect(await identities(sfuRoom)).toContain(sfuIdentity), patient);
      return connection;
    };

    beforeAll(async () => {
      under = await start();
      sfu = under.sfu;
    }, 600_000);
    afterAll(() => under?.stop());

    test("a room can be created twice, is listed, and can be deleted twice", async () => {
      const sfuRoom = await freshRoom();
      await sfu.createRoom(sfuRoom, options);
      expect(await sfu.listRooms()).toContain(sfuRoom);
      await sfu.deleteRoom(sfuRoom);
      await sfu.deleteRoom(sfuRoom);
      expect(await sfu.listRooms()).not.toContain(sfuRoom);
    });

    test("a room that does not exist has nobody in it, and nothing can be done to anybody there", async () => {
      expect(await sfu.listParticipants("nowhere")).toEqual([]);
      expect(await sfu.removeParticipant("nowhere", "nobody")).toBe(false);
      expect(await sfu.setGrants("nowhere", "nobody", speaker)).toBe(false);
      expect(await sfu.muteTracks("nowhere", "nobody", ["microphone"])).toBe(0);
    });

    test("[SEC-2] a minted token opens one place with exactly its rights", async () => {
      const sfuRoom = await freshRoom();
      const { socket } = await join(sfuRoom, "a");
      const [person] = await sfu.listParticipants(sfuRoom);
      expect(grantsEqual(person?.grants ?? noGrants, speaker)).toBe(true);
      expect(person?.foreignRights).toBe(false);
      expect(person?.tracks).toEqual([]);
      socket.close();
    });

    test("[SEC-2] no sources means none, not all, in a token and in a change", async () => {
      const sfuRoom = await freshRoom();
      const { socket } = await join(sfuRoom, "a", noGrants);
      const grants = async () => (await sfu.listParticipants(sfuRoom))[0];
      expect((await grants())?.grants).toEqual(noGrants);
      expect(await sfu.setGrants(sfuRoom, "a", speaker)).toBe(true);
      expect(grantsEqual((await grants())?.grants ?? noGrants, speaker)).toBe(true);
      expect(await sfu.setGrants(sfuRoom, "a", noGrants)).toBe(true);
      expect((await grants())?.grants).toEqual(noGrants);
      expect((await grants())?.foreignRights).toBe(false);
      socket.close();
    });

    test("[ADM-8] a removed participant is gone and disconnected, the others are not", async () => {
      const sfuRoom = await freshRoom();
      const a = await join(sfuRoom, "a");
      const b = await join(sfuRoom, "b");
      expect(await sfu.removeParticipant(sfuRoom, "a")).toBe(true);
      await a.closed;
      await vi.waitFor(async () => expect(await identities(sfuRoom)).toEqual(["b"]), patient);
      expect(b.socket.readyState).toBe(WebSocket.OPEN);
      b.socket.close();
    });

    test("a token that was not minted opens nothing", async () => {
      const { opened } = connect(sfu, "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl");
      expect(await opened).toBe(false);
    });

    test("somebody without tracks cannot be muted", async () => {
      const sfuRoom = await freshRoom();
      const { socket } = await join(sfuRoom, "a");
      expect(await sfu.muteTracks(sfuRoom, "a", ["microphone", "camera"])).toBe(0);
      socket.close();
    });

    test("when it is gone every call says so with one kind of error, without a word of the server's", async () => {
      await under.stop();
      const failure = await sfu.createRoom("late", options).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(SfuError);
      expect(failure).toMatchObject({ code: "unreachable", message: "media server unreachable: createRoom" });
    });
  });
}
