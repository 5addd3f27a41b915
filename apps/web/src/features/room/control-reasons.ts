import type { RoomState } from "../../api/live/meeting-state.ts";
import { may } from "../../api/live/meeting-context.ts";
import type { MediaState } from "../../media/media-state.ts";
import { isCalling } from "../../meeting-shell/calling.ts";
import { reasonFor, type ReasonKey } from "../../meeting-shell/rights.ts";

export type ControlReason = ReasonKey | "reason.device" | "reason.sharing" | "reason.call";

export type ControlReasons = {
  readonly microphone: ControlReason | null;
  readonly camera: ControlReason | null;
  readonly share: ControlReason | null;
  readonly hand: ControlReason | null;
};

/** null: available. What the server's list lacks is not available, whatever the reason may be called. */
export function controlReasons(room: RoomState, media: MediaState, device = canShare()): ControlReasons {
  const { meta } = room;
  const stopped = meta.suspended !== null ? "reason.suspended" : "reason.host";
  return {
    microphone: may(meta, "media.microphone") ? null : reasonFor(meta, "unmute"),
    camera: may(meta, "media.camera") ? null : stopped,
    share: shareReason(room, media, device),
    hand: may(meta, "hand.raise") ? null : stopped,
  };
}

function shareReason(room: RoomState, media: MediaState, device: boolean): ControlReason | null {
  const { meta, people } = room;
  if (isCalling(room)) return "reason.call";
  if (!may(meta, "media.screenShare")) return reasonFor(meta, "screenShare");
  if (!device) return "reason.device";
  const self = people.find((one) => one.id === meta.selfId)?.sfuIdentity;
  const other = [...media.people].some(([identity, one]) => identity !== self && one.screen !== null);
  return other ? "reason.sharing" : null;
}

function canShare(): boolean {
  return typeof navigator !== "undefined" && typeof navigator.mediaDevices?.getDisplayMedia === "function";
}
