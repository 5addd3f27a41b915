/** What is read out when the room changes. Nothing about people to anybody who may not see them. */
import type { MeetingState, RoomState } from "../../api/live/meeting-state.ts";
import { peopleHere, roomsAreOpen } from "../../api/live/own-room.ts";
import { roomsSaid, type RoomsKey } from "./announcements-rooms.ts";

export type Said = {
  readonly key:
    | "asks"
    | "asksMany"
    | RoomsKey
    | "joined"
    | "wentAway"
    | "said.locked"
    | "said.unlocked"
    | "said.suspended"
    | "said.resumed"
    | "said.raised"
    | "said.chat";
  readonly params: Readonly<Record<string, string | number>>;
  readonly urgency: "polite" | "assertive";
};

/** Above this many people, coming and going is not read out. */
const QUIET_ABOVE = 6;

export function saidBetween(before: MeetingState, after: MeetingState): readonly Said[] {
  if (before.room === null || after.room === null || before.room === after.room)
    return chatSaid(before, after);
  return [
    ...controls(before.room, after.room),
    ...roomsSaid(before.room, after.room),
    ...asking(before.room, after.room),
    ...comings(before.room, after.room),
    ...chatSaid(before, after),
  ];
}

function controls(before: RoomState, after: RoomState): Said[] {
  const said: Said[] = [];
  const suspended = after.meta.suspended !== null;
  if (suspended !== (before.meta.suspended !== null))
    said.push({ key: suspended ? "said.suspended" : "said.resumed", params: {}, urgency: "assertive" });
  const locked = after.meta.locked !== null;
  // Stopping everything locks too: one sentence is enough then.
  if (locked !== (before.meta.locked !== null) && said.length === 0)
    said.push({ key: locked ? "said.locked" : "said.unlocked", params: {}, urgency: "assertive" });
  return said;
}

export function newRequests(before: RoomState, after: RoomState) {
  const known = new Set(before.lobby.map((row) => row.id));
  return after.lobby.filter((row) => !known.has(row.id));
}

function asking(before: RoomState, after: RoomState): Said[] {
  const rows = newRequests(before, after);
  const [first] = rows;
  if (first === undefined) return [];
  return rows.length === 1
    ? [{ key: "asks", params: { name: first.displayName }, urgency: "polite" }]
    : [{ key: "asksMany", params: { count: rows.length }, urgency: "polite" }];
}

function comings(before: RoomState, after: RoomState): Said[] {
  const self = after.meta.selfId;
  const said: Said[] = [];
  for (const person of after.people) {
    const earlier = before.people.find((one) => one.id === person.id);
    if (person.id === self || earlier === undefined) continue;
    if (person.handRaisedAt !== null && earlier.handRaisedAt === null)
      said.push({ key: "said.raised", params: { name: person.displayName }, urgency: "polite" });
  }
  return [...said, ...(sameRooms(before, after) ? doorOf(before, after) : [])];
}

/** Nobody comes or goes where it is oneself, or everybody, who changes rooms (SEC-4). */
function sameRooms(before: RoomState, after: RoomState): boolean {
  const [was, is] = [before.meta.breakouts, after.meta.breakouts];
  return (
    (was?.ownId ?? null) === (is?.ownId ?? null) && roomsAreOpen(before.meta) === roomsAreOpen(after.meta)
  );
}

function doorOf(before: RoomState, after: RoomState): Said[] {
  const [was, is] = [peopleHere(before), peopleHere(after)];
  if (is.length > QUIET_ABOVE) return [];
  const self = after.meta.selfId;
  // While rooms are open, whoever goes may still be in the meeting.
  const open = roomsAreOpen(after.meta);
  const said: Said[] = [];
  for (const { id, displayName: name } of is)
    if (id !== self && !was.some((one) => one.id === id))
      said.push({ key: open ? "said.cameHere" : "joined", params: { name }, urgency: "polite" });
  for (const { id, displayName: name } of was)
    if (id !== self && !is.some((one) => one.id === id))
      said.push({ key: open ? "said.wentFromHere" : "wentAway", params: { name }, urgency: "polite" });
  return said;
}

function chatSaid(before: MeetingState, after: MeetingState): Said[] {
  const last = after.chat.at(-1);
  if (last === undefined || after.unread <= before.unread) return [];
  const { fromName: name, text } = last;
  if (last.to === "broadcast") return [{ key: "said.notice", params: { name, text }, urgency: "assertive" }];
  return [{ key: "said.chat", params: { name: last.fromName }, urgency: "polite" }];
}
