import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import type { RedeemRequest } from "./gate-authority.ts";
import { createGateConnection } from "./gate-connection.ts";
import { enter, Refused } from "./gate-entrance.ts";
import type { Entered, EntranceOptions } from "./gate-entrance.ts";
import type { GateLog } from "./gate-log.ts";
import type { GateRegistry } from "./gate-registry.ts";
import { readUpgrade } from "./gate-request.ts";
import type { GateRequestOptions, GateStatus } from "./gate-request.ts";
import type { JoinRequest } from "./join-request.ts";

export type DoorOptions = {
  readonly entrance: EntranceOptions;
  readonly reading: GateRequestOptions;
  readonly registry: GateRegistry;
  readonly clock: { now(): number };
  readonly log: GateLog;
  readonly askOf: (request: IncomingMessage, ticket: string, kind: RedeemRequest["kind"]) => RedeemRequest;
};

/** A page that asked for an upgrade and was understood. */
type Page = {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly ticket: string;
  readonly join: JoinRequest;
};

export type Door = (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;

/** From an upgrade request to a running connection, or to an answer that says why not. Never rejects. */
export function createDoor(options: DoorOptions): Door {
  const { entrance, registry } = options;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: entrance.limits.clientFrameBytes,
  });

  async function pass(page: Page, ask: RedeemRequest): Promise<void> {
    if (!registry.arrive(ask.ip)) return answer(page.socket, 503);
    try {
      const entered = await enter(entrance, ask, page.join);
      entrance.finish(entered.pending);
      upgrade(server, entered, page, (browser) => run(options, entered, page, browser));
    } catch (error) {
      if (!(error instanceof Refused)) entrance.onFailure(error);
      answer(page.socket, error instanceof Refused ? error.status : 503);
    } finally {
      registry.depart(ask.ip);
    }
  }

  return async (request, socket, head) => {
    const read = readUpgrade(request, options.reading);
    if (!read.ok) return answer(socket, read.status);
    const { ticket, join } = read;
    const ask = options.askOf(request, ticket, join.resume ? "resume" : "connect");
    await pass({ request, socket, head, ticket, join }, ask);
  };
}

function upgrade(
  server: WebSocketServer,
  entered: Entered,
  page: Page,
  run: (browser: WebSocket) => void,
): void {
  let upgraded = false;
  if (!page.socket.destroyed) {
    server.handleUpgrade(page.request, page.socket, page.head, (browser) => {
      upgraded = true;
      run(browser);
    });
  }
  // The page gave up meanwhile.
  if (!upgraded) entered.upstream.terminate();
}

function run(options: DoorOptions, entered: Entered, page: Page, browser: WebSocket): void {
  const { entrance, registry, log } = options;
  const { authority } = entrance;
  const { seat, upstream, tracks } = entered;
  const id = randomUUID();
  const about = { admissionId: seat.admissionId, connectionId: id };
  const keep = (participantSid: string) => entrance.memory.keep(seat.admissionId, participantSid, tracks);
  if (page.join.resume) keep(page.join.participantSid);
  const connection = createGateConnection({
    id,
    seat,
    ticket: page.ticket,
    browser,
    upstream,
    tracks,
    authority,
    limits: entrance.limits,
    preferAeadSrtp: options.reading.preferAeadSrtp,
    clock: options.clock,
    onJoined: keep,
    onEnd(why) {
      registry.remove(connection);
      log.info({ ...about, why }, "sfu connection closed");
      authority.closed(seat, id, why);
    },
    onFailure: entrance.onFailure,
  });
  registry.add(connection);
  log.info(about, "sfu connection opened");
  authority.opened(seat, id);
  connection.start();
}

export const statusText: Readonly<Record<GateStatus | 200, string>> = {
  200: "OK",
  400: "Bad Request",
  403: "Forbidden",
  405: "Method Not Allowed",
  426: "Upgrade Required",
  503: "Service Unavailable",
};

/** An HTTP answer on a socket that asked to be upgraded. */
function answer(socket: Duplex, status: GateStatus): void {
  if (socket.destroyed) return;
  const text = statusText[status];
  const lines = [
    `HTTP/1.1 ${status} ${text}`,
    "connection: close",
    "cache-control: no-store",
    "content-type: text/plain; charset=utf-8",
    `content-length: ${text.length}`,
  ];
  socket.once("finish", () => socket.destroy());
  socket.end(`${lines.join("\r\n")}\r\n\r\n${text}`);
}
