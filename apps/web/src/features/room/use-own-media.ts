import { useEffect, useRef, useState } from "react";
import { may } from "../../api/live/meeting-context.ts";
import type { MeetingState, RoomState } from "../../api/live/meeting-state.ts";
import type { Media, MediaState } from "../../media/media-state.ts";
import { preferences } from "../../media/preferences.ts";
import { reasonFor } from "../../meeting-shell/rights.ts";

/** How long after the end of a share the loss of the right to it is taken for its reason. */
const REASON_FOLLOWS_MS = 2000;

/**
 * Keeps what this page sends within what it may send. The SFU enforces it; this only keeps the page honest: no lamp
 * shows on for a microphone that nobody hears. Returns why the own sharing ended by itself, if it did.
 */
export function useOwnMedia(room: RoomState, state: MeetingState, media: Media, now: MediaState) {
  const [shareEnded, setShareEnded] = useState<string | null>(null);
  const { meta } = room;
  const microphone = may(meta, "media.microphone");
  const camera = may(meta, "media.camera");
  const share = may(meta, "media.screenShare");
  useEntry(room, media, now.phase);

  useEffect(() => {
    if (!microphone && media.getState().microphone.on) void media.setMicrophone(false);
  }, [microphone, media]);
  useEffect(() => {
    if (!camera && media.getState().camera.on) void media.setCamera(false);
  }, [camera, media]);
  const reason = share ? null : reasonFor(meta, "screenShare");
  const lastShared = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    // The SFU may have taken the share away before the reason for it came.
    const ended = media.getState().sharing || Date.now() - lastShared.current < REASON_FOLLOWS_MS;
    if (share || !ended) return;
    setShareEnded(reason);
    if (media.getState().sharing) void media.stopShare();
  }, [share, reason, media]);
  useEffect(() => {
    if (!now.sharing) return;
    setShareEnded(null);
    return () => {
      lastShared.current = Date.now();
    };
  }, [now.sharing]);
  useMoveEndsShare(now, setShareEnded);

  const { stopped } = state;
  useEffect(() => {
    if (stopped === null) return;
    if (stopped.source === "microphone") void media.setMicrophone(false);
    else if (stopped.source === "camera") void media.setCamera(false);
    else void media.stopShare();
  }, [stopped, media]);
  return shareEnded;
}

/** A screen is shown to the people of one room; in the next it is shared anew, or not (SEC-4). */
function useMoveEndsShare({ sharing, phase }: MediaState, ended: (reason: string) => void): void {
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !sharing && phase === "moving") ended("reason.moved");
    was.current = sharing;
  }, [sharing, phase, ended]);
}

/** Once, when the first connection stands: as the person chose, as far as the meeting lets people start. */
function useEntry(room: RoomState, media: Media, phase: MediaState["phase"]): void {
  const done = useRef(false);
  const { meta } = room;
  useEffect(() => {
    if (done.current || phase !== "connected") return;
    done.current = true;
    const chosen = preferences();
    const microphone = !meta.muteOnEntry && chosen.microphoneOn !== false;
    const camera = chosen.cameraOn ?? meta.startWithVideo;
    if (microphone && may(meta, "media.microphone")) void media.setMicrophone(true);
    if (camera && may(meta, "media.camera")) void media.setCamera(true);
  }, [phase, meta, media]);
}
