import DoorClosed from "lucide-react/icons/door-closed";
import LogOut from "lucide-react/icons/log-out";
import MessageSquareText from "lucide-react/icons/message-square-text";
import Mic from "lucide-react/icons/mic";
import Video from "lucide-react/icons/video";
import type { MeetingFacts } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { CameraRow, MicrophoneRow } from "../../media/device-check.tsx";
import { usePreferences } from "../../media/media-context.ts";
import { setPreferences } from "../../media/preferences.ts";
import type { DeviceCheckActions, DeviceCheckState } from "../../media/use-device-check.ts";
import { Facts } from "../../meeting-shell/facts.tsx";
import { LanguageButton } from "../../meeting-shell/language-button.tsx";
import { Switch } from "../../ui/switch.tsx";
import { ClassBadge } from "../../ui/class-badge.tsx";
import { formatTime } from "../../ui/date-format.ts";
import { GuestFrame } from "../../ui/guest-frame.tsx";
import { IdentityBadge } from "../../ui/identity-badge.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { Note } from "../../ui/note.tsx";
import { PersonName } from "../../ui/person-name.tsx";
import styles from "./waiting.module.css";
import { waitingKind, type WaitingView as View } from "./waiting-model.ts";

export interface WaitingViewProps {
  organisation: string;
  /** The class in words. */
  classLabel: string;
  facts: MeetingFacts | null;
  view: View;
  long: boolean;
  lost: boolean;
  admitted: boolean;
  /** Admitted, and the keys of the meeting are on their way (ENC-7). */
  keying: boolean;
  leaving: boolean;
  devices: DeviceCheckState & DeviceCheckActions;
  onLeave: () => void;
  /** The verification call in the place of the waiting; false while there is none. */
  call: ReactNode;
}

/** Everything a waiting person may know, and nothing else (ADM-2): no count, no others, no roster. */
export function WaitingView(props: WaitingViewProps): ReactNode {
  const { view, facts } = props;
  const t = useWords("waiting");
  const [trying, setTrying] = useState<"microphone" | "camera" | null>(null);
  return (
    <GuestFrame
      organisation={props.organisation}
      side={facts !== null && <ClassBadge level={facts.confidentiality} label={props.classLabel} />}
      foot={<Tools {...props} trying={trying} setTrying={setTrying} />}
    >
      {props.call || <Head {...props} />}
      <div className={styles["cards"]}>
        {props.lost && (
          <Note tone="warn" role="status" title={t("lost")}>
            {t("still")}
          </Note>
        )}
        {trying !== null && !props.call && (
          <div className={styles["try"]}>
            {trying === "microphone" ? (
              <MicrophoneRow
                check={props.devices.microphone}
                stream={props.devices.microphoneStream}
                actions={props.devices}
              />
            ) : (
              <CameraRow
                check={props.devices.camera}
                stream={props.devices.cameraStream}
                actions={props.devices}
              />
            )}
          </div>
        )}
        <Own view={view} />
        {view.hostMessage !== "" && (
          <Note tone="info" icon={<MessageSquareText />} role="status">
            <p>{t("hostMessage")}</p>
            <p className={styles["message"]}>{view.hostMessage}</p>
          </Note>
        )}
        {props.long && <Note role="status">{t("long")}</Note>}
      </div>
      {facts !== null && (
        <section className={styles["about"]}>
          <h2>{t("about")}</h2>
          <Facts facts={facts} />
        </section>
      )}
      <Settings />
    </GuestFrame>
  );
}

function Head({ view, admitted, keying }: WaitingViewProps): ReactNode {
  const t = useWords("waiting");
  const kind = waitingKind(view);
  const prefix = kind === "waiting" ? "" : `${kind}.`;
  return (
    <header className={styles["head"]}>
      <span className={styles["ring"]} aria-hidden="true">
        <svg viewBox="0 0 84 84" strokeWidth={3}>
          <circle className={styles["track"]} cx="42" cy="42" r="40" />
          <path className={styles["arc"]} d="M42 2a40 40 0 0 1 34.6 20" strokeLinecap="round" />
        </svg>
        <span className={styles["door"]}>
          <DoorClosed />
        </span>
      </span>
      <h1 className={styles["title"]} tabIndex={-1}>
        {admitted ? t("admitted") : (t.maybe(`${prefix}title`) ?? t("title"))}
      </h1>
      {keying && (
        <p className={styles["text"]} role="status">
          {t("keying")}
        </p>
      )}
      {!admitted && (
        <p className={styles["text"]}>
          {view.askAnew === true ? t("anew") : (t.maybe(`${prefix}text`) ?? t("text"))}
        </p>
      )}
    </header>
  );
}

function Own({ view }: { view: View }): ReactNode {
  const t = useWords("waiting");
  const locale = useUiLocale();
  return (
    <div className={styles["own"]}>
      <p className={styles["label"]}>{t("yourName", { time: formatTime(view.requestedAt, locale) })}</p>
      <span className={styles["name"]}>
        <PersonName name={view.displayName} affiliation={view.affiliation} layout="stacked" />
      </span>
      {view.badge !== "account" && (
        <IdentityBadge
          verified={view.badge === "verified"}
          label={t(view.badge === "verified" ? "verified" : "notVerified")}
        />
      )}
    </div>
  );
}

function Settings(): ReactNode {
  const t = useWords("waiting");
  const { chime } = usePreferences();
  return (
    <div className={styles["quiet"]}>
      <Switch
        showLabel
        label={t("chime")}
        on={chime}
        valueText={t(chime ? "on" : "off")}
        onChange={(on) => setPreferences({ chime: on })}
      />
      <LanguageButton />
    </div>
  );
}

interface ToolsProps extends WaitingViewProps {
  trying: "microphone" | "camera" | null;
  setTrying: (next: "microphone" | "camera" | null) => void;
}

function Tools(props: ToolsProps): ReactNode {
  const { leaving, admitted, onLeave } = props;
  const t = useWords("waiting");
  return (
    <div className={styles["bar"]}>
      {/* In a call the devices have their own places, and one camera is not opened twice. */}
      {!props.call && <TryDevices {...props} />}
      <button
        type="button"
        className={`${styles["tool"]} ${styles["leave"]}`}
        aria-disabled={leaving || admitted || undefined}
        onClick={() => {
          if (!leaving && !admitted) onLeave();
        }}
      >
        <LogOut />
        {leaving ? t("leaving") : t("leave")}
      </button>
    </div>
  );
}

function TryDevices({ trying, setTrying, devices }: ToolsProps): ReactNode {
  const t = useWords("waiting");
  const toggle = (which: "microphone" | "camera") => {
    setTrying(trying === which ? null : which);
    if (trying === which) return;
    if (which === "microphone" && devices.microphone !== "works") devices.tryMicrophone();
    if (which === "camera" && devices.camera !== "on") devices.turnCamera(true);
  };
  return (
    <>
      <button
        type="button"
        className={styles["tool"]}
        aria-pressed={trying === "microphone"}
        onClick={() => toggle("microphone")}
      >
        <Mic />
        {t("tryMicrophone")}
      </button>
      <button
        type="button"
        className={styles["tool"]}
        aria-pressed={trying === "camera"}
        onClick={() => toggle("camera")}
      >
        <Video />
        {t("tryCamera")}
      </button>
    </>
  );
}
