/** What hosts see of breakout rooms as data (SEC-4): who stands in which column, and what may be offered there. */
import type { BreakoutsView, ChatMessage, PersonView } from "@sekisho/contract";
import { mostBreakouts } from "@sekisho/domain";

export type Column = {
  /** null: the main meeting, or nowhere yet. */
  readonly id: string | null;
  readonly name: string | null;
  readonly people: readonly PersonView[];
};

/** While rooms are closed: where people will go. While they are open: where they are. */
export function columnsOf(view: BreakoutsView, people: readonly PersonView[]): readonly Column[] {
  const assigned = new Map(view.hosts?.assignments.map((one) => [one.admissionId, one.breakoutId]));
  const placeOf = (person: PersonView) =>
    view.phase === "closed" ? (assigned.get(person.id) ?? null) : person.breakoutId;
  const column = (id: string | null, name: string | null): Column => ({
    id,
    name,
    people: people.filter((person) => placeOf(person) === id),
  });
  return [column(null, null), ...view.rooms.map((room) => column(room.id, room.name))];
}

/** Hosts go where they like and nobody places them (SEC-7); near the end nobody is placed any more. */
export function mayPlace(view: BreakoutsView, person: PersonView, selfId: string): boolean {
  if (view.phase === "closing") return false;
  return person.id === selfId || (person.role !== "host" && person.role !== "coHost");
}

export function hasRoomForMore(view: Pick<BreakoutsView, "rooms">): boolean {
  return view.rooms.length < mostBreakouts;
}

type RoomInput = { readonly id: string | null; readonly name: string };

/** `count` more rooms with the lowest numbers that no room has in its name yet. `name` says a number as a name. */
export function withMore(
  rooms: readonly RoomInput[],
  count: number,
  name: (number: number) => string,
): RoomInput[] {
  const taken = new Set(rooms.map((room) => room.name));
  const more: RoomInput[] = [];
  for (let number = 1; more.length < count; number += 1)
    if (!taken.has(name(number))) more.push({ id: null, name: name(number) });
  return [...rooms, ...more];
}

/** A name as typed, or null where it changes nothing: empty, or as before. */
export function newName(typed: string, before: string): string | null {
  const name = typed.trim();
  return name === "" || name === before ? null : name;
}

/** The newest message to all rooms that this person has neither written nor put away; `since`: ms, server's clock. */
export function noticeOf(
  chat: readonly ChatMessage[],
  selfId: string,
  { since, seen }: { readonly since: number; readonly seen: string | null },
): ChatMessage | null {
  const last = chat.findLast((message) => message.to === "broadcast" && message.fromId !== selfId);
  return last === undefined || last.at < since || last.id === seen ? null : last;
}
