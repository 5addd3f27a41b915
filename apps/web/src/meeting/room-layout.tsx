import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { may, useRoom } from "../api/live/meeting-context.ts";
import { roomsAreOpen } from "../api/live/own-room.ts";
import type { BreakoutsProps } from "../features/breakouts/breakouts.tsx";
import { ChatPanel } from "../features/chat/chat-panel.tsx";
import { ownCall } from "../features/host-controls/call-model.ts";
import { PeoplePanel } from "../features/host-controls/people-panel.tsx";
import { PhoneWaitingRow } from "../features/host-controls/phone-waiting-row.tsx";
import { SecurityPanel } from "../features/host-controls/security-panel.tsx";
import { useCallDevices } from "../features/host-controls/use-call-devices.ts";
import { VerifierCard } from "../features/host-controls/verifier-card.tsx";
import type { PanelId } from "../features/room/control-bar.tsx";
import { RoomScreen, type SafetyCodeLayer as LayerProps } from "../features/room/room-screen.tsx";
import { useKeys } from "../keys/keys-context.ts";
import { loadWords } from "../i18n/words.ts";
import { PartBoundary } from "./part-boundary.tsx";

/** Fetched when rooms are first opened or arranged: most meetings have none. */
const Breakouts = lazy(async () => {
  const [part] = await Promise.all([import("../features/breakouts/breakouts.tsx"), loadWords("breakouts")]);
  return { default: part.Breakouts };
});

/** Fetched when it is first looked at: only end-to-end encrypted meetings have one. */
const SafetyCode = lazy(async () => {
  const [part] = await Promise.all([
    import("../features/safety-code/safety-code.tsx"),
    loadWords("safety-code"),
  ]);
  return { default: part.SafetyCode };
});

export interface RoomLayoutProps {
  initialPanel: PanelId | null;
  /** The row whose card is open at first; only the gallery opens one by itself. */
  initialChecking: string | null;
  /** In the gallery: the part that is fetched otherwise, and whether the hosts' dialog stands from the beginning. */
  breakouts?: { readonly part: (props: BreakoutsProps) => ReactNode; readonly managing: boolean };
}

/** Gives the features their places in the room; they do not know each other. */
export function RoomLayout({ initialPanel, initialChecking, breakouts }: RoomLayoutProps): ReactNode {
  const room = useRoom();
  const [panel, setPanel] = useState<PanelId | null>(initialPanel);
  const [checking, setChecking] = useState<string | null>(initialChecking);
  const [managing, setManaging] = useState(breakouts?.managing ?? false);
  const Rooms = breakouts?.part ?? Breakouts;
  const row = room.lobby.find((one) => one.id === checking);
  const calling = ownCall(room)?.id ?? null;
  const encrypted = useKeys() !== null;
  useCallDevices(room);
  useEffect(() => {
    // After a reload too: who is called is seen.
    if (calling !== null) setChecking(calling);
  }, [calling]);
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
    const id = room.lobby[0]?.id;
    // At once, so that the next key already meets the row and not what had the focus before.
    flushSync(() => setPanel("people"));
    if (id !== undefined) document.querySelector<HTMLElement>(`[data-check="${CSS.escape(id)}"]`)?.focus();
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
      rooms={
        (managing || roomsAreOpen(room.meta)) && (
          <PartBoundary>
            <Suspense fallback={null}>
              <Rooms managing={managing} onManage={setManaging} />
            </Suspense>
          </PartBoundary>
        )
      }
      safetyCode={encrypted ? (layer) => <SafetyCodeLayer {...layer} /> : null}
      onRooms={may(room.meta, "breakout.manage") ? () => setManaging(true) : null}
      card={row === undefined ? null : <VerifierCard key={row.id} room={room} row={row} onClose={close} />}
      phoneRow={
        room.meta.lobby === null ? null : (
          <PhoneWaitingRow
            onOpen={() => {
              setPanel("people");
              const id = room.lobby[0]?.id;
              if (room.lobby.length === 1 && id !== undefined) setChecking(id);
            }}
          />
        )
      }
    />
  );
}

function SafetyCodeLayer(props: LayerProps): ReactNode {
  return (
    <PartBoundary>
      <Suspense fallback={null}>
        <SafetyCode {...props} />
      </Suspense>
    </PartBoundary>
  );
}
