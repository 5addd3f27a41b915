import type { MediaGrants, MediaSource } from "@sekisho/domain";

/** What a room is created with. Times in seconds. */
export type SfuRoomOptions = {
  /** How long LiveKit keeps a room nobody ever joined. */
  readonly emptyTimeout: number;
  /** How long it keeps a room after the last one left. */
  readonly departureTimeout: number;
  readonly maxParticipants: number;
};

export type SfuTrack = {
  readonly sid: string;
  /** `undefined` when the SFU names a source that no page of ours publishes. */
  readonly source: MediaSource | undefined;
  readonly muted: boolean;
};

export type SfuParticipant = {
  readonly identity: string;
  readonly sid: string;
  readonly grants: MediaGrants;
  readonly tracks: readonly SfuTrack[];
  /** A right no participant of ours ever gets: hidden, recorder, data, own metadata, agent. */
  readonly foreignRights: boolean;
};

export type UpstreamSeat = {
  readonly sfuRoom: string;
  readonly sfuIdentity: string;
  readonly grants: MediaGrants;
};

/**
 * What the server asks of the media server. Two implementations: LiveKit and an in-process fake;
 * one contract suite runs against both. Every method rejects with {@link SfuError} and nothing else.
 */
export type Sfu = {
  /** Base of the signalling address, `ws:` or `wss:`, reachable from the server only. */
  readonly signalUrl: string;
  /** Idempotent: an existing room stays as it is. */
  createRoom(sfuRoom: string, options: SfuRoomOptions): Promise<void>;
  /** Idempotent; everybody in it is disconnected. */
  deleteRoom(sfuRoom: string): Promise<void>;
  listRooms(): Promise<readonly string[]>;
  /** Empty for a room that does not exist. */
  listParticipants(sfuRoom: string): Promise<readonly SfuParticipant[]>;
  /** @returns whether somebody of that identity was there. */
  removeParticipant(sfuRoom: string, identity: string): Promise<boolean>;
  /** Replaces all rights at once (SEC-2). @returns whether somebody of that identity was there. */
  setGrants(sfuRoom: string, identity: string, grants: MediaGrants): Promise<boolean>;
  /** A courtesy, not a right: a client can unmute itself (SEC-3). @returns how many tracks were muted. */
  muteTracks(sfuRoom: string, identity: string, sources: readonly MediaSource[]): Promise<number>;
  /** A token for one upstream connection, good for 20 seconds. It never leaves the server. */
  mintUpstreamToken(seat: UpstreamSeat): Promise<string>;
};

/** `unreachable`: worth another try. `rejected`: the SFU answered, and said no. */
export type SfuErrorCode = "unreachable" | "rejected";

/** Carries no text of the SFU: its error bodies can hold whole tokens. */
export class SfuError extends Error {
  readonly code: SfuErrorCode;
  readonly operation: string;

  constructor(code: SfuErrorCode, operation: string) {
    super(`media server ${code}: ${operation}`);
    this.name = "SfuError";
    this.code = code;
    this.operation = operation;
  }
}
