import { once } from "node:events";
import { connect as connectTcp } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { GATE_CLOSE } from "@sekisho/contract";
import { createFakeSfu, type FakeSfu } from "../../../../packages/testkit/src/fake-sfu.ts";
import { plainJoinRequest, wrapJoinRequest } from "../../../../packages/testkit/src/contract-suites/sfu.ts";
import {
  type GateHarness,
  startGateHarness,
} from "../../../../packages/testkit/src/contract-suites/sfu-gate-harness.ts";
import { bytesField, concat, latin1, textField, varintField } from "./protobuf.ts";

/** How long something may take that does happen: a slow machine is no failure. */
const patient = { timeout: 20_000, interval: 10 };

let sfu: FakeSfu;
let harness: GateHarness;

beforeEach(async () => {
  sfu = await createFakeSfu();
  harness = await startGateHarness(sfu);
  harness.authority.admit("a");
});
afterEach(async () => {
  await harness[Symbol.asyncDispose]();
  await sfu[Symbol.asyncDispose]();
});

type Client = {
  readonly socket: WebSocket;
  readonly frames: string[];
  /** The HTTP status of a refusal and its body, or 101. */
  readonly status: Promise<number>;
  readonly body: () => string;
  readonly closed: Promise<number>;
};

type Ask = {
  readonly ticket?: string;
  readonly join?: string;
  readonly path?: string;
  readonly origin?: string | undefined;
  readonly person?: string;
  readonly autoPong?: boolean;
};

