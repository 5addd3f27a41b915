import Ellipsis from "lucide-react/icons/ellipsis";
import Hand from "lucide-react/icons/hand";
import MessageSquareText from "lucide-react/icons/message-square-text";
import Mic from "lucide-react/icons/mic";
import MicOff from "lucide-react/icons/mic-off";
import ScreenShare from "lucide-react/icons/screen-share";
import ScreenShareOff from "lucide-react/icons/screen-share-off";
import Shield from "lucide-react/icons/shield";
import Users from "lucide-react/icons/users";
import Video from "lucide-react/icons/video";
import VideoOff from "lucide-react/icons/video-off";
import type { ReactNode } from "react";
import { may } from "../../api/live/meeting-context.ts";
import type { RoomState } from "../../api/live/meeting-state.ts";
import { useWords } from "../../i18n/words.ts";
import type { MediaState } from "../../media/media-state.ts";
import { useNow } from "../../meeting-shell/clock.ts";
import { formatTime } from "../../ui/date-format.ts";
import { useUiLocale } from "../../ui/locale.ts";
import { Popover } from "../../ui/popover.tsx";
import styles from "./control-bar.module.css";
import { ControlButton } from "./control-button.tsx";
import { LeaveButton, type LeaveProps } from "./leave-button.tsx";
import { MorePanel, type MoreProps } from "./more-panel.tsx";
import { controlReasons } from "./control-reasons.ts";

export type PanelId = "people" | "chat" | "security";

export interface ControlBarProps extends LeaveProps {
  room: RoomState;
  media: MediaState;
  panel: PanelId | null;
  unread: number;
  clockAhead: number;
  handRaised: boolean;
  onMicrophone: () => void;
  onCamera: () => void;
  onShare: () => void;
  onHand: () => void;
  onPanel: (panel: PanelId) => void;
  more: Omit<MoreProps, "close" | "extra">;
}

export function ControlBar(props: ControlBarProps): ReactNode {
  const t = useWords("room");
  return (
    <div className={styles["bar"]}>
      <About room={props.room} clockAhead={props.clockAhead} />
      <div className={styles["controls"]} role="toolbar" aria-label={t("controls")}>
        <Devices {...props} />
        <span className={styles["only-wide"]}>
          <Share {...props} />
          <HandButton {...props} />
        </span>
        <Panels {...props} />
        <More {...props} />
      </div>
      <div className={styles["end"]}>
        <LeaveButton {...props} />
      </div>
    </div>
  );
}

function About({ room, clockAhead }: Pick<ControlBarProps, "room" | "clockAhead">): ReactNode {
  const t = useWords("room");
  const locale = useUiLocale();
  const now = useNow(10_000, clockAhead);
  const { topic, startedAt } = room.meta;
  return (
    <div className={styles["about"]}>
      <p className={styles["topic"]}>{topic}</p>
      <p className={styles["since"]}>
        {startedAt === null
          ? formatTime(now, locale)
          : t("sinceStart", {
              time: formatTime(now, locale),
              minutes: Math.max(0, Math.floor((now - startedAt) / 60_000)),
            })}
      </p>
    </div>
  );
}

function Devices({ room, media, onMicrophone, onCamera }: ControlBarProps): ReactNode {
  const t = useWords("room");
  const reasons = controlReasons(room, media);
  const words = (key: keyof typeof reasons) => (reasons[key] === null ? undefined : t(reasons[key]));
  const { microphone, camera } = media;
  return (
    <>
      <ControlButton
        control="microphone"
        icon={microphone.on ? <Mic /> : <MicOff />}
        label={t(microphone.on ? "microphone" : "microphone.off")}
        before={microphone.on ? undefined : t("microphone")}
        after={microphone.on ? t("on") : undefined}
        pressed={microphone.on}
        off={!microphone.on}
        reason={microphone.on ? undefined : words("microphone")}
        onPress={onMicrophone}
      />
      <ControlButton
        control="camera"
        icon={camera.on ? <Video /> : <VideoOff />}
        label={t(camera.on ? "camera" : "camera.off")}
        after={camera.on ? t("on") : undefined}
        pressed={camera.on}
        off={!camera.on}
        reason={camera.on ? undefined : words("camera")}
        onPress={onCamera}
      />
    </>
  );
}

function Share({ room, media, onShare }: ControlBarProps): ReactNode {
  const t = useWords("room");
  const { share } = controlReasons(room, media);
  return (
    <ControlButton
      control="share"
      icon={media.sharing ? <ScreenShareOff /> : <ScreenShare />}
      label={t(media.sharing ? "share.on" : "share")}
      active={media.sharing}
      reason={media.sharing || share === null ? undefined : t(share)}
      onPress={onShare}
    />
  );
}

function HandButton({ room, media, handRaised, onHand }: ControlBarProps): ReactNode {
  const t = useWords("room");
  const { hand } = controlReasons(room, media);
  return (
    <ControlButton
      control="hand"
      icon={<Hand />}
      label={t(handRaised ? "hand.on" : "hand")}
      active={handRaised}
      reason={handRaised || hand === null ? undefined : t(hand)}
      onPress={onHand}
    />
  );
}

function Panels({ room, panel, unread, onPanel }: ControlBarProps): ReactNode {
  const t = useWords("room");
  const waiting = room.lobby.length;
  const hosting = may(room.meta, "meeting.lock") || may(room.meta, "meeting.setRights");
  return (
    <>
      <span className={styles["only-wide"]}>
        <ControlButton
          control="chat"
          icon={<MessageSquareText />}
          label={t("chat")}
          after={unread > 0 ? t("unreadCount", { count: unread }) : undefined}
          count={unread}
          active={panel === "chat"}
          onPress={() => onPanel("chat")}
        />
      </span>
      <ControlButton
        control="people"
        icon={<Users />}
        label={t("people")}
        after={waiting > 0 ? t("waitingCount", { count: waiting }) : undefined}
        count={waiting}
        active={panel === "people"}
        onPress={() => onPanel("people")}
      />
      {hosting && (
        <ControlButton
          control="security"
          icon={<Shield />}
          label={t("security")}
          active={panel === "security"}
          onPress={() => onPanel("security")}
        />
      )}
    </>
  );
}

function More(props: ControlBarProps): ReactNode {
  const t = useWords("room");
  return (
    <Popover
      label={t("more")}
      side="above"
      align="end"
      trigger={(trigger) => (
        <button type="button" className={styles["control"]} data-control="more" {...trigger}>
          <span className={styles["icon"]}>
            <Ellipsis />
          </span>
          <span>{t("more")}</span>
        </button>
      )}
    >
      {(close) => (
        <MorePanel
          {...props.more}
          close={close}
          extra={{
            share: controlReasons(props.room, props.media).share,
            sharing: props.media.sharing,
            handRaised: props.handRaised,
            unread: props.unread,
            onShare: props.onShare,
            onHand: props.onHand,
            onChat: () => props.onPanel("chat"),
          }}
        />
      )}
    </Popover>
  );
}
