import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { createCommands } from "../api/live/commands.ts";
import { MeetingContext, type Meeting } from "../api/live/meeting-context.ts";
import { ApiError } from "../api/client.ts";
import { openMedia } from "../media/livekit-media.ts";
import { MediaContext } from "../media/media-context.ts";
import type { Media } from "../media/media-state.ts";
import { Toasts } from "../ui/toast.tsx";
import { RoomLayout } from "./room-layout.tsx";
import { rememberSeat } from "./seat.ts";
import type { Entrance } from "./use-flow.ts";

export { ApplicantCall } from "../features/verification-call/applicant-call.tsx";

export interface RoomPageProps {
  entrance: Entrance;
  /** Another tab or device has taken the seat. */
  onEvicted: () => void;
}

/** The room with its media: fetched while the person waits, run only once they are admitted. */
export function RoomPage({ entrance, onEvicted }: RoomPageProps): ReactNode {
  const meeting = useMemo<Meeting>(
    () => ({ ...entrance, commands: createCommands(entrance.link) }),
    [entrance],
  );
  const media = useOpenMedia(meeting, onEvicted);
  useHistory(meeting);
  if (media === null) return null;
  return (
    <MeetingContext value={meeting}>
      <MediaContext value={media}>
        <RoomLayout initialPanel={firstPanel(meeting)} initialChecking={null} />
        <Toasts />
      </MediaContext>
    </MeetingContext>
  );
}

function useOpenMedia(meeting: Meeting, onEvicted: () => void): Media | null {
  const [media, setMedia] = useState<Media | null>(null);
  const evicted = useRef(onEvicted);
  evicted.current = onEvicted;
  useEffect(() => {
    const { store, commands } = meeting;
    const opened = openMedia({
      ticket: store.getState().ticket,
      iceServers: () => store.getState().room?.iceServers ?? [],
      listedOnly: store.getState().room?.meta.confidentiality === "high",
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
    });
    const stop = opened.subscribe(() => {
      const { phase, closed } = opened.getState();
      if (phase === "closed" && closed === "replaced") evicted.current();
    });
    const stopMoves = followMoves(store, opened);
    setMedia(opened);
    return () => {
      stop();
      stopMoves();
      void opened.close();
    };
  }, [meeting]);
  return media;
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

/** What was written since the own admission, also before this page was opened. */
function useHistory({ store, commands }: Meeting): void {
  useEffect(() => {
    commands.readChat().then(
      ({ messages }) => store.addHistory(messages),
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
