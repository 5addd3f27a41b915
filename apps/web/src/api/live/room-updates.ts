/** What the room's page adds to what the stream told it; apart, so that whoever waits does not carry it. Pure. */
import type { ChatMessage } from "@sekisho/contract";
import type { MeetingState, ShownMessage } from "./meeting-state.ts";

/** What was written before this page opened, from the server; nothing twice, in the order of time. */
export function mergeHistory(state: MeetingState, history: readonly ChatMessage[]): MeetingState {
  const known = new Set(history.map((message) => message.id));
  const rest = state.chat.filter((message) => !known.has(message.id));
  return { ...state, chat: [...history, ...rest].toSorted((a, b) => a.at - b.at) };
}

export function chatRead(state: MeetingState): MeetingState {
  return state.unread === 0 ? state : { ...state, unread: 0 };
}

/** What a sealed message said; null: it could not be opened (ENC-5). */
export function revealed(state: MeetingState, id: string, text: string | null): MeetingState {
  const told = (one: ShownMessage): ShownMessage =>
    text === null ? { ...one, text: "", sealed: one.sealed ?? "", unreadable: true } : { ...one, text };
  return { ...state, chat: state.chat.map((one) => (one.id === id ? told(one) : one)) };
}

export function handSet(state: MeetingState, id: string, raisedAt: number | null): MeetingState {
  const hands = new Map(state.hands);
  if (raisedAt === null) hands.delete(id);
  else hands.set(id, raisedAt);
  return withHands({ ...state, hands });
}

/** ENC-5: of hands in an encrypted meeting the server knows nothing. The same state where nothing differs. */
export function withHands(state: MeetingState): MeetingState {
  const { room, hands } = state;
  if (room === null) return state;
  const differs = (one: { readonly id: string; readonly handRaisedAt: number | null }) =>
    one.handRaisedAt !== (hands.get(one.id) ?? null);
  if (!room.people.some(differs)) return state;
  const people = room.people.map((one) =>
    differs(one) ? { ...one, handRaisedAt: hands.get(one.id) ?? null } : one,
  );
  return { ...state, room: { ...room, people } };
}
