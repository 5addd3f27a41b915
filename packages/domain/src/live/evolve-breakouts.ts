/** The part of `evolve` that concerns breakout rooms (SEC-4). */
import type { BreakoutId } from "../ids.ts";
import { isHosting } from "./capabilities.ts";
import { change, type Draft } from "./draft.ts";
import type { EventOf, MeetingEvent, Move } from "./events.ts";
import { personKey, type Admission, type Breakout, type Principal } from "./state.ts";

/** True if the event was one of these, and was applied. */
export function applyToBreakouts(draft: Draft, event: MeetingEvent, at: number): boolean {
  switch (event.type) {
    case "breakout.arranged":
      arranged(draft, event);
      return true;
    case "breakout.assigned":
      assigned(draft, event);
      return true;
    case "breakout.opened":
      opened(draft, event, at);
      return true;
    case "breakout.moved":
      for (const one of event.moves) move(draft, one, at);
      return true;
    case "breakout.timerSet":
      draft.breakouts = { ...draft.breakouts, phase: "open", closesAt: event.closesAt };
      return true;
    case "breakout.closing":
      draft.breakouts = { ...draft.breakouts, phase: "closing", closesAt: event.closesAt };
      return true;
    case "breakout.closed":
      for (const one of event.moves) move(draft, one, at);
      closeBreakouts(draft);
      return true;
    case "breakout.hostCalled":
      change(draft, event.admissionId, { calledHostAt: at });
      return true;
    case "breakout.callEnded":
      change(draft, event.admissionId, { calledHostAt: null });
      return true;
    default:
      return false;
  }
}

function arranged(draft: Draft, event: EventOf<"breakout.arranged">): void {
  const rooms = new Map<BreakoutId, Breakout>(
    event.rooms.map((id, index) => [id, { id, name: event.personal.names[index] ?? "", sfuRoom: null }]),
  );
  const assignments = [...draft.breakouts.assignments].filter(([, room]) => rooms.has(room));
  const { choose, mayReturn } = event;
  draft.breakouts = { ...draft.breakouts, rooms, choose, mayReturn, assignments: new Map(assignments) };
}

function assigned(draft: Draft, event: EventOf<"breakout.assigned">): void {
  const assignments = new Map(draft.breakouts.assignments);
  for (const { admissionId, breakoutId } of event.assignments) {
    const person = draft.admissions.get(admissionId);
    if (person === undefined) continue;
    const key = personKey(person.principal);
    if (breakoutId === null) assignments.delete(key);
    else assignments.set(key, breakoutId);
  }
  draft.breakouts = { ...draft.breakouts, assignments };
}

function opened(draft: Draft, event: EventOf<"breakout.opened">, at: number): void {
  const rooms = new Map(draft.breakouts.rooms);
  for (const { breakoutId, sfuRoom } of event.rooms) {
    const room = rooms.get(breakoutId);
    if (room !== undefined) rooms.set(breakoutId, { ...room, sfuRoom });
  }
  draft.breakouts = { ...draft.breakouts, phase: "open", rooms, closesAt: event.closesAt };
  for (const one of event.moves) move(draft, one, at);
}

export function move(draft: Draft, { admissionId, breakoutId, sfuIdentity }: Move, at: number): void {
  const person = draft.admissions.get(admissionId);
  if (person?.status.kind !== "admitted") return;
  const { status } = person;
  // A move never prolongs an absence: who had dropped before has the rest of the same time to return (ADM-7).
  const connection =
    status.connection.kind === "connected" ? { kind: "absent" as const, since: at } : status.connection;
  change(draft, admissionId, {
    breakoutId,
    sfuIdentity,
    status: { ...status, connection },
    places: [...person.places, { breakoutId, since: at }],
    calledHostAt: null,
  });
  draft.sfuIdentities.add(sfuIdentity);
  if (breakoutId !== null && isHosting(person)) endCallsIn(draft, breakoutId);
}

/** A host is in the room: whoever called for one has one. */
function endCallsIn(draft: Draft, breakoutId: BreakoutId): void {
  for (const admissionId of draft.inside) {
    const person = draft.admissions.get(admissionId);
    if (person?.breakoutId === breakoutId && person.calledHostAt !== null)
      change(draft, admissionId, { calledHostAt: null });
  }
}

/** Names, rules and assignments stay for the next opening. */
export function closeBreakouts(draft: Draft): void {
  if (draft.breakouts.phase === "closed") return;
  const rooms = [...draft.breakouts.rooms].map(([id, room]) => [id, { ...room, sfuRoom: null }] as const);
  draft.breakouts = { ...draft.breakouts, phase: "closed", rooms: new Map(rooms), closesAt: null };
}

/** Who comes in while rooms are open comes into the room that the person belongs to. */
export function placeOnEntering(draft: Draft, principal: Principal): Admission["breakoutId"] {
  const { phase, assignments, rooms } = draft.breakouts;
  if (phase !== "open") return null;
  const breakoutId = assignments.get(personKey(principal));
  return breakoutId !== undefined && rooms.get(breakoutId)?.sfuRoom ? breakoutId : null;
}
