import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { GateCloseReason } from "@sekisho/contract";
import type { MediaGrants } from "@sekisho/domain";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { createEvictor } from "./evict.ts";
import type { Evictor } from "./evict.ts";
import type { GateAuthority, RedeemRequest } from "./gate-authority.ts";
import { createGateConnection } from "./gate-connection.ts";
import { enter, Refused, seatOf } from "./gate-entrance.ts";
import type { Entered } from "./gate-entrance.ts";
import { defaultGateLimits } from "./gate-limits.ts";
import type { GateLimits } from "./gate-limits.ts";
import { createGateRegistry } from "./gate-registry.ts";
import { isGatePath, readUpgrade, readValidate } from "./gate-request.ts";
import type { GateStatus, Origins } from "./gate-request.ts";
import type { JoinRequest } from "./join-request.ts";
import type { Sfu } from "./sfu.ts";
import { createTrackMemory } from "./track-memory.ts";

export type GateLog = {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
};

export type SfuGateOptions = {
  readonly authority: GateAuthority;
  readonly sfu: Sfu;
  readonly clock: { now(): number };
  readonly log: GateLog;
  /** Origins of our own pages, scheme and port included. */
  readonly origins: Origins;
  /** What ties a ticket to one person's cookie; computed by who knows the cookie. */
  readonly bindingOf: (request: IncomingMessage) => string;
  readonly ipOf: (request: IncomingMessage) => string;
  readonly limits?: Partial<GateLimits>;
  /** Makes LiveKit choose AEAD_AES_256_GCM for media (ENC-6); on unless told. */
  readonly preferAeadSrtp?: boolean;
};

export type SfuGate = {
  /** For the HTTP server's `upgrade` event. False: not an address of the gate's, nothing was touched. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** For GET `/sfu/rtc/v1/validate`: 200, or why a connect was refused. Never 404. */
  handleValidate(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Synchronous. Ends the connection and every connect under way; media needs {@link SfuGate.evict} besides. */
  closeSeat(admissionId: string, why: GateCloseReason): void;
  /** The same for everybody (ADM-11). */
  closeAll(why: GateCloseReason): void;
  /** Rights against which new tracks are checked from now on; the SFU is told by its own call. */
  setGrants(admissionId: string, grants: MediaGrants): void;
  /** Removes somebody from LiveKit, now and three times more. */
  evict: Evictor["evict"];
  connections(): readonly { readonly admissionId: string; readonly connectionId: string }[];
  stop(): void;
};

/** The only way to LiveKit's signalling. Decides nothing: the authority is asked for every entrance (ADM-1). */
export function createSfuGate(options: SfuGateOptions): SfuGate {
  const { authority, sfu, clock, log } = options;
  const limits = { ...defaultGateLimits, ...options.limits };
  const preferAeadSrtp = options.preferAeadSrtp ?? true;
  const reading = { origins: options.origins, preferAeadSrtp, joinRequestBytes: limits.joinRequestBytes };
  const onFailure = (error: unknown) => log.warn({ error: messageOf(error) }, "gate step failed");
  const registry = createGateRegistry(limits);
  const evictor = createEvictor(sfu, onFailure);
  const memory = createTrackMemory(sfu, clock);
  const { begin, finish } = registry;
  const entrance = { authority, sfu, evictor, memory, limits, begin, finish, onFailure };
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.clientFrameBytes,
  });

  const sweeper = setInterval(() => {
    registry.sweep(clock.now());
    memory.sweep(registry.has);
  }, limits.silentMs / 3);
  sweeper.unref();

  async function connect(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const read = readUpgrade(request, reading);
    if (!read.ok) return answer(socket, read.status);
    const ip = options.ipOf(request);
    if (!registry.arrive(ip)) return answer(socket, 503);
    try {
      const ask = askOf(request, read.ticket, read.join.resume ? "resume" : "connect");
      const entered = await enter(entrance, ask, read.join);
      upgrade(entered, { request, socket, head, ticket: read.ticket, join: read.join });
    } catch (error) {
      if (!(error instanceof Refused)) onFailure(error);
      answer(socket, error instanceof Refused ? error.status : 503);
    } finally {
      registry.depart(ip);
    }
  }

  function askOf(request: IncomingMessage, ticket: string, kind: RedeemRequest["kind"]): RedeemRequest {
    return { ticket, kind, binding: options.bindingOf(request), ip: options.ipOf(request) };
  }

  function upgrade(entered: Entered, page: Page): void {
    finish(entered.pending);
    if (page.socket.destroyed) return entered.upstream.terminate();
    let upgraded = false;
    server.handleUpgrade(page.request, page.socket, page.head, (browser) => {
      upgraded = true;
      open(entered, page, browser);
    });
    if (!upgraded) entered.upstream.terminate();
  }

  function open({ seat, upstream, tracks }: Entered, page: Page, browser: WebSocket): void {
    const id = randomUUID();
    const about = { admissionId: seat.admissionId, connectionId: id };
    const keep = (participantSid: string) => memory.keep(seat.admissionId, participantSid, tracks);
    if (page.join.resume) keep(page.join.participantSid);
    const connection = createGateConnection({
      id,
      seat,
      ticket: page.ticket,
      browser,
      upstream,
      tracks,
      authority,
      limits,
      preferAeadSrtp,
      clock,
      onFailure,
      onJoined: keep,
      onEnd(why) {
        registry.remove(connection);
        log.info({ ...about, why }, "sfu connection closed");
        authority.closed(seat, id, why);
      },
    });
    registry.add(connection);
    log.info(about, "sfu connection opened");
    authority.opened(seat, id);
    connection.start();
  }

  return {
    handleUpgrade(request, socket, head) {
      if (!isGatePath(request.url)) return false;
      socket.on("error", () => socket.destroy());
      void connect(request, socket, head);
      return true;
    },
    async handleValidate(request, response) {
      const read = readValidate(request, reading);
      const status = read.ok
        ? await seatOf(entrance, askOf(request, read.ticket, "validate")).then(
            () => 200 as const,
            (error: unknown) => (error instanceof Refused ? error.status : 503),
          )
        : read.status;
      response.writeHead(status, plain).end(words[status]);
    },
    closeSeat: registry.closeSeat,
    closeAll: registry.closeAll,
    setGrants: registry.setGrants,
    evict: evictor.evict,
    connections: registry.list,
    stop() {
      clearInterval(sweeper);
      evictor.stop();
      registry.closeAll("paused");
    },
  };
}

type Page = {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly ticket: string;
  readonly join: JoinRequest;
};

const words: Readonly<Record<GateStatus | 200, string>> = {
  200: "OK",
  400: "Bad Request",
  403: "Forbidden",
  405: "Method Not Allowed",
  426: "Upgrade Required",
  503: "Service Unavailable",
};

const plain = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };

/** An HTTP answer on a socket that asked to be upgraded. */
function answer(socket: Duplex, status: GateStatus): void {
  if (socket.destroyed) return;
  const text = words[status];
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown";
}
