/**
 * Whether this browser can protect frames (ENC-1). Without it nobody enters an E2EE meeting with this browser: there is no
 * lesser way in. The older `createEncodedStreams` is none, since frames would pass through the page itself.
 */
export function canProtectFrames(): boolean {
  return (
    typeof RTCRtpScriptTransform === "function" &&
    typeof RTCRtpSender === "function" &&
    "transform" in RTCRtpSender.prototype &&
    "transform" in RTCRtpReceiver.prototype &&
    typeof Worker === "function" &&
    typeof crypto.subtle === "object"
  );
}
