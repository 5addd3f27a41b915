/**
 * WebSocket close codes the SFU gate sends to a page, so that the page can tell apart what happened.
 * Only `unreachable` and `silent` are worth another try with the same ticket.
 */
export const GATE_CLOSE = {
  /** The same admission connected from elsewhere: one connection per participation. */
  replaced: 4001,
  /** Removed, denied, blocked or sent back: this connection is over (ADM-8, ADM-9). */
  removed: 4002,
  /** The server lost touch with its database and lets nobody through until it is back (ADM-11). */
  paused: 4003,
  /** The meeting has ended. */
  ended: 4004,
  /** The page sent what no page of ours sends. */
  refused: 4005,
  /** The media server went away. */
  unreachable: 4006,
  /** Nothing was heard from the page for too long, or it reads too slowly. */
  silent: 4007,
  /** The person is in another room of the meeting now: a new ticket comes with the event stream (SEC-4). */
  moved: 4008,
} as const;

export type GateCloseReason = keyof typeof GATE_CLOSE;
export type GateCloseCode = (typeof GATE_CLOSE)[GateCloseReason];
