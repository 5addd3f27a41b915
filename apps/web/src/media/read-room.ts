import {
  ConnectionQuality,
  Track,
  type LocalParticipant,
  type Participant,
  type RemoteParticipant,
  type Room,
} from "livekit-client";
import type { MediaState, PersonMedia } from "./media-state.ts";

type Read = Pick<MediaState, "people" | "speakers" | "audioBlocked" | "sharing">;

/** Walks everybody, always: after a reconnect of both sides not every track is announced by an event. */
export function readRoom(room: Room): Read {
  const everybody: (LocalParticipant | RemoteParticipant)[] = [
    room.localParticipant,
    ...room.remoteParticipants.values(),
  ];
  return {
    people: new Map(everybody.map((one) => [one.identity, readPerson(one)])),
    speakers: room.activeSpeakers.map((one) => one.identity),
    audioBlocked: !room.canPlaybackAudio,
    sharing: room.localParticipant.isScreenShareEnabled,
  };
}

function readPerson(person: Participant): PersonMedia {
  const camera = person.getTrackPublication(Track.Source.Camera);
  const microphone = person.getTrackPublication(Track.Source.Microphone);
  return {
    microphone: microphone !== undefined && !microphone.isMuted,
    camera: pictureOf(person, Track.Source.Camera),
    screen: pictureOf(person, Track.Source.ScreenShare),
    paused: camera?.track?.streamState === Track.StreamState.Paused,
    speaking: person.isSpeaking && microphone?.isMuted === false,
    quality: qualityOf(person.connectionQuality),
  };
}

/** A name for the picture that changes with the track behind it; null where there is none to show. */
function pictureOf(person: Participant, source: Track.Source): string | null {
  const publication = person.getTrackPublication(source);
  const track = publication?.track;
  if (publication === undefined || track === undefined || publication.isMuted) return null;
  return `${publication.trackSid}/${track.mediaStreamTrack.id}`;
}

function qualityOf(quality: ConnectionQuality): PersonMedia["quality"] {
  if (quality === ConnectionQuality.Lost) return "lost";
  return quality === ConnectionQuality.Poor ? "poor" : "good";
}

/** Everybody's sound plays, whatever is on the screen. Elements are made and dropped with the tracks. */
export function playSound(room: Room, playing: Map<string, HTMLMediaElement>): void {
  const wanted = new Set<string>();
  for (const person of room.remoteParticipants.values()) {
    for (const publication of person.trackPublications.values()) {
      const { track } = publication;
      if (track === undefined || track.kind !== Track.Kind.Audio) continue;
      wanted.add(track.mediaStreamTrack.id);
      if (!playing.has(track.mediaStreamTrack.id))
        playing.set(track.mediaStreamTrack.id, hidden(track.attach()));
    }
  }
  for (const [id, element] of playing) {
    if (wanted.has(id)) continue;
    element.remove();
    playing.delete(id);
  }
}

/** In the document: a phone does not play what stands outside it. */
function hidden(element: HTMLMediaElement): HTMLMediaElement {
  element.hidden = true;
  document.body.append(element);
  return element;
}

export function stopSound(playing: Map<string, HTMLMediaElement>): void {
  for (const element of playing.values()) element.remove();
  playing.clear();
}
