/** What is read out when the room changes. Nothing about people to anybody who may not see them. */
import type { MeetingState, RoomState } from "../../api/live/meeting-state.ts";

export type Said = {
  readonly key:
    | "asks"
    | "asksMany"
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
  if (after.people.length > QUIET_ABOVE) return said;
  for (const person of after.people)
    if (person.id !== self && !before.people.some((one) => one.id === person.id))
      said.push({ key: "joined", params: { name: person.displayName }, urgency: "polite" });
  for (const person of before.people)
    if (person.id !== self && !after.people.some((one) => one.id === person.id))
      said.push({ key: "wentAway", params: { name: person.displayName }, urgency: "polite" });
  return said;
}

function chatSaid(before: MeetingState, after: MeetingState): Said[] {
  const last = after.chat.at(-1);
  if (last === undefined || after.unread <= before.unread) return [];
  return [{ key: "said.chat", params: { name: last.fromName }, urgency: "polite" }];
}
