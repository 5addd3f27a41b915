/** The line above the pictures while breakout rooms are open, as data (SEC-4). */
import type { RoomMeta } from "@sekisho/contract";
import { may } from "../../api/live/meeting-context.ts";
import { roomName } from "../../api/live/own-room.ts";

export type StripAct =
  | "call"
  | "uncall"
  | "join"
  | "choose"
  | "return"
  | "notice"
  | "bringBack"
  | "keepOpen"
  | "manage";

export type Strip = {
  readonly tone: "info" | "warn";
  readonly key: "strip.here" | "strip.open" | "strip.assigned" | "strip.choose" | "strip.others";
  /** The room that the sentence names. */
  readonly room: string | null;
  /** The room that `join` leads to. */
  readonly assigned: string | null;
  /** When everybody is back, ms by the server's clock; null without a timer. */
  readonly until: number | null;
  readonly closing: boolean;
  /** The own call for help stands. */
  readonly called: boolean;
  /** In the order in which they stand. */
  readonly acts: readonly StripAct[];
};

/** null while rooms are closed. */
export function stripOf(meta: RoomMeta): Strip | null {
  const { breakouts } = meta;
  if (breakouts === null || breakouts.phase === "closed") return null;
  const closing = breakouts.phase === "closing";
  const here = roomName(breakouts, breakouts.ownId);
  const assigned = roomName(breakouts, breakouts.assignedId);
  const called = breakouts.calledAt !== null;
  return {
    tone: closing ? "warn" : "info",
    ...sentence(meta, here, assigned),
    assigned,
    until: breakouts.closesAt,
    closing,
    called,
    acts: actsOf(meta, { closing, called }),
  };
}

function sentence(meta: RoomMeta, here: string | null, assigned: string | null): Pick<Strip, "key" | "room"> {
  if (here !== null) return { key: "strip.here", room: here };
  if (may(meta, "breakout.manage")) return { key: "strip.open", room: null };
  if (may(meta, "breakout.join") && assigned !== null) return { key: "strip.assigned", room: assigned };
  return { key: may(meta, "breakout.choose") ? "strip.choose" : "strip.others", room: null };
}

function actsOf(
  meta: RoomMeta,
  { closing, called }: { readonly closing: boolean; readonly called: boolean },
): readonly StripAct[] {
  const manages = may(meta, "breakout.manage");
  const all: readonly (readonly [StripAct, boolean])[] = [
    ["call", may(meta, "breakout.callHost") && !called],
    ["uncall", called],
    ["join", may(meta, "breakout.join")],
    ["choose", may(meta, "breakout.choose") && !manages],
    ["return", may(meta, "breakout.return")],
    ["notice", may(meta, "breakout.broadcast")],
    ["bringBack", manages && !closing],
    ["keepOpen", manages && closing],
    ["manage", manages],
  ];
  return all.flatMap(([act, offered]) => (offered ? [act] : []));
}
