import type { GateCloseReason } from "@sekisho/contract";
import { grantsEqual } from "@sekisho/domain";
import type { MediaGrants } from "@sekisho/domain";
import type { Evictor } from "./evict.ts";
import type { GateAuthority, GateSeat, RedeemRequest } from "./gate-authority.ts";
import type { GateLimits } from "./gate-limits.ts";
import type { GateStatus } from "./gate-request.ts";
import { openUpstream } from "./gate-upstream.ts";
import type { Upstream } from "./gate-upstream.ts";
import type { JoinRequest } from "./join-request.ts";
import type { Sfu } from "./sfu.ts";
import type { TrackLedger } from "./track-ledger.ts";
import type { TrackMemory } from "./track-memory.ts";

/** A connect under way, so that a removal that happens meanwhile reaches it. */
export type Pending = {
  readonly admissionId: string;
  readonly sfuIdentity: string;
  dead: GateCloseReason | undefined;
  /** Set when the rights change while the connect is under way. */
  grants: MediaGrants | undefined;
};

export type EntranceOptions = {
  readonly authority: GateAuthority;
  readonly sfu: Sfu;
  readonly evictor: Evictor;
  readonly memory: TrackMemory;
  readonly limits: GateLimits;
  /** Registers the connect and ends every older connection or connect of the same admission. */
  readonly begin: (admissionId: string, sfuIdentity: string) => Pending;
  readonly finish: (pending: Pending) => void;
  readonly onFailure: (error: unknown) => void;
};

export type Entered = {
  readonly seat: GateSeat;
  readonly upstream: Upstream;
  readonly tracks: TrackLedger;
  readonly pending: Pending;
};

/** The answer to somebody who does not get in. */
export class Refused extends Error {
  readonly status: GateStatus;
  constructor(status: GateStatus) {
    super(`refused with ${status}`);
    this.name = "Refused";
    this.status = status;
  }
}

/**
 * From a ticket to an open upstream connection: ask → create the room → ask again → mint → open → ask once more.
 * The last question closes the gap between minting and opening: whoever was removed in it is evicted.
 * Rejects with {@link Refused} only. The caller finishes `pending`.
 */
export async function enter(
  options: EntranceOptions,
  ask: RedeemRequest,
  join: JoinRequest,
): Promise<Entered> {
  const { sfu, limits } = options;
  const first = await seatOf(options, ask);
  const { mostPeople: maxParticipants = limits.room.maxParticipants } = first;
  await reach(options, sfu.createRoom(first.sfuRoom, { ...limits.room, maxParticipants }));
  const second = await seatOf(options, ask);
  const pending = options.begin(second.admissionId, second.sfuIdentity);
  let upstream: Upstream | undefined;
  try {
    const tracks = await reach(options, options.memory.ledgerFor(second, join));
    const token = await reach(options, sfu.mintUpstreamToken(second));
    if (pending.dead !== undefined) throw new Refused(403);
    upstream = await openUpstream({
      signalUrl: sfu.signalUrl,
      token,
      joinRequest: join.encoded,
      limits,
    }).catch((error: unknown) => unavailable(options, error));
    const last = await seatOf(options, ask);
    if (pending.dead !== undefined || !samePlace(second, last)) throw new Refused(403);
    return { seat: settle(options, second, last, pending), upstream, tracks, pending };
  } catch (error) {
    upstream?.terminate();
    options.finish(pending);
    // A newer connection of the same person has the same identity: evicting would hit that one.
    if (upstream && pending.dead !== "replaced") turnOut(options, second, error);
    throw error;
  }
}

/** Somebody refused is removed for good; where nobody could say, once, since they may try again at any moment. */
function turnOut(options: EntranceOptions, seat: GateSeat, error: unknown): void {
  if (error instanceof Refused && error.status === 403) {
    void options.evictor.evict(seat.sfuRoom, seat.sfuIdentity);
  } else {
    options.sfu.removeParticipant(seat.sfuRoom, seat.sfuIdentity).catch(options.onFailure);
  }
}

/** Rights may have changed since the token was minted. */
function settle(options: EntranceOptions, minted: GateSeat, last: GateSeat, pending: Pending): GateSeat {
  const seat = { ...last, grants: pending.grants ?? last.grants };
  if (!grantsEqual(minted.grants, seat.grants)) {
    options.sfu.setGrants(seat.sfuRoom, seat.sfuIdentity, seat.grants).catch(options.onFailure);
  }
  return seat;
}

/** The authority's answer at this moment: a seat, or 403; 503 when it gives none. */
export async function seatOf(
  options: Pick<EntranceOptions, "authority" | "limits" | "onFailure">,
  ask: RedeemRequest,
): Promise<GateSeat> {
  const result = await reach(options, options.authority.redeem(ask));
  if (!result.ok) throw new Refused(403);
  return result.seat;
}

function samePlace(a: GateSeat, b: GateSeat): boolean {
  return a.admissionId === b.admissionId && a.sfuRoom === b.sfuRoom && a.sfuIdentity === b.sfuIdentity;
}

async function reach<T>(
  options: Pick<EntranceOptions, "limits" | "onFailure">,
  step: Promise<T>,
): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("no answer in time")), options.limits.stepMs);
  try {
    return await Promise.race([step, late]);
  } catch (error) {
    return unavailable(options, error);
  } finally {
    clearTimeout(timer);
  }
}

function unavailable(options: Pick<EntranceOptions, "onFailure">, error: unknown): never {
  options.onFailure(error);
  throw new Refused(503);
}
