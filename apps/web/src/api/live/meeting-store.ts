import type { StreamMessage } from "@sekisho/contract";
import { applyMessage } from "./apply-message.ts";
import { emptyMeeting, type MeetingState } from "./meeting-state.ts";

/** Silence of the server for longer than this is shown as not knowing (SEC-6). */
export const FRESH_MS = 5000;
/** How long a reaction stands. */
const REACTION_MS = 6000;

type Sealed = Extract<StreamMessage, { type: "sealed" }>;

export type MeetingStore = {
  readonly getState: () => MeetingState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly receive: (message: StreamMessage) => void;
  readonly setConnection: (connection: MeetingState["connection"]) => void;
  /** `next` as in `room-updates.ts`. */
  readonly update: (next: (state: MeetingState) => MeetingState) => void;
  readonly onSealed: (listener: (message: Sealed) => void) => () => void;
  /** Ends its timers; it hears nothing after that. */
  readonly close: () => void;
};

/** Holds the state and the two clocks it needs; everything else is `applyMessage`. */
export function createMeetingStore(initial: MeetingState = emptyMeeting): MeetingStore {
  let state = initial;
  let staleTimer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const sealed = new Set<(message: Sealed) => void>();
  const reactionTimers = new Set<ReturnType<typeof setTimeout>>();

  function set(next: MeetingState) {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  }

  function stayFresh() {
    clearTimeout(staleTimer);
    staleTimer = setTimeout(() => set({ ...state, fresh: false }), FRESH_MS);
  }

  function expireReaction() {
    const key = state.reactions.at(-1)?.key;
    const timer = setTimeout(() => {
      reactionTimers.delete(timer);
      set({ ...state, reactions: state.reactions.filter((one) => one.key !== key) });
    }, REACTION_MS);
    reactionTimers.add(timer);
  }

  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    receive: (message) => {
      if (message.type === "sealed") for (const listener of sealed) listener(message);
      set(applyMessage(state, message, Date.now()));
      if (message.type === "alive" || message.type === "room") stayFresh();
      if (message.type === "reaction") expireReaction();
    },
    setConnection: (connection) => set({ ...state, connection }),
    update: (next) => set(next(state)),
    onSealed: (listener) => {
      sealed.add(listener);
      return () => sealed.delete(listener);
    },
    close: () => {
      sealed.clear();
      clearTimeout(staleTimer);
      for (const timer of reactionTimers) clearTimeout(timer);
      listeners.clear();
    },
  };
}
