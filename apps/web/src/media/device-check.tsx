import Check from "lucide-react/icons/check";
import Mic from "lucide-react/icons/mic";
import MicOff from "lucide-react/icons/mic-off";
import Video from "lucide-react/icons/video";
import VideoOff from "lucide-react/icons/video-off";
import type { ReactNode } from "react";
import { useWords } from "../i18n/words.ts";
import { Button } from "../ui/button.tsx";
import { Badge } from "../ui/note.tsx";
import styles from "./device-check.module.css";
import { LevelMeter, Preview } from "./level-meter.tsx";
import type {
  CameraCheck,
  DeviceCheckActions,
  DeviceCheckState,
  MicrophoneCheck,
} from "./use-device-check.ts";

export interface DeviceCheckProps {
  state: DeviceCheckState;
  actions: DeviceCheckActions;
  /** Draws a still level, for pictures of the page. */
  fixedLevel?: number | undefined;
}

/** Microphone and camera in one card. It has its own words and needs nobody's permission but the person's. */
export function DeviceCheck({ state, actions, fixedLevel }: DeviceCheckProps): ReactNode {
  const t = useWords("media");
  return (
    <div className={styles["card"]}>
      <MicrophoneRow
        check={state.microphone}
        stream={state.microphoneStream}
        actions={actions}
        fixedLevel={fixedLevel}
      />
      <CameraRow check={state.camera} stream={state.cameraStream} actions={actions} />
      <p className={styles["inside"]}>{t("inside")}</p>
    </div>
  );
}

interface RowProps<Check> {
  check: Check;
  stream: MediaStream | null;
  actions: DeviceCheckActions;
  fixedLevel?: number | undefined;
}

export function MicrophoneRow({ check, stream, actions, fixedLevel }: RowProps<MicrophoneCheck>): ReactNode {
  const t = useWords("media");
  const works = check === "works";
  const problem = check !== "untested" && check !== "asking" && check !== "without" && !works;
  return (
    <div className={styles["row"]}>
      {works || check === "untested" || check === "asking" ? <Mic /> : <MicOff />}
      <div>
        <p className={styles["name"]}>{problem ? t(`microphone.${check}`) : t("microphone")}</p>
        {works ? (
          <LevelMeter stream={stream} label={t("level")} fixed={fixedLevel} />
        ) : (
          <p className={styles["note"]}>{microphoneNote(check, t)}</p>
        )}
      </div>
      <div className={styles["actions"]}>
        {works && (
          <Badge tone="ok" icon={<Check />}>
            {t("microphone.works")}
          </Badge>
        )}
        {(check === "untested" || check === "asking" || check === "without") && (
          <Button busy={check === "asking" ? t("microphone.try") : undefined} onClick={actions.tryMicrophone}>
            {t("microphone.try")}
          </Button>
        )}
      </div>
      {problem && (
        <div className={styles["more"]} role="status">
          <div className={styles["actions"]}>
            <Button onClick={actions.tryMicrophone}>{t("microphone.again")}</Button>
            <Button kind="quiet" onClick={actions.withoutMicrophone}>
              {t("microphone.without")}
            </Button>
          </div>
          {check === "denied" && <HowToAllow />}
        </div>
      )}
    </div>
  );
}

function microphoneNote(check: MicrophoneCheck, t: ReturnType<typeof useWords<"media">>): string {
  if (check === "without") return t("microphone.withoutNote");
  if (check === "untested" || check === "asking") return t("microphone.untested");
  return t("microphone.deniedNote");
}

function HowToAllow(): ReactNode {
  const t = useWords("media");
  return (
    <details className={styles["details"]}>
      <summary>{t("microphone.how")}</summary>
      <ol className={styles["how"]}>
        <li>{t("how.1")}</li>
        <li>{t("how.2")}</li>
        <li>{t("how.3")}</li>
      </ol>
    </details>
  );
}

export function CameraRow({ check, stream, actions }: RowProps<CameraCheck>): ReactNode {
  const t = useWords("media");
  const on = check === "on";
  const problem = check !== "on" && check !== "off" && check !== "asking";
  return (
    <div className={styles["row"]}>
      {on ? <Video /> : <VideoOff />}
      <div>
        <p className={styles["name"]}>{problem ? t(`camera.${check}`) : t("camera")}</p>
        <p className={styles["note"]}>{t(on ? "camera.on" : "camera.off")}</p>
      </div>
      <div className={styles["actions"]}>
        <Button
          aria-pressed={on}
          busy={check === "asking" ? t("camera.turnOn") : undefined}
          onClick={() => actions.turnCamera(!on)}
        >
          {t(on ? "camera.turnOff" : "camera.turnOn")}
        </Button>
      </div>
      {on && stream !== null && (
        <div className={styles["more"]} data-inline-preview>
          <Preview stream={stream} label={t("preview")} />
        </div>
      )}
    </div>
  );
}

/** The large picture beside the form where there is room for it. */
export function PreviewPane({
  check,
  stream,
}: {
  check: CameraCheck;
  stream: MediaStream | null;
}): ReactNode {
  const t = useWords("media");
  if (check === "on" && stream !== null) return <Preview stream={stream} label={t("preview")} />;
  return (
    <div className={styles["empty"]}>
      <VideoOff />
      <span>{t("camera.off")}</span>
    </div>
  );
}
