import type { RoomState } from "../api/live/meeting-state.ts";

/** This person has left the meeting's room for a verification call with somebody who waits (ADM-13). */
export function isCalling({ meta, lobby }: Pick<RoomState, "meta" | "lobby">): boolean {
  return lobby.some((row) => row.call?.verifierId === meta.selfId && row.call.running !== null);
}
