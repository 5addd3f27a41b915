import { useEffect } from "react";
import type { RoomState } from "../../api/live/meeting-state.ts";
import { useMedia, useMediaState } from "../../media/media-context.ts";
import { isCalling } from "../../meeting-shell/calling.ts";

/**
 * Whoever starts a verification call means to be seen and heard in it: once the page is in the call's room, and not a
 * moment before, camera and microphone go on; the meeting finds them as they were.
 */
export function useCallDevices(room: RoomState): void {
  const media = useMedia();
  const state = useMediaState();
  const own = room.people.find((one) => one.id === room.meta.selfId)?.sfuIdentity ?? "";
  const there = isCalling(room) && state.phase === "connected" && state.people.has(own);
  useEffect(() => {
    if (there) void media.openHere();
  }, [there, own, media]);
}
