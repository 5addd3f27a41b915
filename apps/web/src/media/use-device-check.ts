import { useCallback, useEffect, useRef, useState } from "react";
import type { DeviceProblem } from "./problems.ts";
import { setPreferences } from "./preferences.ts";
import { isGranted, startProbe, type Probe, type ProbeKind } from "./probe.ts";

export type MicrophoneCheck = "untested" | "asking" | "works" | "without" | DeviceProblem;
export type CameraCheck = "off" | "asking" | "on" | DeviceProblem;

export type DeviceCheckState = {
  readonly microphone: MicrophoneCheck;
  readonly microphoneStream: MediaStream | null;
  readonly camera: CameraCheck;
  readonly cameraStream: MediaStream | null;
};

export type DeviceCheckActions = {
  readonly tryMicrophone: () => void;
  readonly withoutMicrophone: () => void;
  readonly turnCamera: (on: boolean) => void;
};

type Slot = { readonly probe: Probe | null; readonly status: "idle" | "asking" | "on" | DeviceProblem };
const idle: Slot = { probe: null, status: "idle" };

/** Runs in the page alone. What it finds out is kept as the choice with which the person enters. */
export function useDeviceCheck(): DeviceCheckState & DeviceCheckActions {
  const [microphone, startMicrophone, stopMicrophone] = useProbe("microphone");
  const [camera, startCamera, stopCamera] = useProbe("camera");
  const [without, setWithout] = useState(false);
  useEffect(() => {
    void isGranted("microphone").then((granted) => granted && startMicrophone());
  }, [startMicrophone]);
  return {
    microphone: without ? "without" : microphoneStatus(microphone.status),
    microphoneStream: microphone.probe?.stream ?? null,
    camera: camera.status === "idle" ? "off" : camera.status,
    cameraStream: camera.probe?.stream ?? null,
    tryMicrophone: () => {
      setWithout(false);
      setPreferences({ microphoneOn: null });
      startMicrophone();
    },
    withoutMicrophone: () => {
      setWithout(true);
      setPreferences({ microphoneOn: false });
      stopMicrophone();
    },
    turnCamera: (on) => {
      setPreferences({ cameraOn: on });
      if (on) startCamera();
      else stopCamera();
    },
  };
}

function microphoneStatus(status: Slot["status"]): MicrophoneCheck {
  if (status === "idle") return "untested";
  return status === "on" ? "works" : status;
}

function useProbe(kind: ProbeKind) {
  const [slot, setSlot] = useState<Slot>(idle);
  const running = useRef<Probe | null>(null);
  /** Grows with each start and stop: a device that opens after it was given up is closed again. */
  const turn = useRef(0);
  const stop = useCallback(() => {
    turn.current += 1;
    running.current?.stop();
    running.current = null;
    setSlot(idle);
  }, []);
  const start = useCallback(() => {
    running.current?.stop();
    running.current = null;
    turn.current += 1;
    const mine = turn.current;
    setSlot({ probe: null, status: "asking" });
    void startProbe(kind).then((found) => {
      if (typeof found === "string") {
        if (mine === turn.current) setSlot({ probe: null, status: found });
        return;
      }
      if (mine !== turn.current) return found.stop();
      running.current = found;
      setSlot({ probe: found, status: "on" });
    });
  }, [kind]);
  useEffect(() => {
    const turns = turn;
    return () => {
      turns.current += 1;
      running.current?.stop();
      running.current = null;
    };
  }, []);
  return [slot, start, stop] as const;
}
