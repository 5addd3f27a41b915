/** Breakout rooms (SEC-4): who is where, and what follows from it for media and for who sees whom. */
import type { BreakoutId, SfuRoom } from "../ids.ts";
import { callWith } from "./calls.ts";
import { isHosting } from "./capabilities.ts";
import { personKey, type Admission, type Breakouts, type InstanceState } from "./state.ts";

/** At most so many rooms. */
export const mostBreakouts = 50;
/** How long people have to finish after they were told to come back; also the warning before a timer's end. */
export const closingMs = 60_000;

export const noBreakouts: Breakouts = {
  phase: "closed",
  rooms: new Map(),
  choose: false,
  mayReturn: true,
  closesAt: null,
  assignments: new Map(),
};

/**
 * The SFU's room of this person at this moment; null for whoever has none, who connects nowhere. Who is in a
 * verification call has a place there and nowhere else, on either side of it (ADM-13).
 */
export function sfuRoomOf(state: InstanceState, person: Admission): SfuRoom | null {
  const call = callWith(state, person)?.running;
  if (call)
    return person.status.kind === "admitted" || person.status.kind === "waiting" ? call.sfuRoom : null;
  if (person.status.kind !== "admitted") return null;
  if (person.breakoutId === null) return state.sfuRoom;
  return state.breakouts.rooms.get(person.breakoutId)?.sfuRoom ?? null;
}

/** Every room that the SFU may have for this instance: the main one, those that are open, and those of calls. */
export function sfuRoomsOf(state: InstanceState): readonly SfuRoom[] {
  const open = [...state.breakouts.rooms.values()].flatMap((room) => room.sfuRoom ?? []);
  const calls = [...state.calls.values()].flatMap((call) => call.running?.sfuRoom ?? []);
  return [state.sfuRoom, ...open, ...calls];
}

/** The room that a person belongs to, there or not. */
export function assignedTo(state: InstanceState, person: Admission): BreakoutId | null {
  return state.breakouts.assignments.get(personKey(person.principal)) ?? null;
}

/** Where somebody was at `at` (ms since 1970 UTC); undefined before the stay. */
export function placeAt(person: Admission, at: number): BreakoutId | null | undefined {
  return person.places.findLast((place) => place.since <= at)?.breakoutId;
}

/** Who is shown to whom: hosts see everybody, everybody else the people of the own room. */
export function mayPerceive(viewer: Admission, other: Admission): boolean {
  return isHosting(viewer) || viewer.breakoutId === other.breakoutId;
}
