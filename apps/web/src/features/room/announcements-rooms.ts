/** What is read out of breakout rooms (SEC-4). */
import type { RoomState } from "../../api/live/meeting-state.ts";
import { ownRoomId, roomName, roomsAreOpen } from "../../api/live/own-room.ts";

export type RoomsKey =
  | "said.roomsOpen"
  | "said.roomsClosing"
  | "said.inRoom"
  | "said.inMain"
  | "said.cameHere"
  | "said.wentFromHere"
  | "said.called"
  | "said.notice";

type Said = {
  readonly key: RoomsKey;
  readonly params: Readonly<Record<string, string | number>>;
  readonly urgency: "polite" | "assertive";
};

export function roomsSaid(before: RoomState, after: RoomState): Said[] {
  return [...moved(before, after), ...phase(before, after), ...called(before, after)];
}

function moved(before: RoomState, after: RoomState): Said[] {
  const own = ownRoomId(after.meta);
  if (own === ownRoomId(before.meta)) return [];
  const name = roomName(after.meta.breakouts, own);
  return name === null
    ? [{ key: "said.inMain", params: {}, urgency: "assertive" }]
    : [{ key: "said.inRoom", params: { name }, urgency: "assertive" }];
}

/** Whoever is moved by the opening hears of the move; only those who stay hear of the opening. */
function phase({ meta: before }: RoomState, { meta: after }: RoomState): Said[] {
  const stays = ownRoomId(before) === ownRoomId(after);
  if (stays && roomsAreOpen(after) && !roomsAreOpen(before))
    return [{ key: "said.roomsOpen", params: {}, urgency: "polite" }];
  const closing = after.breakouts?.phase === "closing" && before.breakouts?.phase === "open";
  return closing ? [{ key: "said.roomsClosing", params: {}, urgency: "assertive" }] : [];
}

/** To hosts: who asks for one. */
function called({ meta: before }: RoomState, { meta: after }: RoomState): Said[] {
  const known = new Set(before.breakouts?.hosts?.calls.map((call) => `${call.admissionId}${call.at}`));
  return (after.breakouts?.hosts?.calls ?? [])
    .filter((call) => !known.has(`${call.admissionId}${call.at}`))
    .map(({ displayName, breakoutId }) => ({
      key: "said.called",
      params: { name: displayName, room: roomName(after.breakouts, breakoutId) ?? "" },
      urgency: "assertive",
    }));
}
