/**
 * Information barriers in one meeting: who may not be in it with whom, what nobody may do while certain people are in
 * it, and who stays when a new version arrives (BAR-3 … BAR-5). Pure; part of the one admission function.
 */
import type { BarrierContext } from "../barrier/context.ts";
import { noFlags, type BarrierMask } from "../barrier/flags.ts";
import type { BarrierClass } from "../barrier/class-matrix.ts";
import type { AdmissionId } from "../ids.ts";
import { hasConflict, softMaskAmong } from "./barrier-classes.ts";
import { roomClasses } from "./barrier-rooms.ts";
import { reservedSeats, type Seat } from "./barrier-seats.ts";
import { mayStillJoin } from "./standing.ts";
import { personKey, type InstanceState, type Principal } from "./state.ts";

/** Hard-blocked with the host, a co-host or the verifier of the meeting, there or not, or with somebody inside (BAR-3). */
export function isWalledOff(state: InstanceState, principal: Principal, barrier: BarrierContext): boolean {
  if (!barrier.on) return false;
  const own = { key: personKey(principal), cls: barrier.classOf(principal) };
  if (
    reservedSeats(state, barrier)
      .against(own.key)
      .some((seat) => isBlocked(own, seat, barrier))
  )
    return true;
  for (const admissionId of state.inside) {
    const person = state.admissions.get(admissionId);
    if (person === undefined) continue;
    const isHard = barrier.hard(barrier.classOf(person.principal), own.cls);
    // Two of one class, perhaps one and the same person on two devices: nobody is kept from themselves.
    if (isHard && personKey(person.principal) !== own.key) return true;
  }
  return false;
}

function isBlocked(own: Seat, seat: Seat, barrier: BarrierContext): boolean {
  return seat.key !== own.key && barrier.hard(seat.cls, own.cls);
}

/** What nobody may do now: the union over all pairs inside, whichever rooms they are in, for everybody (BAR-4). */
export function softMaskOf(state: InstanceState, barrier: BarrierContext): BarrierMask {
  if (!barrier.on) return noFlags;
  const { inside, several } = roomClasses(state, barrier);
  return softMaskAmong(barrier, inside, (cls) => several.has(cls));
}

export type Sweep = {
  /** Inside, and may not be there any more. */
  readonly removed: readonly AdmissionId[];
  /** Waiting, and could not be admitted any more. */
  readonly barred: readonly AdmissionId[];
};

/**
 * Host first, whose seat everybody respects, then in the order of admission: who conflicts with nobody kept is kept
 * (BAR-5). So it is as if all had come under this version. Depends on order and relation alone, so every process finds the same.
 */
export function sweepOf(state: InstanceState, barrier: BarrierContext): Sweep {
  const removed: AdmissionId[] = [];
  const barred: AdmissionId[] = [];
  if (!barrier.on) return { removed, barred };
  // By far the most frequent case, and found without looking at persons.
  const { seated, waiting } = roomClasses(state, barrier);
  const unproved = unprovedGuests(state);
  if (!hasConflict(barrier, seated, waiting) && unproved.size === 0) return { removed, barred };
  const reserved = reservedSeats(state, barrier);
  const kept = new Map<BarrierClass, Set<string>>();
  const isOut = (own: Seat) => {
    for (const [cls, keys] of kept)
      if (barrier.hard(cls, own.cls) && (keys.size > 1 || !keys.has(own.key))) return true;
    return reserved.against(own.key).some((seat) => isBlocked(own, seat, barrier));
  };
  for (const [admissionId, own] of seatsOf(state, state.inside, barrier))
    if (unproved.has(admissionId) || isOut(own)) removed.push(admissionId);
    else kept.set(own.cls, (kept.get(own.cls) ?? new Set()).add(own.key));
  for (const [admissionId, own] of seatsOf(state, state.waiting, barrier))
    if (unproved.has(admissionId) || isOut(own)) barred.push(admissionId);
  return { removed, barred };
}

/** The meeting's settings are older than the barriers' rules: while they are on, nobody need not sign in (BAR-8). */
export function isBehindRules(state: InstanceState, barrier: BarrierContext): boolean {
  return (
    barrier.on && state.phase !== "ended" && state.settings.policy.values.whoMayJoin === "anyoneWithLink"
  );
}

/**
 * Came in before people had to sign in: nobody knows on which side of a wall they are (BAR-8). It would be the simplest
 * way around one: to sit in a meeting as a guest before barriers are switched on.
 */
function unprovedGuests(state: InstanceState): ReadonlySet<AdmissionId> {
  const unproved = new Set<AdmissionId>();
  for (const admissionId of [...state.inside, ...state.waiting]) {
    const person = state.admissions.get(admissionId);
    if (person?.principal.kind === "guest" && !mayStillJoin(state, person)) unproved.add(admissionId);
  }
  return unproved;
}

function seatsOf(
  { admissions }: InstanceState,
  ids: Iterable<AdmissionId>,
  barrier: BarrierContext,
): readonly (readonly [AdmissionId, Seat])[] {
  return [...ids].flatMap((admissionId) => {
    const person = admissions.get(admissionId);
    if (person === undefined) return [];
    return [
      [admissionId, { key: personKey(person.principal), cls: barrier.classOf(person.principal) }] as const,
    ];
  });
}
