/** What the page knows of a meeting: only what the stream told it. Nothing here decides anything. */
import type {
  IceServer,
  AdmissionView,
  BanView,
  ChatMessage,
  LobbyGone,
  LobbyRowView,
  PersonView,
  Reaction,
  RoomMeta,
  StreamMessage,
} from "@sekisho/contract";

export type RoomState = {
  readonly seq: number;
  readonly meta: RoomMeta;
  readonly iceServers: readonly IceServer[];
  /** In the order the server told them. */
  readonly people: readonly PersonView[];
  /** In the order of request; a new row is always the last. */
  readonly lobby: readonly LobbyRowView[];
  /** What became of rows that have gone, by id. Kept, since a gone row stays on the screen for a while. */
  readonly results: ReadonlyMap<string, LobbyGone>;
  readonly bans: readonly BanView[];
};

/** `unreadable`: sealed in a way that this device could not open, or that did not fit what the server said of it (ENC-5). */
export type ShownMessage = ChatMessage & { readonly unreadable?: true };

export type ShownReaction = {
  readonly key: number;
  readonly fromId: string;
  readonly reaction: Reaction;
};

export type StoppedSource = {
  readonly source: Extract<StreamMessage, { type: "muted" }>["source"];
  /** Grows with each, so that the same source stopped twice is two stops. */
  readonly count: number;
};

export type MeetingState = {
  readonly connection: "connecting" | "open" | "lost" | "gone";
  readonly admission: AdmissionView | null;
  /** Opaque, for the gate; comes with being admitted. */
  readonly ticket: string | null;
  readonly room: RoomState | null;
  readonly chat: readonly ShownMessage[];
  readonly unread: number;
  readonly reactions: readonly ShownReaction[];
  readonly stopped: StoppedSource | null;
  /** In an end-to-end encrypted meeting: raised hands, by admission, as their owners' devices told this one. */
  readonly hands: ReadonlyMap<string, number>;
  /** Server's clock minus this device's, in ms. */
  readonly clockAhead: number;
  /** The server said within the last 5 s that it is up to date (SEC-6). */
  readonly fresh: boolean;
};

export const emptyMeeting: MeetingState = {
  connection: "connecting",
  admission: null,
  ticket: null,
  room: null,
  chat: [],
  unread: 0,
  reactions: [],
  stopped: null,
  hands: new Map(),
  clockAhead: 0,
  fresh: false,
};
