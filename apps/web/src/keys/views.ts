/** The server's words about the meeting, read as what concerns one group of keys. Pure. */
import type { LobbyRowView, RoomMeta } from "@sekisho/contract";
import type { MeetingState } from "../api/live/meeting-state.ts";
import type { Belonging, GroupView } from "./key-view.ts";

type State = Pick<MeetingState, "admission" | "room">;

/** The meeting's own group, for whoever waits or is inside. */
export function mainView({ admission, room }: State): GroupView | null {
  if (admission?.state === "waiting" && admission.keys !== undefined) {
    const { offered } = admission.keys;
    return { ...nothing, self: admission.admissionId, keyed: false, generation: null, epoch: null, offered };
  }
  if (admission?.state !== "admitted" || admission.keys === undefined || room === null) return null;
  const { keys } = room.meta;
  if (keys === undefined) return null;
  // In a call of one's own the flag is that call's: the list says who is in this group.
  const awaits = keys.awaiting.find((one) => one.id === admission.admissionId);
  const people = new Map<string, Belonging>(
    room.people.map((one) => [
      one.id,
      { name: one.displayName, connected: one.connected, admits: one.role !== "participant" },
    ]),
  );
  return {
    self: admission.admissionId,
    keyed: keys.generation > 0 && awaits === undefined,
    generation: keys.generation,
    epoch: keys.epoch,
    offered: awaits?.ready ?? admission.keys.offered,
    awaiting: keys.awaiting,
    mayFound: isHosting(room.meta),
    people,
  };
}

const nothing = { awaiting: [], mayFound: false, people: new Map<string, Belonging>() } as const;

function isHosting({ role }: Pick<RoomMeta, "role">): boolean {
  return role === "host" || role === "coHost";
}

/** The call that this person's media are in now: by the applicant's admission; null in none. */
export function callGroup({ admission }: Pick<MeetingState, "admission">): string | null {
  if (admission?.state !== "waiting" && admission?.state !== "admitted") return null;
  const group = admission.keys?.group ?? "main";
  return group === "main" ? null : group;
}

function verifierRow(lobby: readonly LobbyRowView[], selfId: string): LobbyRowView | null {
  return lobby.find((row) => row.call?.verifierId === selfId && row.call.running !== null) ?? null;
}

/** A verification call's group, for either of its two (ADM-13). */
export function callView({ admission, room }: State): GroupView | null {
  if (admission?.state === "waiting") return applicantsView(admission);
  if (admission?.state !== "admitted" || room === null) return null;
  const row = verifierRow(room.lobby, room.meta.selfId);
  const keys = row?.call?.running?.keys;
  if (row === null || keys === undefined) return null;
  const both = new Map<string, Belonging>([
    [admission.admissionId, { name: admission.displayName, connected: true, admits: true }],
    [row.id, { name: row.displayName, connected: true, admits: false }],
  ]);
  return {
    self: admission.admissionId,
    keyed: admission.keying !== true,
    generation: keys.generation,
    epoch: null,
    offered: false,
    awaiting: keys.applicant === "in" ? [] : [{ id: row.id, ready: keys.applicant === "offered" }],
    mayFound: true,
    people: both,
  };
}

function applicantsView(
  admission: Extract<MeetingState["admission"], { state: "waiting" }>,
): GroupView | null {
  if (admission.call?.state !== "running") return null;
  const keyed = admission.call.keying !== true;
  // The server does not say whether a package lies ready here: it does as soon as this page has offered one.
  return { ...nothing, self: admission.admissionId, keyed, generation: null, epoch: null, offered: !keyed };
}
