/** Own tracks that outlive a connection: a move between rooms opens no device anew, and its lamp does not blink. */
import { ConnectionState, Track, type LocalTrack, type Room } from "livekit-client";

export type Which = "microphone" | "camera";
export type Held = ReadonlyMap<Which, LocalTrack>;

const sources: readonly (readonly [Which, Track.Source])[] = [
  ["microphone", Track.Source.Microphone],
  ["camera", Track.Source.Camera],
];

/**
 * Takes the tracks out of the hands of a connection that ends. A shared screen is ended instead: whoever is in the
 * next room is not whom it was shown to.
 */
export function holdTracks(room: Room): Held {
  for (const source of [Track.Source.ScreenShare, Track.Source.ScreenShareAudio])
    room.localParticipant.getTrackPublication(source)?.track?.stop();
  const held = new Map<Which, LocalTrack>();
  for (const [which, source] of sources) {
    const track = room.localParticipant.getTrackPublication(source)?.track;
    if (track !== undefined) held.set(which, track);
  }
  return held;
}

/** Sends them in the room that the page is connected to now: a muted microphone as muted, a camera only if it is on. */
export async function publishHeld(
  room: Room,
  held: Held,
  wanted: Readonly<Record<Which, boolean>>,
): Promise<void> {
  for (const [which, track] of held) {
    const usable = track.mediaStreamTrack.readyState === "live" && (which === "microphone" || wanted.camera);
    if (!usable) {
      track.stop();
      continue;
    }
    try {
      if (!wanted[which] && !track.isMuted) await track.mute();
      await room.localParticipant.publishTrack(track);
    } catch {
      // Not allowed there: it is opened anew when it is wanted. With the connection gone it is still held.
      if (room.state === ConnectionState.Connected) track.stop();
    }
  }
}
