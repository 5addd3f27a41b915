import type { SfuRoomOptions } from "./sfu.ts";

export type GateLimits = {
  /** Bytes of one frame from a page. */
  readonly clientFrameBytes: number;
  /** Frames from one page in one sweep; more is no page of ours. */
  readonly clientFramesPerSweep: number;
  /** Bytes of one frame from LiveKit. */
  readonly serverFrameBytes: number;
  /** Bytes that may wait for a slow reader, in either direction, before the connection is closed. */
  readonly bufferedBytes: number;
  /** Bytes of a join request after unpacking. */
  readonly joinRequestBytes: number;
  /** Milliseconds without a sign of life after which a connection is closed. */
  readonly silentMs: number;
  /** Milliseconds one step of a connect may take: the authority's answer, the SFU's, the upstream handshake. */
  readonly stepMs: number;
  /** Connects under way at once, in all and from one address. */
  readonly pending: number;
  readonly pendingPerIp: number;
  readonly room: SfuRoomOptions;
};

export const defaultGateLimits: GateLimits = {
  clientFrameBytes: 256 * 1024,
  clientFramesPerSweep: 2_000,
  serverFrameBytes: 4 * 1024 * 1024,
  bufferedBytes: 4 * 1024 * 1024,
  joinRequestBytes: 64 * 1024,
  silentMs: 15_000,
  stepMs: 5_000,
  pending: 500,
  pendingPerIp: 100,
  room: { emptyTimeout: 60, departureTimeout: 60, maxParticipants: 0 },
};
