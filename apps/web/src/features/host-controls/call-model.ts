/** What the verifier's card shows of a verification call, and which methods it opens (ADM-4, ADM-13). Decides nothing. */
import type { LobbyRowView } from "@sekisho/contract";
import type { VerificationMethod } from "@sekisho/domain";
import { may } from "../../api/live/meeting-context.ts";
import type { RoomState } from "../../api/live/meeting-state.ts";

export type Method = VerificationMethod;

export type CallState =
  /** Not asked for here, or not this person's to start. */
  | { readonly kind: "none" }
  | { readonly kind: "idle"; readonly again: boolean }
  /** The own call is with somebody else. */
  | { readonly kind: "busy" }
  /** Somebody else has the call with this person. */
  | { readonly kind: "other"; readonly name: string }
  | { readonly kind: "asked" }
  | { readonly kind: "running"; readonly applicant: string };

type Seen = Pick<RoomState, "meta" | "lobby">;

export function callState(row: LobbyRowView, { meta, lobby }: Seen): CallState {
  if (row.call !== null && row.call.verifierId !== meta.selfId)
    return { kind: "other", name: row.call.verifierName };
  if (row.call !== null)
    return row.call.running === null
      ? { kind: "asked" }
      : { kind: "running", applicant: row.call.running.sfuIdentity };
  if (!row.methodNeeded || !may(meta, "verificationCall.start")) return { kind: "none" };
  if (ownCall({ meta, lobby }) !== null) return { kind: "busy" };
  return { kind: "idle", again: shownToMe(row, meta.selfId) !== null };
}

/** The row with which this person has a call, asked for or running. */
export function ownCall({ meta, lobby }: Seen): LobbyRowView | null {
  return lobby.find((row) => row.call?.verifierId === meta.selfId) ?? null;
}

export function isMineToEnd(row: LobbyRowView, selfId: string): boolean {
  return row.call?.verifierId === selfId;
}

export function shownToMe(row: LobbyRowView, selfId: string): LobbyRowView["shown"] {
  return row.shown?.toId === selfId ? row.shown : null;
}

/** The server's word of what has arrived; without it neither "voice" nor "face" can be said. */
export function openMethods(row: LobbyRowView, selfId: string): ReadonlySet<Method> {
  const open = new Set<Method>(["document", "knownPerson"]);
  const shown = shownToMe(row, selfId);
  if (row.registrationMatch) open.add("registrationMatch");
  if (shown?.voice === true) open.add("voice");
  if (shown?.voice === true && shown.face) open.add("voiceAndFace");
  return open;
}
