import type { BreakoutsView } from "@sekisho/contract";
import type { ReactNode } from "react";
import type { RoomState } from "../../api/live/meeting-state.ts";
import { ArrangeRooms } from "./arrange-rooms.tsx";
import { OpenRooms } from "./open-rooms.tsx";

export interface RoomsDialogProps {
  room: RoomState;
  view: BreakoutsView;
  clockAhead: number;
  onClose: () => void;
}

/** The hosts' dialog: made and filled while rooms are closed, watched over while they are open. */
export function RoomsDialog(props: RoomsDialogProps): ReactNode {
  return props.view.phase === "closed" ? <ArrangeRooms {...props} /> : <OpenRooms {...props} />;
}