function open(ask: Ask = {}): Client {
  const { join = plainJoinRequest(), path = "/sfu/rtc/v1", person = "a" } = ask;
  const ticket = ask.ticket ?? harness.authority.ticket("a", "a");
  const query = new URLSearchParams({ access_token: ticket, join_request: join });
  const headers: Record<string, string> = { cookie: `person=${person}` };
  const origin = "origin" in ask ? ask.origin : harness.origin;
  if (origin !== undefined) headers["origin"] = origin;
  const url = `${harness.origin.replace("http", "ws")}${path}${path.includes("?") ? "&" : "?"}${query}`;
  const socket = new WebSocket(url, { headers, autoPong: ask.autoPong ?? true });
  const frames: string[] = [];
  let body = "";
  const status = new Promise<number>((resolve) => {
    socket.on("open", () => resolve(101));
    socket.on("unexpected-response", (_request, response) => {
      response.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
  });
  socket.on("message", (data) => Buffer.isBuffer(data) && frames.push(data.toString("latin1")));
  socket.on("error", () => {});
  const closed = new Promise<number>((resolve) => socket.on("close", (code) => resolve(code)));
  return { socket, frames, status, body: () => body, closed };
}

async function opened(ask: Ask = {}): Promise<Client> {
  const client = open(ask);
  expect(await client.status).toBe(101);
  await vi.waitFor(() => expect(client.frames.length).toBe(2), patient);
  return client;
}

async function restart(
  limits: NonNullable<NonNullable<Parameters<typeof startGateHarness>[1]>["limits"]>,
  clock = { now: () => Date.now() },
): Promise<void> {
  await harness[Symbol.asyncDispose]();
  harness = await startGateHarness(sfu, { limits, clock });
  harness.authority.admit("a");
}

const addTrack = (cid: string, type: number, source: number) =>
  bytesField(4, concat([textField(1, cid), varintField(3, type), varintField(8, source)]));

/** What LiveKit has received, once a marker sent behind it has arrived. */
async function receivedBehind(client: Client): Promise<string[]> {
  client.socket.send(textField(3, "marker"));
  await vi.waitFor(() => expect(sfu.received.map(latin1).join()).toContain("marker"), patient);
  return sfu.received.map(latin1);
}

describe("[ADM-1] an admitted person", () => {
  test("gets in after three questions, and the page sees no token", async () => {
    const client = await opened();
    expect(harness.authority.asked).toEqual(["connect", "connect", "connect"]);
    expect(client.frames[0]).toContain("PA_");
    expect(client.frames[1]?.slice(0, 3)).toBe("\x82\x01\x2b");
    expect(client.frames.join()).not.toContain("eyJ");
    expect(harness.gate.connections()).toMatchObject([{ admissionId: "a" }]);
  });

  test("upstream gets an address and headers made anew: no ticket, no cookie, no origin", async () => {
    await opened();
    expect(sfu.lastRequest.url).toMatch(/^\/rtc\/v1\?join_request=[A-Za-z0-9_%-]+$/);
    expect(sfu.lastRequest.headers).toContain("authorization");
    expect(sfu.lastRequest.headers).not.toContain("cookie");
    expect(sfu.lastRequest.headers).not.toContain("origin");
  });

  test("comes back with the ticket that replaced the token; the first is spent then", async () => {
    const ticket = harness.authority.ticket("a", "a");
    const client = await opened({ ticket });
    const next = client.frames[1]?.slice(3) ?? "";
    client.socket.terminate();
    expect(await open({ ticket }).status).toBe(403);
    await opened({ ticket: next });
  });

  test("LiveKit's frames reach the page and the page's frames LiveKit, by allow-list", async () => {
    const client = await opened();
    client.socket.send(textField(15, "metadata"));
    client.socket.send(textField(11, "permission"));
    expect((await receivedBehind(client)).join()).not.toMatch(/metadata|permission/);
    sfu.say("id-a", textField(24, "moved"));
    sfu.say("id-a", textField(5, "update"));
    await vi.waitFor(() => expect(client.frames.at(-1)).toContain("update"), patient);
    expect(client.frames.join()).not.toContain("moved");
  });

  test("whoever leaves has left; whoever is cut off is lost", async () => {
    const first = await opened();
    first.socket.send(bytesField(8, new Uint8Array()));
    first.socket.close();
    await vi.waitFor(() => expect(harness.authority.ends.at(-1)?.why).toBe("left"), patient);
    (await opened()).socket.terminate();
    await vi.waitFor(() => expect(harness.authority.ends.at(-1)?.why).toBe("lost"), patient);
    expect(harness.gate.connections()).toEqual([]);
  });
});

describe("[ADM-1] nobody else gets in", () => {
  test.each<[string, Ask, number]>([
    ["another person's ticket", { person: "b" }, 403],
    ["a ticket that was never issued", { ticket: "x".repeat(43) }, 403],
    ["a ticket with other characters", { ticket: "../../etc/passwd" }, 403],
    ["no origin", { origin: undefined }, 403],
    ["another origin", { origin: "https://evil.example" }, 403],
    ["LiveKit's API", { path: "/sfu/twirp/livekit.RoomService/ListRooms" }, 403],
    ["the older protocol", { path: "/sfu/rtc" }, 403],
    ["a longer path", { path: "/sfu/rtc/v1/" }, 403],
    ["an escaped path", { path: "/sfu/rtc%2fv1" }, 403],
    ["a doubled slash", { path: "//sfu/rtc/v1" }, 403],
    ["another case", { path: "/SFU/rtc/v1" }, 403],
    ["one more parameter", { path: "/sfu/rtc/v1?publish=x" }, 400],
    ["a doubled parameter", { path: `/sfu/rtc/v1?access_token=${"x".repeat(43)}` }, 400],
    ["an empty join request", { join: "" }, 400],
    ["a bomb", { join: wrapJoinRequest(gzipSync(Buffer.alloc(5_000_000)), 1) }, 400],
    ["metadata", { join: plainJoinRequest(textField(3, "{}")) }, 400],
    ["tracks in the join request", { join: plainJoinRequest(bytesField(5, varintField(8, 3))) }, 400],
  ])("%s", async (_what, ask, status) => {
    expect(await open(ask).status).toBe(status);
    expect(sfu.lastRequest.url).toBe("");
  });

  test.each(["/sfu/../rtc/v1", "/sfu/./rtc/v1", "/sfu\\rtc\\v1", "/sfu"])(
    "%s as it stands on the wire",
    async (path) => {
      const socket = connectTcp(Number(new URL(harness.origin).port), "127.0.0.1");
      const key = "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n";
      socket.write(
        `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\norigin: ${harness.origin}\r\n${key}\r\n`,
      );
      const [answer] = await once(socket, "data");
      expect(String(answer)).toMatch(/^HTTP\/1\.1 403 /);
      socket.destroy();
    },
  );

  test("not one who is dismissed between the questions, nor while LiveKit opens", async () => {
    for (const question of [2, 3]) {
      harness.authority.admit("a");
      harness.authority.asked.length = 0;
      harness.authority.onRedeem = (asked) => {
        if (asked === question) harness.authority.dismiss("a");
      };
      expect(await open().status).toBe(403);
      expect(await sfu.listParticipants("room")).toEqual([]);
    }
    harness.authority.onRedeem = () => {};
    harness.authority.admit("a");
    sfu.beforeOpen = () => harness.gate.closeSeat("a", "removed");
    expect(await open().status).toBe(403);
    await vi.waitFor(async () => expect(await sfu.listParticipants("room")).toEqual([]), patient);
  });
});

describe("trouble behind the gate is 503 and says nothing", () => {
  test("LiveKit is gone", async () => {
    sfu.down = true;
    const client = open();
    expect(await client.status).toBe(503);
    expect(client.body()).toBe("Service Unavailable");
  });

  test("LiveKit refuses, quoting the token", async () => {
    sfu.beforeOpen = () => sfu.deleteRoom("room");
    const client = open();
    expect(await client.status).toBe(503);
    expect(client.body()).toBe("Service Unavailable");
    expect(harness.log.join()).not.toContain("upstream-");
  });

  test("the authority fails, or does not answer in time", async () => {
    harness.authority.onRedeem = () => Promise.reject(new Error("database"));
    expect(await open().status).toBe(503);
    await restart({ stepMs: 50 });
    harness.authority.onRedeem = () => new Promise(() => {});
    expect(await open().status).toBe(503);
  });

  test("too many at once from one address", async () => {
    await restart({ pendingPerIp: 1 });
    const { promise, resolve } = Promise.withResolvers<void>();
    harness.authority.onRedeem = () => promise;
    const first = open();
    await vi.waitFor(() => expect(harness.authority.asked.length).toBe(1), patient);
    expect(await open().status).toBe(503);
    resolve();
    expect(await first.status).toBe(101);
  });
});

describe("validate", () => {
  const ask = async (ticket: string, init: RequestInit = {}, join = plainJoinRequest()) => {
    const query = new URLSearchParams({ access_token: ticket, join_request: join });
    const response = await fetch(`${harness.origin}/sfu/rtc/v1/validate?${query}`, {
      headers: { cookie: "person=a", ...init.headers },
      method: init.method ?? "GET",
    });
    return response.status;
  };

  test("says what a connect would have met, and never 404", async () => {
    const ticket = harness.authority.ticket("a", "a");
    expect(await ask(ticket)).toBe(200);
    expect(harness.authority.asked).toEqual(["validate"]);
    expect(await ask("x".repeat(43))).toBe(403);
    expect(await ask(ticket, {}, "!")).toBe(400);
    expect(await ask(ticket, { method: "POST" })).toBe(405);
    expect(await ask(ticket, { headers: { origin: "https://evil.example" } })).toBe(403);
    expect(await ask(ticket, { headers: { "sec-fetch-site": "cross-site" } })).toBe(403);
    harness.authority.onRedeem = () => Promise.reject(new Error("database"));
    expect(await ask(ticket)).toBe(503);
  });
});

describe("a connection ends", () => {
  test("at one text frame, before LiveKit sees it", async () => {
    const client = await opened();
    // The same bytes in a binary frame would pass.
    client.socket.send(latin1(textField(3, "x")));
    expect(await client.closed).toBe(GATE_CLOSE.refused);
    expect(sfu.received).toEqual([]);
  });

  test("when LiveKit would speak in text", async () => {
    const client = await opened();
    sfu.say("id-a", '{"refreshToken":"eyJ"}');
    expect(await client.closed).toBe(GATE_CLOSE.unreachable);
    expect(client.frames.join()).not.toContain("eyJ");
  });

  test("at a frame beyond 256 kB", async () => {
    const client = await opened();
    client.socket.send(textField(3, "x".repeat(256 * 1024)));
    expect(await client.closed).toBe(1009);
    expect(sfu.received).toEqual([]);
  });

  test("at damage, at a flood, and at a video that calls itself a microphone", async () => {
    await restart({ clientFramesPerSweep: 10 });
    const flood = Array.from({ length: 11 }, () => varintField(14, 1));
    for (const frames of [[Uint8Array.of(0xff)], [addTrack("c", 1, 2)], flood]) {
      const client = await opened();
      for (const frame of frames) client.socket.send(frame);
      expect(await client.closed).toBe(GATE_CLOSE.refused);
    }
  });

  test("[ADM-8] at once when the seat is closed: what is sent after that reaches nobody", async () => {
    const client = await opened();
    harness.gate.closeSeat("a", "removed");
    sfu.say("id-a", textField(5, "late"));
    client.socket.send(textField(3, "late"));
    expect(await client.closed).toBe(GATE_CLOSE.removed);
    expect(client.frames.join()).not.toContain("late");
    expect(sfu.received).toEqual([]);
    expect(harness.authority.ends).toEqual([{ admissionId: "a", why: "removed" }]);
  });

  test("[ADM-11] for everybody when the database is silent", async () => {
    harness.authority.admit("b");
    const clients = [
      await opened(),
      await opened({ ticket: harness.authority.ticket("b", "b"), person: "b" }),
    ];
    harness.gate.closeAll("paused");
    for (const client of clients) expect(await client.closed).toBe(GATE_CLOSE.paused);
    expect(harness.gate.connections()).toEqual([]);
  });

  test("when the same person connects again: one connection per participation", async () => {
    const first = await opened();
    const second = await opened();
    expect(await first.closed).toBe(GATE_CLOSE.replaced);
    expect(second.socket.readyState).toBe(WebSocket.OPEN);
    expect(await sfu.listParticipants("room")).toHaveLength(1);
  });

  test("also while it is only being opened: the newer connect wins, and is not evicted with the older", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    sfu.beforeOpen = () => promise;
    const first = open();
    await vi.waitFor(() => expect(sfu.lastRequest.url).not.toBe(""), patient);
    sfu.beforeOpen = () => {};
    const second = await opened();
    const removed = vi.spyOn(sfu, "removeParticipant");
    resolve();
    expect(await first.status).toBe(403);
    expect(removed).not.toHaveBeenCalled();
    expect(harness.gate.connections()).toHaveLength(1);
    second.socket.close();
  });

  test("[SEC-4] of a stay that is over, and of no other", async () => {
    const first = await opened();
    harness.gate.closeSeat("a", "moved", "id-of-another-stay");
    expect(harness.gate.connections()).toMatchObject([{ sfuIdentity: "id-a" }]);
    harness.gate.closeSeat("a", "moved", "id-a");
    expect(await first.closed).toBe(GATE_CLOSE.moved);
  });

  test("[SEC-4] a connect into the next room wins over one into the room before, which is evicted there", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    sfu.beforeOpen = () => promise;
    const first = open();
    await vi.waitFor(() => expect(sfu.lastRequest.url).not.toBe(""), patient);
    sfu.beforeOpen = () => {};
    harness.authority.admit("a", { sfuRoom: "next", sfuIdentity: "id-next" });
    const second = await opened();
    const removed = vi.spyOn(sfu, "removeParticipant");
    resolve();
    expect(await first.status).toBe(403);
    await vi.waitFor(() => expect(removed).toHaveBeenCalledWith("room", "id-a"), patient);
    harness.gate.closeSeat("a", "moved", "id-a");
    expect(harness.gate.connections()).toMatchObject([{ sfuIdentity: "id-next" }]);
    second.socket.close();
  });

  test("when nothing is heard from the page", async () => {
    const silentMs = 30;
    let time = 1_000;
    await restart({ silentMs }, { now: () => time });
    const live = await opened();
    harness.authority.admit("b");
    const ticket = harness.authority.ticket("b", "b");
    const silent = await opened({ ticket, person: "b", autoPong: false });
    time += silentMs;
    // Answered by itself; the gate has read that answer when it answers a question sent behind it.
    await once(live.socket, "ping");
    live.socket.ping();
    await once(live.socket, "pong");
    sfu.say("id-a", textField(5, "update"));
    await vi.waitFor(() => expect(live.frames.at(-1)).toContain("update"), patient);
    expect(harness.gate.connections()).toHaveLength(2);
    time += 1;
    expect(await silent.closed).toBe(GATE_CLOSE.silent);
    expect(harness.gate.connections()).toMatchObject([{ admissionId: "a" }]);
  });

  test("when the page does not read what LiveKit says", async () => {
    await restart({ bufferedBytes: 1024 * 1024 });
    const client = await opened();
    client.socket.pause();
    const chunk = bytesField(5, new Uint8Array(512 * 1024));
    for (let i = 0; i < 40; i += 1) sfu.say("id-a", chunk);
    await vi.waitFor(
      () => expect(harness.authority.ends).toEqual([{ admissionId: "a", why: "silent" }]),
      patient,
    );
    client.socket.terminate();
  });

  test("when LiveKit goes", async () => {
    const client = await opened();
    sfu.leave("room", "id-a");
    expect(await client.closed).toBe(GATE_CLOSE.unreachable);
  });
});

