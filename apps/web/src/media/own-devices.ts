import { ConnectionState, LocalAudioTrack, Room, Track } from "livekit-client";
import { holdTracks, publishHeld, type Held, type Which } from "./held-tracks.ts";
import type { DeviceChoice, DeviceKind, OwnDevice } from "./media-state.ts";
import { setPreferences } from "./preferences.ts";
import { deviceProblem } from "./problems.ts";

export type OwnDevices = {
  readonly read: () => { readonly microphone: OwnDevice; readonly camera: OwnDevice };
  readonly setMicrophone: (on: boolean) => Promise<void>;
  readonly setCamera: (on: boolean) => Promise<void>;
  /** Both on in this room alone: the next finds them as they were. */
  readonly openHere: () => Promise<void>;
  readonly startShare: () => Promise<boolean>;
  readonly stopShare: () => Promise<void>;
  readonly setNoiseSuppression: (on: boolean) => Promise<void>;
  readonly use: (kind: DeviceKind, id: string) => Promise<void>;
  /** Keeps camera and microphone open while the connection is exchanged for one to another room (SEC-4). */
  readonly hold: () => void;
  /** What was held is sent again; what was on before the connection broke goes on again. */
  readonly restore: () => Promise<void>;
  /** The page is done with the meeting: nothing stays open. */
  readonly drop: () => void;
};

const kinds: Readonly<Record<DeviceKind, MediaDeviceKind>> = {
  microphone: "audioinput",
  camera: "videoinput",
  speaker: "audiooutput",
};

/** `changed` is called whenever what `read` returns may differ. */
export function ownDevices(room: Room, changed: () => void): OwnDevices {
  const own = { microphone: idle(), camera: idle() };
  const wanted = { microphone: false, camera: false };
  let held: Held | null = null;
  /** What was on before `openHere`, and in which room that was. */
  let before: { readonly identity: string; readonly on: Readonly<Record<Which, boolean>> } | null = null;
  const sends = (which: Which) =>
    which === "microphone"
      ? room.localParticipant.isMicrophoneEnabled
      : room.localParticipant.isCameraEnabled;

  /** Whatever the way out of that room was: nothing that was opened for it stays on after it. */
  function giveBack() {
    if (before === null) return;
    Object.assign(wanted, before.on);
    for (const [which, track] of held ?? []) if (!wanted[which]) track.mediaStreamTrack.enabled = false;
    before = null;
  }

  async function turn(which: Which, on: boolean) {
    wanted[which] = on;
    // Off in there, by the person's own hand or a host's, is off afterwards as well.
    if (!on && before !== null) before = { ...before, on: { ...before.on, [which]: false } };
    const track = held?.get(which);
    if (held !== null) {
      // Silent or black at once; the room that comes next is told by `restore`.
      if (track !== undefined && !track.isMuted) track.mediaStreamTrack.enabled = on;
      return changed();
    }
    own[which] = { busy: true, problem: null };
    changed();
    try {
      if (which === "microphone") await room.localParticipant.setMicrophoneEnabled(on);
      else await room.localParticipant.setCameraEnabled(on);
      own[which] = idle();
    } catch (error) {
      wanted[which] = false;
      own[which] = { busy: false, problem: on ? deviceProblem(error) : null };
    }
    changed();
  }

  return {
    read: () => ({
      microphone: { ...own.microphone, on: held === null ? sends("microphone") : wanted.microphone },
      camera: { ...own.camera, on: held === null ? sends("camera") : wanted.camera },
    }),
    setMicrophone: (on) => turn("microphone", on),
    setCamera: (on) => turn("camera", on),
    openHere: async () => {
      const { identity } = room.localParticipant;
      if (before?.identity === identity) return;
      before = { identity, on: { microphone: sends("microphone"), camera: sends("camera") } };
      await Promise.all([turn("microphone", true), turn("camera", true)]);
    },
    startShare: () => share(room, changed),
    stopShare: async () => {
      await room.localParticipant.setScreenShareEnabled(false);
      changed();
    },
    setNoiseSuppression: async (on) => {
      setPreferences({ noiseSuppression: on });
      const { track } = room.localParticipant.getTrackPublication(Track.Source.Microphone) ?? {};
      if (track instanceof LocalAudioTrack)
        await track.restartTrack({ noiseSuppression: on, echoCancellation: true, autoGainControl: true });
    },
    use: async (kind, id) => {
      setPreferences(preferenceOf(kind, id));
      await room.switchActiveDevice(kinds[kind], id);
      changed();
    },
    hold: () => {
      // A copy says to a `restore` under way that its room is over.
      if (held !== null) return void (held = new Map(held));
      if (room.state === ConnectionState.Connected)
        for (const which of ["microphone", "camera"] as const)
          if (!own[which].busy) wanted[which] = sends(which);
      held = holdTracks(room);
      giveBack();
    },
    restore: async () => {
      if (before !== null && before.identity !== room.localParticipant.identity) giveBack();
      const tracks = held;
      if (tracks !== null) await publishHeld(room, tracks, wanted);
      // Moved on in the meantime: what was held is held again for the next room.
      if (held !== tracks) return;
      held = null;
      for (const which of ["microphone", "camera"] as const)
        if (wanted[which] !== sends(which)) await turn(which, wanted[which]);
      changed();
    },
    drop: () => {
      for (const track of held?.values() ?? []) track.stop();
      held = null;
    },
  };
}

function idle(): Omit<OwnDevice, "on"> {
  return { busy: false, problem: null };
}

async function share(room: Room, changed: () => void): Promise<boolean> {
  try {
    await room.localParticipant.setScreenShareEnabled(true, {
      // Where the browser can: sound of a tab or of the system, without the meeting's own voices.
      audio: true,
      suppressLocalAudioPlayback: false,
      selfBrowserSurface: "exclude",
      systemAudio: "include",
      contentHint: "detail",
    });
    changed();
    return room.localParticipant.isScreenShareEnabled;
  } catch (error) {
    if (error instanceof Error && error.name === "NotAllowedError") return false;
    throw error;
  }
}

function preferenceOf(kind: DeviceKind, id: string) {
  if (kind === "microphone") return { microphoneId: id };
  return kind === "camera" ? { cameraId: id } : { speakerId: id };
}

/** Names are there only after one permission; without it the list is empty rather than full of blanks. */
export async function listDevices(kind: DeviceKind): Promise<readonly DeviceChoice[]> {
  const found = await Room.getLocalDevices(kinds[kind], false);
  return found
    .filter((device) => device.label !== "")
    .map((device) => ({ id: device.deviceId, label: device.label }));
}
