import { useState, type ReactNode } from "react";
import { useMeetingState, useRoom } from "../../api/live/meeting-context.ts";
import { roomsAreOpen } from "../../api/live/own-room.ts";
import { ChooseDialog } from "./choose-dialog.tsx";
import { NoticeDialog } from "./notice-dialog.tsx";
import { RoomsDialog } from "./rooms-dialog.tsx";
import { RoomsStrip } from "./rooms-strip.tsx";

export interface BreakoutsProps {
  /** The hosts' dialog is open. */
  managing: boolean;
  onManage: (open: boolean) => void;
}

type Layer = "choose" | "notice" | null;

/** Everything of breakout rooms in the room's screen (SEC-4): the line above the pictures, and its dialogs. */
export function Breakouts({ managing, onManage }: BreakoutsProps): ReactNode {
  const room = useRoom();
  const { clockAhead } = useMeetingState();
  const [layer, setLayer] = useState<Layer>(null);
  const close = () => setLayer(null);
  const { breakouts } = room.meta;
  const open = roomsAreOpen(room.meta);
  return (
    <>
      {open && (
        <RoomsStrip
          meta={room.meta}
          onManage={() => onManage(true)}
          onChoose={() => setLayer("choose")}
          onNotice={() => setLayer("notice")}
        />
      )}
      {managing && breakouts !== null && breakouts.hosts !== null && (
        <RoomsDialog room={room} view={breakouts} clockAhead={clockAhead} onClose={() => onManage(false)} />
      )}
      {open && layer === "choose" && breakouts !== null && <ChooseDialog view={breakouts} onClose={close} />}
      {open && layer === "notice" && <NoticeDialog onClose={close} />}
    </>
  );
}
