/** Trying microphone and camera inside the page. Nothing of it leaves the device. */
import { deviceProblem, hasDevices, type DeviceProblem } from "./problems.ts";
import { preferences } from "./preferences.ts";

export type Probe = {
  readonly stream: MediaStream;
  readonly stop: () => void;
};

export type ProbeKind = "microphone" | "camera";

/** @returns the running device, or why there is none */
export async function startProbe(kind: ProbeKind): Promise<Probe | DeviceProblem> {
  if (!hasDevices()) return "insecure";
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints(kind));
    return {
      stream,
      stop: () => {
        for (const track of stream.getTracks()) track.stop();
      },
    };
  } catch (error) {
    return deviceProblem(error);
  }
}

function constraints(kind: ProbeKind): MediaStreamConstraints {
  const { microphoneId, cameraId, noiseSuppression } = preferences();
  // `ideal`: a device that was unplugged since must not make the check fail.
  if (kind === "microphone")
    return {
      audio: { noiseSuppression, ...(microphoneId === null ? {} : { deviceId: { ideal: microphoneId } }) },
    };
  return {
    video: { width: { ideal: 640 }, ...(cameraId === null ? {} : { deviceId: { ideal: cameraId } }) },
  };
}

/** Allowed earlier on this site: then the check may start by itself, since no question will pop up. */
export async function isGranted(kind: ProbeKind): Promise<boolean> {
  try {
    const status = await navigator.permissions.query({ name: kind });
    return status.state === "granted";
  } catch {
    // Browsers that do not know the name: they will be asked by a press.
    return false;
  }
}

/** Calls back about 12 times a second with the loudness, 0 to 1. Returns a function that ends it. */
export function watchLevel(stream: MediaStream, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(loudness(samples));
  }, 80);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

/** Root mean square on a scale on which speech at arm's length fills about two thirds. */
export function loudness(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < samples.length; at += 1) sum += (samples[at] ?? 0) ** 2;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  const decibels = 20 * Math.log10(Math.max(rms, 1e-5));
  return Math.min(1, Math.max(0, (decibels + 60) / 48));
}
