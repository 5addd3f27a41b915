/** Which of the meeting's rooms this person is in (SEC-4), and who is in it too. */
import type { BreakoutsView, PersonView, RoomMeta } from "@sekisho/contract";
import type { RoomState } from "./meeting-state.ts";

type Meta = Pick<RoomMeta, "breakouts">;

/** null: the main one. */
export function ownRoomId({ breakouts }: Meta): string | null {
  return breakouts?.ownId ?? null;
}

/** The name of a breakout room, as far as this person is told of it. */
export function roomName(breakouts: Pick<BreakoutsView, "rooms"> | null, id: string | null): string | null {
  return breakouts?.rooms.find((room) => room.id === id)?.name ?? null;
}

/** Hosts are told of everybody in the meeting, wherever; everybody else of the own room only. */
export function peopleHere({ meta, people }: Pick<RoomState, "meta" | "people">): readonly PersonView[] {
  const own = ownRoomId(meta);
  return people.every((one) => one.breakoutId === own)
    ? people
    : people.filter((one) => one.breakoutId === own || one.id === meta.selfId);
}

/** Rooms are open, or about to close. */
export function roomsAreOpen({ breakouts }: Meta): boolean {
  return breakouts !== null && breakouts.phase !== "closed";
}
