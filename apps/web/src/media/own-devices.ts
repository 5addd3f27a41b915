import { LocalAudioTrack, Room, Track } from "livekit-client";
import type { DeviceChoice, DeviceKind, OwnDevice } from "./media-state.ts";
import { setPreferences } from "./preferences.ts";
import { deviceProblem } from "./problems.ts";

export type OwnDevices = {
  readonly read: () => { readonly microphone: OwnDevice; readonly camera: OwnDevice };
  readonly setMicrophone: (on: boolean) => Promise<void>;
  readonly setCamera: (on: boolean) => Promise<void>;
  readonly startShare: () => Promise<boolean>;
  readonly stopShare: () => Promise<void>;
  readonly setNoiseSuppression: (on: boolean) => Promise<void>;
  readonly use: (kind: DeviceKind, id: string) => Promise<void>;
  /** What was on before the connection broke goes on again. */
  readonly restore: () => Promise<void>;
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

  async function turn(which: "microphone" | "camera", on: boolean) {
    wanted[which] = on;
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
      microphone: { ...own.microphone, on: room.localParticipant.isMicrophoneEnabled },
      camera: { ...own.camera, on: room.localParticipant.isCameraEnabled },
    }),
    setMicrophone: (on) => turn("microphone", on),
    setCamera: (on) => turn("camera", on),
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
    restore: async () => {
      if (wanted.microphone && !room.localParticipant.isMicrophoneEnabled) await turn("microphone", true);
      if (wanted.camera && !room.localParticipant.isCameraEnabled) await turn("camera", true);
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
