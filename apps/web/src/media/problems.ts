import { isTooOld } from "./browser-age.ts";

/** Why a microphone or camera does not work, in the cases a person can do something about. */
export type DeviceProblem = "denied" | "missing" | "busy" | "insecure" | "unknown";

/** From what `getUserMedia` threw. Browsers agree on the names of these errors. */
export function deviceProblem(error: unknown): DeviceProblem {
  const name = error instanceof Error ? error.name : "";
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "unknown";
  }
}

export function hasDevices(): boolean {
  return window.isSecureContext && typeof navigator.mediaDevices?.getUserMedia === "function";
}

/** What the page cannot do without: a peer connection that can be given transceivers, and module workers' age. */
export function isSupported(): boolean {
  return (
    typeof RTCPeerConnection === "function" &&
    "addTransceiver" in RTCPeerConnection.prototype &&
    typeof EventSource === "function" &&
    typeof WebSocket === "function" &&
    !isTooOld(navigator.userAgent)
  );
}
