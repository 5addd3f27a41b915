import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { GateCloseReason } from "@sekisho/contract";
import type { MediaGrants } from "@sekisho/domain";
import { createEvictor } from "./evict.ts";
import type { Evictor } from "./evict.ts";
import type { GateAuthority, RedeemRequest } from "./gate-authority.ts";
import { createDoor, statusText } from "./gate-door.ts";
import { Refused, seatOf } from "./gate-entrance.ts";
import { defaultGateLimits } from "./gate-limits.ts";
import type { GateLimits } from "./gate-limits.ts";
import type { GateLog } from "./gate-log.ts";
import { createGateRegistry, type GateSeatHeld } from "./gate-registry.ts";
import { isGatePath, readValidate } from "./gate-request.ts";
import type { Origins } from "./gate-request.ts";
import type { Sfu } from "./sfu.ts";
import { createTrackMemory } from "./track-memory.ts";

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
  closeSeat(admissionId: string, why: GateCloseReason, sfuIdentity?: string): void;
  /** The same for everybody (ADM-11). */
  closeAll(why: GateCloseReason): void;
  /** Rights against which new tracks are checked from now on; the SFU is told by its own call. */
  setGrants(admissionId: string, grants: MediaGrants): void;
  /** Who may receive this person's media at all (BAR-5); null: everybody. Synchronous. */
  setFence(admissionId: string, allowed: readonly string[] | null): void;
  /** Removes somebody from LiveKit, now and three times more. */
  evict: Evictor["evict"];
  connections(): readonly GateSeatHeld[];
  stop(): void;
};

/** The only way to LiveKit's signalling. Decides nothing: the authority is asked for every entrance (ADM-1). */
export function createSfuGate(options: SfuGateOptions): SfuGate {
  const { authority, sfu, clock, log } = options;
  const limits = { ...defaultGateLimits, ...options.limits };
  const onFailure = (error: unknown) => log.warn({ error: messageOf(error) }, "gate step failed");
  const registry = createGateRegistry(limits);
  const evictor = createEvictor(sfu, onFailure);
  const memory = createTrackMemory(sfu, clock);
  const { begin, finish } = registry;
  const entrance = { authority, sfu, evictor, memory, limits, begin, finish, onFailure };
  const reading = {
    origins: options.origins,
    preferAeadSrtp: options.preferAeadSrtp ?? true,
    joinRequestBytes: limits.joinRequestBytes,
  };
  const askOf = (request: IncomingMessage, ticket: string, kind: RedeemRequest["kind"]) => {
    return { ticket, kind, binding: options.bindingOf(request), ip: options.ipOf(request) };
  };
  const door = createDoor({ entrance, reading, registry, clock, log, askOf });
  const stopSweeping = every(limits.silentMs / 3, () => {
    registry.sweep(clock.now());
    memory.sweep(registry.has);
  });

  return {
    handleUpgrade(request, socket, head) {
      if (!isGatePath(request.url)) return false;
      socket.on("error", () => socket.destroy());
      door(request, socket, head).catch((error: unknown) => {
        onFailure(error);
        socket.destroy();
      });
      return true;
    },
    async handleValidate(request, response) {
      const read = readValidate(request, reading);
      const status = read.ok
        ? await standing(entrance, () => askOf(request, read.ticket, "validate"))
        : read.status;
      response.writeHead(status, plain).end(statusText[status]);
    },
    closeSeat: registry.closeSeat,
    closeAll: registry.closeAll,
    setGrants: registry.setGrants,
    setFence: registry.setFence,
    evict: evictor.evict,
    connections: registry.list,
    stop() {
      stopSweeping();
      evictor.stop();
      registry.closeAll("paused");
    },
  };
}

/** What a connect with this ticket would meet at this moment. */
async function standing(
  entrance: Parameters<typeof seatOf>[0],
  ask: () => RedeemRequest,
): Promise<200 | 403 | 503> {
  try {
    await seatOf(entrance, ask());
    return 200;
  } catch (error) {
    return error instanceof Refused && error.status === 403 ? 403 : 503;
  }
}

function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  timer.unref();
  return () => clearInterval(timer);
}

const plain = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown";
}
