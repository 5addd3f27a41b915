import type { MeetingFacts } from "@sekisho/contract";
import { useEffect, useState, type ReactNode } from "react";
import { useCommand } from "../../api/live/use-command.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { useWords } from "../../i18n/words.ts";
import { chime, keepAwake, vibrateOnce } from "../../media/signals.ts";
import { useDeviceCheck } from "../../media/use-device-check.ts";
import { announce } from "../../ui/announcer.tsx";
import { waitingKind, waitsLong, type WaitingView as View } from "./waiting-model.ts";
import { WaitingView } from "./waiting-view.tsx";

export interface WaitingScreenProps {
  organisation: string;
  classLabel: string;
  facts: MeetingFacts | null;
  view: View;
  lost: boolean;
  /** The decision has come; the room is on its way. */
  admitted: boolean;
  /** Admitted, and not in the group of keys yet. */
  keying: boolean;
  /** Server's clock minus this device's, ms. */
  clockAhead: number;
  withdraw: () => Promise<unknown>;
  /** The verification call, asked for or running; it stands in the place of the waiting. */
  call: ReactNode;
}

export function WaitingScreen(props: WaitingScreenProps): ReactNode {
  const { view, admitted } = props;
  const t = useWords("waiting");
  const devices = useDeviceCheck();
  const leaving = useCommand();
  const long = useLong(view.requestedAt, props.clockAhead);
  const kind = waitingKind(view);
  usePageTitle(admitted ? t("admittedTitle") : t(kind === "early" ? "early.title" : "title"));
  useEffect(() => keepAwake(), []);
  useEffect(() => {
    if (admitted) return;
    if (kind === "back" || kind === "rules") announce(t("back.title"), "assertive");
    else announce(t(kind === "early" ? "early.title" : "title"));
  }, [kind, admitted, t]);
  useEffect(() => {
    if (!admitted) return;
    announce(t("admitted"), "assertive");
    chime("admitted");
    vibrateOnce();
  }, [admitted, t]);
  return (
    <WaitingView
      {...props}
      long={long}
      leaving={leaving.busy}
      devices={devices}
      onLeave={() => void leaving.run(props.withdraw)}
    />
  );
}

function useLong(requestedAt: number, clockAhead: number): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const look = () => setLong(waitsLong(requestedAt, Date.now() + clockAhead));
    look();
    const timer = setInterval(look, 10_000);
    return () => clearInterval(timer);
  }, [requestedAt, clockAhead]);
  return long;
}
