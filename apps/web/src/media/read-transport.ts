import { LocalTrack, RemoteTrack, type Room } from "livekit-client";
import { transportIn, type MediaTransport } from "./transport.ts";

/** Any track knows the connection that it goes over, the first with an answer will do: all were made by one handshake. */
export async function readTransport(room: Room): Promise<MediaTransport | null> {
  for (const person of [room.localParticipant, ...room.remoteParticipants.values()]) {
    for (const { track } of person.trackPublications.values()) {
      if (!(track instanceof LocalTrack || track instanceof RemoteTrack)) continue;
      const report = await track.getRTCStatsReport();
      const found = report === undefined ? null : transportIn(report.values());
      if (found !== null) return found;
    }
  }
  return null;
}
