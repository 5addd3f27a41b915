import {
  AudioPresets,
  VideoPresets,
  type BaseE2EEManager,
  type RoomOptions,
  type TrackPublishDefaults,
} from "livekit-client";
import { preferences } from "./preferences.ts";

/** Most that passes between two tries while the connection is away (ms). */
const LONGEST_WAIT_MS = 5000;

/** null: no further try. Quick at first, spread out, since everybody of a meeting drops at the same moment. */
export function retryDelay(count: number, final: boolean, random: number): number | null {
  if (final) return null;
  // The library resumes or rebuilds for a while; after that the page asks for a new ticket.
  if (count >= 6) return null;
  if (count === 0) return Math.round(random * 300);
  return Math.round(Math.min(LONGEST_WAIT_MS, 300 * count ** 2) * (0.5 + random));
}

/**
 * Under E2EE (ENC-2): VP8 alone, since frames of AV1 and H.264 are not protected; no redundant sound, which is another
 * format; no pauses in the sound's packets, which would show to anybody who says when.
 */
const protectedSending: TrackPublishDefaults = {
  videoCodec: "vp8",
  backupCodec: false,
  red: false,
  dtx: false,
};

/** `manager`: of an E2EE meeting. */
export function roomOptions(isFinal: () => boolean, manager: BaseE2EEManager | null = null): RoomOptions {
  const { microphoneId, cameraId, speakerId, noiseSuppression } = preferences();
  return {
    adaptiveStream: true,
    dynacast: true,
    publishDefaults: {
      simulcast: true,
      videoCodec: "vp8",
      audioPreset: AudioPresets.speech,
      dtx: true,
      red: true,
      ...(manager === null ? {} : protectedSending),
    },
    ...(manager === null ? {} : { encryption: { e2eeManager: manager } }),
    videoCaptureDefaults: {
      resolution: VideoPresets.h720.resolution,
      ...(cameraId === null ? {} : { deviceId: { ideal: cameraId } }),
    },
    audioCaptureDefaults: {
      noiseSuppression,
      echoCancellation: true,
      autoGainControl: true,
      ...(microphoneId === null ? {} : { deviceId: { ideal: microphoneId } }),
    },
    ...(speakerId === null ? {} : { audioOutput: { deviceId: speakerId } }),
    reconnectPolicy: {
      nextRetryDelayInMs: ({ retryCount }) => retryDelay(retryCount, isFinal(), Math.random()),
    },
    disconnectOnPageLeave: true,
  };
}
