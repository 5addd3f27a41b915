import type { AdmissionView } from "@sekisho/contract";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { createCallCommands } from "../../api/live/call-commands.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import type { MeetingKeys } from "../../keys/meeting-keys.ts";
import { MediaContext } from "../../media/media-context.ts";
import { chime, prepareChime } from "../../media/signals.ts";
import { announce } from "../../ui/announcer.tsx";
import { forgetAgreed, hasAgreed, rememberAgreed } from "./agreed.ts";
import { ApplicantCallView } from "./applicant-call-view.tsx";
import { useCallMedia } from "./use-call-media.ts";

type Waiting = Extract<AdmissionView, { state: "waiting" }>;

export interface ApplicantCallProps {
  link: string;
  admissionId: string;
  call: NonNullable<Waiting["call"]>;
  /** The meeting's class. */
  high: boolean;
  /** Of an end-to-end encrypted meeting, in which the call has keys of its own (ADM-13). */
  keys: MeetingKeys | undefined;
}

/** From "we want to see you" to the end of the call (ADM-13). Nothing is turned on before the person says so. */
export function ApplicantCall({ link, admissionId, call, high, keys }: ApplicantCallProps): ReactNode {
  const t = useWords("verification-call");
  const commands = useMemo(() => createCallCommands(link), [link]);
  const answering = useCommand();
  const [here, setHere] = useState(() => hasAgreed(admissionId));
  const running = call.state === "running" ? call.sfuIdentity : null;
  const media = useCallMedia({ commands, keys, listedOnly: high }, here ? running : null);
  useEffect(() => {
    if (call.state === "running") return announce(t("running.title"));
    // Agreed to an earlier call, not to this one.
    forgetAgreed();
    setHere(false);
    announce(`${t("asked.title")} ${t("asked.text")}`, "assertive");
    chime("asked");
  }, [call.state, t]);
  useEnd(running !== null, t("ended"));
  const agree = () => {
    rememberAgreed(admissionId);
    setHere(true);
  };
  return (
    <MediaContext value={media}>
      <ApplicantCallView
        phase={running === null ? "asked" : here ? "running" : "elsewhere"}
        own={running ?? ""}
        busy={answering.busy}
        problem={answering.problem}
        onAccept={() => {
          prepareChime();
          agree();
          void answering.run(() => commands.answer(true));
        }}
        onDecline={() => void answering.run(() => commands.answer(false))}
        onEnd={() => void answering.run(commands.end)}
        onHere={agree}
      />
    </MediaContext>
  );
}

/** When it is over the person hears that they wait again, and the focus does not stay on what is gone. */
function useEnd(running: boolean, ended: string): void {
  const was = useRef(false);
  was.current ||= running;
  useEffect(
    () => () => {
      forgetAgreed();
      if (was.current) announce(ended);
      if (document.activeElement === document.body) document.querySelector<HTMLElement>("main h1")?.focus();
    },
    [ended],
  );
}
