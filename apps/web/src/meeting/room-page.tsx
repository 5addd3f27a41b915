import { useEffect, useRef, useState, type ReactNode } from "react";
import type { Meeting } from "../api/live/meeting-context.ts";
import { MeetingContext, useRoom } from "../api/live/meeting-context.ts";
import { ApiError } from "../api/client.ts";
import { ChatPanel } from "../features/chat/chat-panel.tsx";
import { PeoplePanel } from "../features/host-controls/people-panel.tsx";
import { PhoneWaitingRow } from "../features/host-controls/phone-waiting-row.tsx";
import { SecurityPanel } from "../features/host-controls/security-panel.tsx";
import { VerifierCard } from "../features/host-controls/verifier-card.tsx";
import type { PanelId } from "../features/room/control-bar.tsx";
import { RoomScreen } from "../features/room/room-screen.tsx";
import { openMedia } from "../media/livekit-media.ts";
import { MediaContext } from "../media/media-context.ts";
import type { Media } from "../media/media-state.ts";
import { Toasts } from "../ui/toast.tsx";
import { rememberSeat } from "./seat.ts";

export interface RoomPageProps {
  meeting: Meeting;
  /** Another tab or device has taken the seat. */
  onEvicted: () => void;
}

/** The room with its media: fetched while the person waits, run only once they are admitted. */
export function RoomPage({ meeting, onEvicted }: RoomPageProps): ReactNode {
  const media = useOpenMedia(meeting, onEvicted);
  useHistory(meeting);
  if (media === null) return null;
  return (
    <MeetingContext value={meeting}>
      <MediaContext value={media}>
        <Composed />
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
    setMedia(opened);
    return () => {
      stop();
      void opened.close();
    };
  }, [meeting]);
  return media;
}

function isNo({ failure: { code } }: ApiError): boolean {
  return code === "not_in_meeting" || code === "meeting_not_live" || code === "not_signed_in";
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

/** Gives the features their places in the room; they do not know each other. */
function Composed(): ReactNode {
  const room = useRoom();
  const wide = matchMedia("(min-width: 1024px)").matches;
  const [panel, setPanel] = useState<PanelId | null>(wide && room.meta.lobby !== null ? "people" : null);
  const [checking, setChecking] = useState<string | null>(null);
  const row = room.lobby.find((one) => one.id === checking);
  const back = useRef<string | null>(null);
  const close = () => {
    back.current = checking;
    setChecking(null);
  };
  useEffect(() => {
    // Back to the row that the card came from, or to the list if that is gone.
    if (checking !== null || back.current === null) return;
    const button = document.querySelector<HTMLElement>(`[data-check="${CSS.escape(back.current)}"]`);
    back.current = null;
    (button ?? document.querySelector<HTMLElement>('[data-region="panel"]'))?.focus();
  }, [checking]);
  useEffect(() => {
    // Decided by somebody else, or withdrawn: the card goes, the row says what happened.
    if (checking !== null && row === undefined) close();
  });
  const first = () => {
    setPanel("people");
    const id = room.lobby[0]?.id;
    if (id === undefined) return;
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-check="${CSS.escape(id)}"]`)?.focus(),
    );
  };
  return (
    <RoomScreen
      panel={panel}
      onPanel={setPanel}
      onFirstWaiting={first}
      panels={{
        people: <PeoplePanel checking={checking} onCheck={setChecking} />,
        chat: <ChatPanel />,
        security: <SecurityPanel />,
      }}
      card={row === undefined ? null : <VerifierCard key={row.id} room={room} row={row} onClose={close} />}
      phoneRow={
        <PhoneWaitingRow
          onOpen={() => {
            setPanel("people");
            const id = room.lobby[0]?.id;
            if (room.lobby.length === 1 && id !== undefined) setChecking(id);
          }}
        />
      }
    />
  );
}
