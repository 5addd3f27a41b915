import { createTrackLedger } from "./track-ledger.ts";
import type { TrackLedger } from "./track-ledger.ts";
import type { Sfu } from "./sfu.ts";
import type { GateSeat } from "./gate-authority.ts";
import type { JoinRequest } from "./join-request.ts";

type Kept = { readonly participantSid: string; readonly tracks: TrackLedger; at: number };

/** How long a ledger outlives its connection; LiveKit gives up a lost participant long before. */
const keptMs = 5 * 60_000;

/**
 * Finds the ledger that goes on when a page resumes: LiveKit's participant and its tracks are the same, only the
 * socket is new. Where another process had the old socket, the SFU is asked which tracks there are.
 */
export type TrackMemory = {
  ledgerFor(seat: GateSeat, join: JoinRequest): Promise<TrackLedger>;
  keep(admissionId: string, participantSid: string, tracks: TrackLedger): void;
  /** @param connected whether an admission has a connection at this moment. */
  sweep(connected: (admissionId: string) => boolean): void;
};

export function createTrackMemory(sfu: Sfu, clock: { now(): number }): TrackMemory {
  const memory = new Map<string, Kept>();
  return {
    async ledgerFor(seat, join) {
      if (!join.resume) return createTrackLedger();
      const kept = memory.get(seat.admissionId);
      if (kept && kept.participantSid === join.participantSid) return kept.tracks;
      const people = await sfu.listParticipants(seat.sfuRoom);
      const tracks = people.find((each) => each.identity === seat.sfuIdentity)?.tracks ?? [];
      return createTrackLedger(
        tracks.flatMap(({ sid, source }) => (source === undefined ? [] : [{ sid, source }])),
      );
    },
    keep(admissionId, participantSid, tracks) {
      memory.set(admissionId, { participantSid, tracks, at: clock.now() });
    },
    sweep(connected) {
      for (const [admissionId, kept] of memory) {
        if (connected(admissionId)) kept.at = clock.now();
        else if (clock.now() - kept.at > keptMs) memory.delete(admissionId);
      }
    },
  };
}
