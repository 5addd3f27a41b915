import { useEffect } from "react";
import { checkPage, isNewer, usePageUpdate, watchPage } from "../../app-shell/page-update.ts";
import type { MeetingState } from "../../api/live/meeting-state.ts";
import type { BannerInput } from "./room-banners.ts";

/** Shorter than this, a slow line may miss its own place. */
const safeSeconds = 20;

/** Whether there is an update, and what becomes of the own place by it; hosts are never sent to the waiting room (SEC-7). */
export function useRoomUpdate(
  connection: MeetingState["connection"],
  isHost: boolean,
): BannerInput["update"] {
  const update = usePageUpdate();
  useEffect(watchPage, []);
  useEffect(() => {
    // A stream that stands again may come from a server that was started anew.
    if (connection === "open") void checkPage(true);
  }, [connection]);
  if (!isNewer(update)) return null;
  return isHost || update.seatKeptSeconds >= safeSeconds ? "seat" : "waiting";
}
