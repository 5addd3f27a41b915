/** Seats that are kept for people by name, whether they are there or not (BAR-3). */
import type { BarrierClass } from "../barrier/class-matrix.ts";
import type { BarrierContext } from "../barrier/context.ts";
import type { AccountId } from "../ids.ts";
import { personKey, type InstanceState, type Principal } from "./state.ts";

/** `key` is the person's `personKey`. */
export type Seat = { readonly key: string; readonly cls: BarrierClass };

export type ReservedSeats = {
  readonly all: readonly Seat[];
  /** Those of people who come before `key` in rank. */
  against(key: string): readonly Seat[];
};

/**
 * Host, co-hosts, verifier. A seat counts whether or not its holder could take it now, or a further policy could let
 * somebody in (I12).
 */
export function reservedSeats(state: InstanceState, barrier: BarrierContext): ReservedSeats {
  const { host, coHosts, verifier } = state.settings.appointments;
  const seat = (accountId: AccountId): Seat => {
    const principal: Principal = { kind: "account", accountId, device: "" };
    return { key: personKey(principal), cls: barrier.classOf(principal) };
  };
  const first = seat(host);
  const helpers = coHosts.map(seat);
  const hosts = [first, ...helpers, ...appointedSeats(state, barrier)];
  const all = verifier === null ? hosts : [...hosts, seat(verifier)];
  return {
    all,
    against(key) {
      if (key === first.key) return [];
      return helpers.some((one) => one.key === key) ? [first] : all;
    },
  };
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
