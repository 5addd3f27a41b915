/**
 * Which meetings a new version concerns, among thousands (BAR-5): the classes of each are kept beside its state, so that
 * nobody is looked up again. The answer may name one too many, never one too few.
 */
import type { BarrierClass } from "../barrier/class-matrix.ts";
import type { BarrierContext } from "../barrier/context.ts";
import type { AdmissionId } from "../ids.ts";
import { hasConflict, softMaskAmong } from "./barrier-classes.ts";
import { reservedSeats } from "./barrier-seats.ts";
import { personKey, type InstanceState, type Principal } from "./state.ts";

export type RoomClasses = {
  readonly inside: readonly BarrierClass[];
  /** Of which two different people are inside. */
  readonly several: ReadonlySet<BarrierClass>;
  /** Inside, or with a seat by name. */
  readonly seated: readonly BarrierClass[];
  readonly waiting: readonly BarrierClass[];
};

type Kept = { readonly numbering: object; readonly classes: RoomClasses };

/** A state that was committed never changes; a draft that still does must not be asked about here. */
const kept = new WeakMap<InstanceState, Kept>();

/**
 * Those of `states` in which this version may remove somebody, bar somebody who waits, or change what nobody may do.
 * Each is a committed state. Looks while it is iterated, so the first is there at once.
 */
export function* roomsConcerned(
  states: Iterable<InstanceState>,
  barrier: BarrierContext,
): Generator<InstanceState, void, undefined> {
  for (const state of states) if (isConcerned(state, barrier)) yield state;
}

/** For after a commit, so that a later version finds the classes there. */
export function rememberRoom(state: InstanceState, barrier: BarrierContext): void {
  keptClasses(state, barrier);
}

function isConcerned(state: InstanceState, barrier: BarrierContext): boolean {
  if (state.phase === "ended") return false;
  if (!barrier.on) return state.barrier.mask !== 0;
  const { inside, several, seated, waiting } = keptClasses(state, barrier);
  if (hasConflict(barrier, seated, waiting)) return true;
  return softMaskAmong(barrier, inside, (cls) => several.has(cls)) !== state.barrier.mask;
}

function keptClasses(state: InstanceState, barrier: BarrierContext): RoomClasses {
  const known = kept.get(state);
  if (known?.numbering === barrier.numbering) return known.classes;
  const classes = roomClasses(state, barrier);
  kept.set(state, { numbering: barrier.numbering, classes });
  return classes;
}

export function roomClasses(state: InstanceState, barrier: BarrierContext): RoomClasses {
  const people = new Map<BarrierClass, Principal | "several">();
  for (const admissionId of state.inside) {
    const principal = state.admissions.get(admissionId)?.principal;
    if (principal === undefined) continue;
    const cls = barrier.classOf(principal);
    const before = people.get(cls);
    if (before === undefined) people.set(cls, principal);
    else if (before !== "several" && personKey(before) !== personKey(principal)) people.set(cls, "several");
  }
  const inside = [...people.keys()];
  const seated = new Set(inside);
  for (const seat of reservedSeats(state, barrier).all) seated.add(seat.cls);
  return {
    inside,
    several: new Set(inside.filter((cls) => people.get(cls) === "several")),
    seated: [...seated],
    waiting: [...classesOf(state, state.waiting, barrier)],
  };
}

function classesOf(
  { admissions }: InstanceState,
  ids: Iterable<AdmissionId>,
  barrier: BarrierContext,
): ReadonlySet<BarrierClass> {
  const classes = new Set<BarrierClass>();
  for (const admissionId of ids) {
    const person = admissions.get(admissionId);
    if (person !== undefined) classes.add(barrier.classOf(person.principal));
  }
  return classes;
}
