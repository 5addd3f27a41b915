import type { ChatMessage, LobbyGone, LobbyRowView, PersonView, StreamMessage } from "@sekisho/contract";
import type { MeetingState, RoomState } from "./meeting-state.ts";

type Of<T extends StreamMessage["type"]> = Extract<StreamMessage, { type: T }>;

/** Results of gone rows that are kept: more than a screen ever shows, and never without end. */
const MOST_RESULTS = 200;
const MOST_REACTIONS = 24;

/** The next state. Pure; `now` is this device's clock in ms since 1970. */
export function applyMessage(state: MeetingState, message: StreamMessage, now: number): MeetingState {
  switch (message.type) {
    case "admission":
      return applyAdmission(state, message);
    case "room":
      return { ...state, fresh: true, room: snapshot(state.room, message) };
    case "patch":
      return applyPatch(state, message);
    case "chat":
      return addChat(state, message.message);
    case "reaction":
      return addReaction(state, message);
    case "sealed":
      // Opened by whoever has the keys, who then tells the store what it said (ENC-5).
      return state;
    case "muted":
      return {
        ...state,
        stopped: { source: message.source, count: (state.stopped?.count ?? 0) + 1 },
      };
    case "alive":
      return { ...state, fresh: true, clockAhead: message.at - now };
  }
}

/** Whoever is no longer admitted forgets the room: what a waiting person may not see is not kept either (ADM-2). */
function applyAdmission(state: MeetingState, { admission, ticket }: Of<"admission">): MeetingState {
  if (admission.state === "admitted") {
    // A ticket is good for one stay in one room (SEC-4).
    const stays =
      state.admission?.state === "admitted" && state.admission.sfuIdentity === admission.sfuIdentity;
    return { ...state, admission, ticket: ticket ?? (stays ? state.ticket : null) };
  }
  return {
    ...state,
    admission,
    ticket: null,
    room: null,
    chat: [],
    unread: 0,
    reactions: [],
    stopped: null,
    hands: new Map(),
  };
}

function snapshot(before: RoomState | null, message: Of<"room">): RoomState {
  const { seq, meta, people, lobby, bans, iceServers = [] } = message;
  return {
    seq,
    meta,
    iceServers,
    people,
    lobby,
    bans,
    results: before?.results ?? new Map<string, LobbyGone>(),
  };
}

/** A difference without its base, or one already contained in the snapshot, says nothing. */
function applyPatch(state: MeetingState, patch: Of<"patch">): MeetingState {
  const { room } = state;
  if (room === null || patch.seq <= room.seq) return state;
  const results = remember(room.results, patch.lobby.gone);
  for (const row of patch.lobby.set) results.delete(row.id);
  return {
    ...state,
    room: {
      seq: patch.seq,
      meta: patch.meta ?? room.meta,
      iceServers: room.iceServers,
      people: merge<PersonView>(room.people, patch.people.set, patch.people.gone),
      lobby: merge<LobbyRowView>(
        room.lobby,
        patch.lobby.set,
        patch.lobby.gone.map((gone) => gone.id),
      ),
      results,
      bans: patch.bans ?? room.bans,
    },
  };
}

/** Known rows keep their places, new ones come last. */
function merge<Row extends { readonly id: string }>(
  rows: readonly Row[],
  set: readonly Row[],
  gone: readonly string[],
): readonly Row[] {
  if (set.length === 0 && gone.length === 0) return rows;
  const news = new Map(set.map((row) => [row.id, row]));
  const left = new Set(gone);
  const kept = rows.flatMap((row) => {
    const next = news.get(row.id);
    news.delete(row.id);
    if (next !== undefined) return [next];
    return left.has(row.id) ? [] : [row];
  });
  return [...kept, ...news.values()];
}

function remember(results: ReadonlyMap<string, LobbyGone>, gone: readonly LobbyGone[]) {
  const all = [...results, ...gone.map((one) => [one.id, one] as const)];
  return new Map(all.slice(-MOST_RESULTS));
}

function addChat(state: MeetingState, message: ChatMessage): MeetingState {
  if (state.chat.some((known) => known.id === message.id)) return state;
  const own = message.fromId === state.room?.meta.selfId;
  return { ...state, chat: [...state.chat, message], unread: state.unread + (own ? 0 : 1) };
}

function addReaction(state: MeetingState, { fromId, reaction }: Of<"reaction">): MeetingState {
  const key = (state.reactions.at(-1)?.key ?? 0) + 1;
  return { ...state, reactions: [...state.reactions, { key, fromId, reaction }].slice(-MOST_REACTIONS) };
}
