import type { Reaction } from "@sekisho/contract";
import { useState } from "react";
import type { Commands } from "../../api/live/commands.ts";
import { may, useCommands } from "../../api/live/meeting-context.ts";
import type { RoomState } from "../../api/live/meeting-state.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { updatePage } from "../../app-shell/page-update.ts";
import { useMedia } from "../../media/media-context.ts";
import type { MediaState } from "../../media/media-state.ts";
import type { BannerAct } from "./room-banners.ts";

export type RoomActionsInput = {
  readonly room: RoomState;
  readonly media: MediaState;
  readonly openShare: () => void;
};

/** What the control bar, the keys and the banners do. */
export function useRoomActions({ room, media: now, openShare }: RoomActionsInput) {
  const media = useMedia();
  const commands = useCommands();
  const leaving = useCommand();
  const other = useCommand();
  const [view, setView] = useState<"grid" | "speaker">("grid");
  const { meta } = room;
  const me = room.people.find((one) => one.id === meta.selfId);
  const handRaised = me !== undefined && me.handRaisedAt !== null;
  const setMicrophone = (on: boolean) => {
    if (!on || may(meta, "media.microphone")) void media.setMicrophone(on);
  };
  return {
    view,
    setView,
    handRaised,
    leaving: leaving.busy,
    microphone: () => setMicrophone(!now.microphone.on),
    talk: (on: boolean) => {
      if (on !== now.microphone.on) setMicrophone(on);
    },
    camera: () => {
      if (now.camera.on || may(meta, "media.camera")) void media.setCamera(!now.camera.on);
    },
    share: () => {
      if (now.sharing) void media.stopShare();
      else openShare();
    },
    startShare: () => void media.startShare(),
    hand: () => {
      if (handRaised) void other.run(() => commands.lowerHand(meta.selfId));
      else if (may(meta, "hand.raise")) void other.run(() => commands.raiseHand());
    },
    react: (reaction: Reaction) => void other.run(() => commands.react({ reaction })),
    leave: (handTo: string | null) => void leaving.run(() => commands.leave(handTo)),
    end: () => void leaving.run(() => commands.end()),
    banner: (act: BannerAct, to: Commands) => {
      if (act === "retry") media.retry();
      else if (act === "stopShare") void media.stopShare();
      else if (act === "unmute") setMicrophone(true);
      else if (act === "resume") void other.run(() => to.resume());
      else if (act === "update") updatePage();
      else if (act === "leave") void leaving.run(() => to.leave(null));
      else if (act === "lock") void other.run(() => to.lock(true));
    },
  };
}