describe("[SEC-2] tracks", () => {
  test("a right taken away holds for the next track, at once", async () => {
    const client = await opened();
    harness.gate.setGrants("a", { subscribe: true, sources: ["microphone"] });
    client.socket.send(addTrack("cam", 1, 1));
    client.socket.send(addTrack("mic", 0, 2));
    const received = (await receivedBehind(client)).join();
    expect(received).toContain("mic");
    expect(received).not.toContain("cam");
    await vi.waitFor(() => expect(client.frames.at(-1)?.slice(0, 2)).toBe("\xb2\x01"), patient);
  });

  test("rights that changed while the connect was under way are pushed to LiveKit", async () => {
    const grants = { subscribe: false, sources: [] } as const;
    sfu.beforeOpen = () => harness.authority.setGrants("a", grants);
    await opened();
    await vi.waitFor(
      async () => expect((await sfu.listParticipants("room"))[0]?.grants).toEqual(grants),
      patient,
    );
  });

  test("a resume does not make a second camera possible, neither here nor after another process's", async () => {
    const first = await opened();
    first.socket.send(addTrack("cam-1", 1, 1));
    await receivedBehind(first);
    const [person] = await sfu.listParticipants("room");
    first.socket.terminate();
    const resume = (sid: string) => plainJoinRequest(varintField(7, 1), textField(9, sid));
    const second = await opened({ join: resume(person?.sid ?? "") });
    expect(harness.authority.asked.at(-1)).toBe("resume");
    second.socket.send(addTrack("cam-2", 1, 1));
    await vi.waitFor(() => expect(second.frames.at(-1)?.slice(0, 2)).toBe("\xb2\x01"), patient);

    sfu.publish("room", "id-a", "camera");
    await restart({});
    const third = await opened({ join: resume("PA_known") });
    third.socket.send(addTrack("cam-3", 1, 1));
    await vi.waitFor(() => expect(third.frames.at(-1)?.slice(0, 2)).toBe("\xb2\x01"), patient);
    expect(sfu.received.map(latin1).join()).not.toMatch(/cam-[23]/);
  });
});
