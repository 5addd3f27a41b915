import type { GateCloseReason } from "@sekisho/contract";
import type { MediaGrants } from "@sekisho/domain";
import type { GateConnection } from "./gate-connection.ts";
import type { Pending } from "./gate-entrance.ts";
import type { GateLimits } from "./gate-limits.ts";

export type GateSeatHeld = {
  readonly admissionId: string;
  readonly connectionId: string;
  readonly sfuIdentity: string;
  readonly instanceId: string;
  /** The sids of this person's tracks that LiveKit said it sends on to somebody. */
  readonly sentOn: readonly string[];
};

/** Who is connected, who is about to be, and how many: in memory and synchronous, so that no removal is late. */
export type GateRegistry = {
  /** Counts a connect under way; false when there are too many. Each true is followed by one `depart`. */
  readonly arrive: (ip: string) => boolean;
  readonly depart: (ip: string) => void;
  /** One connection per participation: whatever the same admission had before is over. */
  readonly begin: (admissionId: string, sfuIdentity: string) => Pending;
  readonly finish: (pending: Pending) => void;
  readonly add: (connection: GateConnection) => void;
  readonly remove: (connection: GateConnection) => void;
  readonly has: (admissionId: string) => boolean;
  readonly list: () => readonly GateSeatHeld[];
  /** With `sfuIdentity` only what belongs to that stay: the person may be connecting to another room by now. */
  readonly closeSeat: (admissionId: string, why: GateCloseReason, sfuIdentity?: string) => void;
  readonly closeAll: (why: GateCloseReason) => void;
  readonly setGrants: (admissionId: string, grants: MediaGrants) => void;
  /** For the person's connection and those to come, until it is lifted with null. */
  readonly setFence: (admissionId: string, allowed: readonly string[] | null) => void;
  readonly sweep: (now: number) => void;
};

export function createGateRegistry(limits: GateLimits): GateRegistry {
  const connections = new Map<string, GateConnection>();
  const pendings = new Set<Pending>();
  const fences = new Map<string, readonly string[]>();

  function closeSeat(admissionId: string, why: GateCloseReason, sfuIdentity?: string): void {
    const meant = (one: { readonly sfuIdentity: string }) =>
      sfuIdentity === undefined || one.sfuIdentity === sfuIdentity;
    for (const pending of pendings)
      if (pending.admissionId === admissionId && meant(pending)) mark(pending, why);
    const connection = connections.get(admissionId);
    if (connection !== undefined && meant(connection.seat)) connection.end(why);
  }

  /** An older one of the same stay has the same name at the SFU; one of a stay before is in another room by another. */
  function supersede(admissionId: string, sfuIdentity: string): void {
    const why = (one: { readonly sfuIdentity: string }) =>
      one.sfuIdentity === sfuIdentity ? "replaced" : "moved";
    for (const pending of pendings) if (pending.admissionId === admissionId) mark(pending, why(pending));
    const connection = connections.get(admissionId);
    connection?.end(why(connection.seat));
  }

  return {
    ...createCounter(limits),
    begin(admissionId, sfuIdentity) {
      supersede(admissionId, sfuIdentity);
      const pending: Pending = { admissionId, sfuIdentity, dead: undefined, grants: undefined };
      pendings.add(pending);
      return pending;
    },
    finish: (pending) => void pendings.delete(pending),
    add(connection) {
      connections.get(connection.seat.admissionId)?.end("replaced");
      connections.set(connection.seat.admissionId, connection);
      const fence = fences.get(connection.seat.admissionId);
      if (fence !== undefined) connection.setFence(fence);
    },
    remove(connection) {
      const { admissionId } = connection.seat;
      if (connections.get(admissionId) === connection) connections.delete(admissionId);
    },
    has: (admissionId) => connections.has(admissionId),
    list: () =>
      [...connections.values()].map(({ id, seat: { admissionId, sfuIdentity, instanceId }, sentOn }) => ({
        ...{ admissionId, sfuIdentity, instanceId },
        connectionId: id,
        sentOn: sentOn(),
      })),
    closeSeat,
    closeAll(why) {
      for (const pending of pendings) mark(pending, why);
      for (const connection of connections.values()) connection.end(why);
    },
    setGrants(admissionId, grants) {
      for (const pending of pendings) if (pending.admissionId === admissionId) pending.grants = grants;
      connections.get(admissionId)?.setGrants(grants);
    },
    setFence(admissionId, allowed) {
      if (allowed === null) fences.delete(admissionId);
      else fences.set(admissionId, allowed);
      connections.get(admissionId)?.setFence(allowed);
    },
    sweep(now) {
      for (const connection of connections.values()) connection.sweep(now);
    },
  };
}

/** A removal counts more than having been replaced: it is followed by an eviction, the other is not. */
function mark(pending: Pending, why: GateCloseReason): void {
  if (pending.dead === undefined || why !== "replaced") pending.dead = why;
}

function createCounter(limits: GateLimits): Pick<GateRegistry, "arrive" | "depart"> {
  const arrivals = new Map<string, number>();
  let underWay = 0;
  return {
    arrive(ip) {
      const fromHere = arrivals.get(ip) ?? 0;
      if (underWay >= limits.pending || fromHere >= limits.pendingPerIp) return false;
      underWay += 1;
      arrivals.set(ip, fromHere + 1);
      return true;
    },
    depart(ip) {
      underWay -= 1;
      const left = (arrivals.get(ip) ?? 1) - 1;
      if (left > 0) arrivals.set(ip, left);
      else arrivals.delete(ip);
    },
  };
}
