import Mic from "lucide-react/icons/mic";
import MicOff from "lucide-react/icons/mic-off";
import PhoneOff from "lucide-react/icons/phone-off";
import ScanFace from "lucide-react/icons/scan-face";
import Video from "lucide-react/icons/video";
import VideoOff from "lucide-react/icons/video-off";
import { useEffect, useRef, type ReactNode } from "react";
import type { Problem } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { useMedia, useMediaState } from "../../media/media-context.ts";
import type { MediaState } from "../../media/media-state.ts";
import { CallPictures } from "../../meeting-shell/call-pictures.tsx";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/note.tsx";
import styles from "./applicant-call.module.css";

export interface ApplicantCallViewProps {
  /** `elsewhere`: another tab of this browser has agreed. */
  phase: "asked" | "running" | "elsewhere";
  /** The own `sfuIdentity` in the call. */
  own: string;
  busy: boolean;
  problem: Problem | null;
  onAccept: () => void;
  onDecline: () => void;
  onEnd: () => void;
  onHere: () => void;
}

export function ApplicantCallView(props: ApplicantCallViewProps): ReactNode {
  const t = useWords("verification-call");
  const { phase, problem } = props;
  return (
    <section className={styles["call"]} aria-labelledby="call-title">
      {phase === "asked" && <Asked {...props} />}
      {phase === "running" && <Running {...props} />}
      {phase === "elsewhere" && (
        <>
          <Heading>{t("running.title")}</Heading>
          <p>{t("elsewhere")}</p>
          <Button kind="primary" wide onClick={props.onHere}>
            {t("here")}
          </Button>
        </>
      )}
      {problem !== null && (
        <Note tone="warn" role="alert">
          {t(problem === "call_over" ? "error.call_over" : "error.other")}
        </Note>
      )}
    </section>
  );
}

function Heading({ focused = false, children }: { focused?: boolean; children: string }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focused) heading.current?.focus();
  }, [focused]);
  return (
    <h1 id="call-title" ref={heading} tabIndex={-1} className={styles["title"]}>
      {children}
    </h1>
  );
}

function Asked({ busy, onAccept, onDecline }: ApplicantCallViewProps): ReactNode {
  const t = useWords("verification-call");
  return (
    <>
      <span className={styles["mark"]} aria-hidden="true">
        <ScanFace />
      </span>
      <Heading>{t("asked.title")}</Heading>
      <p>{t("asked.text")}</p>
      <p className={styles["devices"]}>{t("asked.devices")}</p>
      <Button kind="primary" size="large" wide busy={busy ? t("accepting") : undefined} onClick={onAccept}>
        {t("accept")}
      </Button>
      <Button wide onClick={onDecline}>
        {t("decline")}
      </Button>
      <p className={styles["hint"]}>{t("declineNote")}</p>
    </>
  );
}

function Running({ own, busy, onEnd }: ApplicantCallViewProps): ReactNode {
  const t = useWords("verification-call");
  const state = useMediaState();
  const other = [...state.people.keys()].find((identity) => identity !== own) ?? null;
  return (
    <>
      <Heading focused>{t("running.title")}</Heading>
      <p>{t("running.text")}</p>
      <CallPictures
        other={other}
        own={own}
        otherLabel={t("other")}
        otherOff={otherOff(state, other, t)}
        ownLabel={t("own")}
        ownOff={t("ownOff")}
      />
      <Devices />
      <Button
        kind="danger-quiet"
        wide
        icon={<PhoneOff />}
        busy={busy ? t("ending") : undefined}
        onClick={onEnd}
      >
        {t("end")}
      </Button>
    </>
  );
}

function otherOff(
  state: MediaState,
  other: string | null,
  t: ReturnType<typeof useWords<"verification-call">>,
): string {
  if (state.phase === "reconnecting") return t("reconnecting");
  return t(other === null || state.phase !== "connected" ? "connecting" : "otherOff");
}

/** Both can be switched off at any moment: the person decides what is seen. */
function Devices(): ReactNode {
  const t = useWords("verification-call");
  const state = useMediaState();
  const { microphone, camera, audioBlocked, phase } = state;
  return (
    <div className={styles["devices-row"]}>
      {phase !== "idle" && <DeviceButtons {...{ microphone, camera, audioBlocked }} />}
      {microphone.problem !== null && <Note tone="warn">{t("problem.microphone")}</Note>}
      {camera.problem !== null && <Note tone="warn">{t("problem.camera")}</Note>}
    </div>
  );
}

type Buttons = Pick<MediaState, "microphone" | "camera" | "audioBlocked">;

function DeviceButtons({ microphone, camera, audioBlocked }: Buttons): ReactNode {
  const t = useWords("verification-call");
  const media = useMedia();
  return (
    <>
      <div className={styles["pair"]}>
        <Button
          icon={microphone.on ? <Mic /> : <MicOff />}
          aria-pressed={microphone.on}
          onClick={() => void media.setMicrophone(!microphone.on)}
        >
          {t(microphone.on ? "microphone" : "microphone.off")}
        </Button>
        <Button
          icon={camera.on ? <Video /> : <VideoOff />}
          aria-pressed={camera.on}
          onClick={() => void media.setCamera(!camera.on)}
        >
          {t(camera.on ? "camera" : "camera.off")}
        </Button>
      </div>
      {audioBlocked && (
        <Button kind="primary" wide onClick={() => void media.startAudio()}>
          {t("playSound")}
        </Button>
      )}
    </>
  );
}
