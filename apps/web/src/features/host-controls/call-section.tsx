import PhoneCall from "lucide-react/icons/phone-call";
import PhoneOff from "lucide-react/icons/phone-off";
import Check from "lucide-react/icons/check";
import Hourglass from "lucide-react/icons/hourglass";
import type { LobbyRowView } from "@sekisho/contract";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useCommands } from "../../api/live/meeting-context.ts";
import type { RoomState } from "../../api/live/meeting-state.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { mediaOf, useMediaState } from "../../media/media-context.ts";
import { CallPictures } from "../../meeting-shell/call-pictures.tsx";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { announce } from "../../ui/announcer.tsx";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/note.tsx";
import { callState, shownToMe, type CallState } from "./call-model.ts";
import styles from "./call.module.css";

export interface CallSectionProps {
  room: RoomState;
  row: LobbyRowView;
}

/** Voice and face of one applicant, before anything is decided (ADM-13). */
export function CallSection({ room, row }: CallSectionProps): ReactNode {
  const t = useWords("host-controls");
  const state = callState(row, room);
  const section = useKeptFocus(state.kind);
  useCallAnnouncements(state);
  if (state.kind === "none") return null;
  return (
    <section ref={section} className={styles["call"]} aria-label={t("call")} tabIndex={-1}>
      <Body {...{ room, row, state }} />
    </section>
  );
}

function Body({ room, row, state }: CallSectionProps & { state: CallState }): ReactNode {
  const t = useWords("host-controls");
  switch (state.kind) {
    case "none":
      return null;
    case "busy":
      return <Note>{t("call.busy")}</Note>;
    case "other":
      return <Note tone="info">{t("call.other", { name: state.name })}</Note>;
    case "idle":
      return <Start {...{ room, row }} again={state.again} />;
    case "asked":
      return <Asked row={row} />;
    case "running":
      return <Running {...{ room, row }} applicant={state.applicant} />;
  }
}

function Start({ room, row, again }: CallSectionProps & { again: boolean }): ReactNode {
  const t = useWords("host-controls");
  const commands = useCommands();
  const { busy, problem, run } = useCommand();
  const seen = { admissionId: row.id, revision: row.revision };
  const shown = shownToMe(row, room.meta.selfId);
  return (
    <>
      {shown !== null && (shown.voice || shown.face) ? (
        <Note tone="ok">{t(doneKey(shown))}</Note>
      ) : (
        <p className={styles["hint"]}>{t("call.note", { name: row.displayName })}</p>
      )}
      <Button
        wide
        icon={<PhoneCall />}
        busy={busy ? t("call.starting") : undefined}
        onClick={() => void run(() => commands.startCall(seen))}
      >
        {t(again ? "call.again" : "call.start")}
      </Button>
      <ProblemNote problem={problem} />
    </>
  );
}

function doneKey({ voice, face }: { voice: boolean; face: boolean }) {
  if (voice && face) return "call.done.both";
  return voice ? "call.done.voice" : "call.done.face";
}

function Asked({ row }: { row: LobbyRowView }): ReactNode {
  const t = useWords("host-controls");
  return (
    <>
      <Note tone="info" icon={<Hourglass />} title={t("call.asked")}>
        {t("call.askedNote", { name: row.displayName })}
      </Note>
      <End label={t("call.cancel")} />
    </>
  );
}

function Running({ room, row, applicant }: CallSectionProps & { applicant: string }): ReactNode {
  const t = useWords("host-controls");
  const media = useMediaState();
  const own = room.people.find((one) => one.id === room.meta.selfId)?.sfuIdentity ?? "";
  const there = media.phase === "connected" && media.people.has(applicant);
  const theirs = mediaOf(media, applicant);
  const shown = shownToMe(row, room.meta.selfId);
  return (
    <>
      <div className={styles["running"]}>
        <PhoneCall />
        <p>{t("call.running")}</p>
        <p className={styles["hint"]}>{t("call.runningNote")}</p>
      </div>
      <CallPictures
        other={there ? applicant : null}
        own={own}
        otherLabel={t("call.picture", { name: row.displayName })}
        otherOff={t(there ? "call.noPicture" : "call.connecting")}
        ownLabel={t("call.own")}
        ownOff={t("call.own")}
      />
      <ul className={styles["media"]}>
        <Medium label={t("call.voice")} received={shown?.voice === true} flows={there && theirs.microphone} />
        <Medium
          label={t("call.face")}
          received={shown?.face === true}
          flows={there && theirs.camera !== null}
        />
      </ul>
      <End label={t("call.end")} />
    </>
  );
}

function End({ label }: { label: string }): ReactNode {
  const commands = useCommands();
  const { busy, problem, run } = useCommand();
  return (
    <>
      <Button
        wide
        icon={<PhoneOff />}
        busy={busy ? label : undefined}
        onClick={() => void run(commands.endCall)}
      >
        {label}
      </Button>
      <ProblemNote problem={problem} />
    </>
  );
}

interface MediumProps {
  label: string;
  /** The server's word; the seconds before it are this page's own count, for patience alone. */
  received: boolean;
  flows: boolean;
}

function Medium({ label, received, flows }: MediumProps): ReactNode {
  const t = useWords("host-controls");
  const left = useSecondsLeft(flows && !received);
  const text = received ? t("call.received") : flows ? t("call.counting", { count: left }) : t("call.waits");
  return (
    <li data-received={received || undefined}>
      {received ? <Check /> : <Hourglass />}
      <span>{label}</span>
      <span className={styles["medium"]}>{text}</span>
    </li>
  );
}

const SECONDS = 5;

function useSecondsLeft(counting: boolean): number {
  const [left, setLeft] = useState(SECONDS);
  useEffect(() => {
    setLeft(SECONDS);
    if (!counting) return;
    // It stays at one until the server has said so.
    const timer = setInterval(() => setLeft((now) => Math.max(1, now - 1)), 1000);
    return () => clearInterval(timer);
  }, [counting]);
  return left;
}

/** The button that was pressed is gone with the state it belonged to: the next key goes to the call all the same. */
function useKeptFocus(kind: CallState["kind"]) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (kind !== "none" && document.activeElement === document.body)
      section.current?.focus({ preventScroll: true });
  }, [kind]);
  return section;
}

function useCallAnnouncements(state: CallState): void {
  const t = useWords("host-controls");
  const before = useRef(state.kind);
  useEffect(() => {
    const was = before.current;
    before.current = state.kind;
    if (state.kind === "running" && was !== "running") announce(t("call.begun"), "assertive");
    if (was === "running" && state.kind !== "running") announce(t("call.ended"), "assertive");
  }, [state.kind, t]);
}
