/**
 * Information barriers in one meeting: who may not be in it with whom, what nobody may do while certain people are in
 * it, and who stays when a new version arrives (BAR-3 … BAR-5). Pure; part of the one admission function.
 */
import type { BarrierContext } from "../barrier/context.ts";
import { noFlags, softBlocks, type BarrierMask } from "../barrier/flags.ts";
import type { BarrierClass } from "../barrier/barrier-index.ts";
import type { AccountId, AdmissionId } from "../ids.ts";
import { personKey, type InstanceState, type Principal } from "./state.ts";

type Seat = { readonly key: string; readonly cls: BarrierClass };

/** Hard-blocked with the host, a co-host or the verifier of the meeting, there or not, or with somebody inside (BAR-3). */
export function isWalledOff(state: InstanceState, principal: Principal, barrier: BarrierContext): boolean {
  if (!barrier.on) return false;
  const own = { key: personKey(principal), cls: barrier.classOf(principal) };
  const blocks = (seat: Seat) => seat.key !== own.key && barrier.hard(seat.cls, own.cls);
  return reservedSeats(state, barrier, own.key).some(blocks) || insideSeats(state, barrier).some(blocks);
}

/**
 * Seats that are kept for people by name, against those who come before `key` in rank: host, co-hosts, verifier (BAR-3).
 * A seat counts whether or not its holder could take it now, or a further policy could let somebody in (I12).
 */
function reservedSeats(state: InstanceState, barrier: BarrierContext, key: string): readonly Seat[] {
  const { host, coHosts, verifier } = state.settings.appointments;
  const seat = (accountId: AccountId): Seat => {
    const principal: Principal = { kind: "account", accountId, device: "" };
    return { key: personKey(principal), cls: barrier.classOf(principal) };
  };
  const first = seat(host);
  if (key === first.key) return [];
  const helpers = coHosts.map(seat);
  if (helpers.some((one) => one.key === key)) return [first];
  const hosts = [first, ...helpers, ...appointedSeats(state, barrier)];
  return verifier === null ? hosts : [...hosts, seat(verifier)];
}

/** Made co-host in the meeting, and gone for a while: the seat is kept like a scheduled co-host's. */
function appointedSeats(state: InstanceState, barrier: BarrierContext): readonly Seat[] {
  const seats: Seat[] = [];
  for (const [key, role] of state.appointed) {
    const [admissionId] = state.byPerson.get(key) ?? [];
    const person = admissionId === undefined ? undefined : state.admissions.get(admissionId);
    if (role === "coHost" && person !== undefined)
      seats.push({ key, cls: barrier.classOf(person.principal) });
  }
  return seats;
}

function insideSeats(state: InstanceState, barrier: BarrierContext): readonly Seat[] {
  const seats: Seat[] = [];
  for (const admissionId of state.inside) {
    const person = state.admissions.get(admissionId);
    if (person !== undefined)
      seats.push({ key: personKey(person.principal), cls: barrier.classOf(person.principal) });
  }
  return seats;
}

/** What nobody may do now: the union over all pairs inside, whichever rooms they are in, for everybody (BAR-4). */
export function softMaskOf(state: InstanceState, barrier: BarrierContext): BarrierMask {
  if (!barrier.on) return noFlags;
  const people = new Map<BarrierClass, Set<string>>();
  for (const { key, cls } of insideSeats(state, barrier)) {
    const keys = people.get(cls) ?? new Set();
    people.set(cls, keys.add(key));
  }
  let mask = noFlags;
  const classes = [...people.keys()];
  classes.forEach((one, index) => {
    if ((people.get(one)?.size ?? 0) > 1) mask |= barrier.between(one, one);
    for (const other of classes.slice(index + 1)) mask |= barrier.between(one, other);
  });
  return mask & softBlocks;
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
  const kept: Seat[] = [];
  for (const admissionId of state.inside) {
    const person = state.admissions.get(admissionId);
    if (person === undefined) continue;
    const own = { key: personKey(person.principal), cls: barrier.classOf(person.principal) };
    const blocks = (seat: Seat) => seat.key !== own.key && barrier.hard(seat.cls, own.cls);
    if (kept.some(blocks) || reservedSeats(state, barrier, own.key).some(blocks)) removed.push(admissionId);
    else kept.push(own);
  }
  for (const admissionId of state.waiting) {
    const person = state.admissions.get(admissionId);
    if (person === undefined) continue;
    const own = { key: personKey(person.principal), cls: barrier.classOf(person.principal) };
    const blocks = (seat: Seat) => seat.key !== own.key && barrier.hard(seat.cls, own.cls);
    if (kept.some(blocks) || reservedSeats(state, barrier, own.key).some(blocks)) barred.push(admissionId);
  }
  return { removed, barred };
}
