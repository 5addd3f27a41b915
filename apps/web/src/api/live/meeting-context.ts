import { createContext, useContext, useSyncExternalStore } from "react";
import type { Capability } from "@sekisho/domain";
import type { RoomMeta } from "@sekisho/contract";
import type { Commands } from "./commands.ts";
import type { MeetingState, RoomState } from "./meeting-state.ts";
import type { MeetingStore } from "./meeting-store.ts";

export type Meeting = {
  readonly link: string;
  readonly store: MeetingStore;
  readonly commands: Commands;
};

/** One meeting a page; set once by the page of `/m/:link`. */
export const MeetingContext = createContext<Meeting | null>(null);

export function useMeeting(): Meeting {
  const meeting = useContext(MeetingContext);
  if (meeting === null) throw new Error("no meeting around this part of the page");
  return meeting;
}

export function useCommands(): Commands {
  return useMeeting().commands;
}

export function useMeetingState(): MeetingState {
  const { store } = useMeeting();
  return useSyncExternalStore(store.subscribe, store.getState);
}

/** Only inside the room's screens, which are not drawn without one. */
export function useRoom(): RoomState {
  const { room } = useMeetingState();
  if (room === null) throw new Error("no room to draw");
  return room;
}

/** What a person may do is the server's list and nothing else. */
export function may(meta: Pick<RoomMeta, "capabilities">, capability: Capability): boolean {
  return meta.capabilities.includes(capability);
}
