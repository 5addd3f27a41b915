import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import { createCommands } from "../api/live/commands.ts";
import { mergeHistory } from "../api/live/room-updates.ts";
import { MeetingContext, type Meeting } from "../api/live/meeting-context.ts";
import { ApiError } from "../api/client.ts";
import { KeysContext } from "../keys/keys-context.ts";
import type { MeetingKeys } from "../keys/meeting-keys.ts";
import { openProtected } from "../keys/open-protected.ts";
import { openSealed } from "../keys/open-sealed.ts";
import { sealedCommands } from "../keys/sealed-commands.ts";
import type { FrameProtection } from "../media/e2ee/frame-protection.ts";
import { openMedia, type MediaOptions } from "../media/livekit-media.ts";
import { MediaContext } from "../media/media-context.ts";
import type { Media } from "../media/media-state.ts";
import { Toasts } from "../ui/toast.tsx";
import { RoomLayout } from "./room-layout.tsx";
import { rememberSeat } from "./seat.ts";
import type { Entrance } from "./use-flow.ts";

export { ApplicantCall } from "../features/verification-call/applicant-call.tsx";

export interface RoomPageProps {
  entrance: Entrance;
  /** Undefined where the mode is transport. */
  keys: MeetingKeys | undefined;
  /** Another tab or device has taken the seat. */
  onEvicted: () => void;
}

/** The room with its media: fetched while the person waits, run only once they are admitted. */
export function RoomPage({ entrance, keys, onEvicted }: RoomPageProps): ReactNode {
  const meeting = useMemo<Meeting>(() => {
    const commands = createCommands(entrance.link);
    const { link, store } = entrance;
    const sealed = keys === undefined ? commands : sealedCommands(link, commands, { keys, store });
    return { ...entrance, commands: sealed };
  }, [entrance, keys]);
  const media = useOpenMedia(meeting, keys, onEvicted);
  useSealed(meeting, keys);
  useHistory(meeting);
  if (media === null) return null;
  return (
    <MeetingContext value={meeting}>
      <KeysContext value={keys ?? null}>
        <MediaContext value={media}>
          <RoomLayout initialPanel={firstPanel(meeting)} initialChecking={null} />
          <Toasts />
        </MediaContext>
      </KeysContext>
    </MeetingContext>
  );
}

function useOpenMedia(meeting: Meeting, keys: MeetingKeys | undefined, onEvicted: () => void): Media | null {
  const [media, setMedia] = useState<Media | null>(null);
  const evicted = useRef(onEvicted);
  evicted.current = onEvicted;
  const place = usePlace(meeting, keys);
  const devices = useRef<DevicesOn | null>(null);
  useEffect(() => {
    let stop: () => void = () => undefined;
    // What was opened for a call is not on in the meeting afterwards (ADM-13).
    const inMeeting = keys !== undefined && keys.groupNow() === "main";
    const close = openProtected(keys, (protection) => {
      const opened = openMedia(optionsFor(meeting, protection));
      const stops = [
        opened.subscribe(() => {
          const { phase, closed } = opened.getState();
          if (phase === "closed" && closed === "replaced") evicted.current();
        }),
        ...(inMeeting ? [keepDevices(opened, devices)] : []),
        // With keys each place has a connection of its own: see `usePlace`.
        ...(keys === undefined ? [followMoves(meeting.store, opened)] : []),
      ];
      stop = () => {
        for (const one of stops) one();
      };
      setMedia(opened);
      return opened;
    });
    return () => {
      stop();
      close();
    };
  }, [meeting, keys, place]);
  return media;
}

function optionsFor({ store, commands }: Meeting, protection: FrameProtection | undefined): MediaOptions {
  return {
    ticket: protection === undefined ? store.getState().ticket : null,
    iceServers: () => store.getState().room?.iceServers ?? [],
    listedOnly: store.getState().room?.meta.confidentiality === "high",
    ...(protection === undefined ? {} : { protection }),
    renew: async () => {
      try {
        return (await commands.ticket()).ticket;
      } catch (error) {
        // A clear no ends the tries; silence or a busy server does not.
        if (error instanceof ApiError && isNo(error)) return null;
        throw error;
      }
    },
    onConnected: () => {
      const { admission } = store.getState();
      if (admission?.state === "admitted") rememberSeat(admission.admissionId);
    },
  };
}

type DevicesOn = { readonly microphone: boolean; readonly camera: boolean };

/** Turns on what was on in the meeting before, once this connection stands; remembers it when this one ends. */
function keepDevices(media: Media, kept: { current: DevicesOn | null }): () => void {
  let standing = false;
  const stop = media.subscribe(() => {
    const { phase, microphone, camera } = media.getState();
    if (phase !== "connected") return;
    if (standing) {
      if (!microphone.busy && !camera.busy) kept.current = { microphone: microphone.on, camera: camera.on };
      return;
    }
    standing = true;
    if (kept.current?.microphone === true) void media.setMicrophone(true);
    if (kept.current?.camera === true) void media.setCamera(true);
  });
  return stop;
}

/**
 * In an end-to-end encrypted meeting: the stay and the group whose keys its media have. A verification call has keys of
 * its own, and a connection that outlived the change would go on with those of the other place (ADM-13).
 */
function usePlace({ store }: Meeting, keys: MeetingKeys | undefined): string {
  return useSyncExternalStore(store.subscribe, () => {
    const { admission } = store.getState();
    if (keys === undefined || admission?.state !== "admitted") return "";
    return `${keys.groupNow()} ${admission.sfuIdentity}`;
  });
}

/** Into another room of the meeting and back (SEC-4): each stay has a name of its own at the SFU. */
function followMoves(store: Meeting["store"], media: Media): () => void {
  const stayOf = () => {
    const { admission } = store.getState();
    return admission?.state === "admitted" ? admission.sfuIdentity : null;
  };
  let stay = stayOf();
  return store.subscribe(() => {
    const now = stayOf();
    if (now === null || now === stay) return;
    const first = stay === null;
    stay = now;
    if (!first) media.move(now, store.getState().ticket);
  });
}

function isNo({ failure: { code } }: ApiError): boolean {
  return ["not_in_meeting", "meeting_not_live", "not_signed_in", "client_too_old"].includes(code);
}

/** Opens what is said, for as long as the room stands (ENC-5). */
function useSealed({ link, store }: Meeting, keys: MeetingKeys | undefined): void {
  useEffect(() => (keys === undefined ? undefined : openSealed({ link, store, keys })), [link, store, keys]);
}

/** What was written since the own admission, also before this page was opened. */
function useHistory({ store, commands }: Meeting): void {
  useEffect(() => {
    commands.readChat().then(
      ({ messages }) => store.update((state) => mergeHistory(state, messages)),
      // Without it the chat begins with what arrives from now on.
      () => undefined,
    );
  }, [store, commands]);
}

/** Hosts begin with the people beside the stage where there is room for both. */
function firstPanel({ store }: Meeting): "people" | null {
  const wide = matchMedia("(min-width: 1024px)").matches;
  return wide && (store.getState().room?.meta.lobby ?? null) !== null ? "people" : null;
}
