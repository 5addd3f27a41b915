import AudioLines from "lucide-react/icons/audio-lines";
import Hand from "lucide-react/icons/hand";
import Keyboard from "lucide-react/icons/keyboard";
import LayoutGrid from "lucide-react/icons/layout-grid";
import MessageSquareText from "lucide-react/icons/message-square-text";
import ScreenShare from "lucide-react/icons/screen-share";
import Split from "lucide-react/icons/split";
import SlidersHorizontal from "lucide-react/icons/sliders-horizontal";
import UserRound from "lucide-react/icons/user-round";
import type { Reaction } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import type { ControlReason } from "./control-reasons.ts";
import styles from "./more-panel.module.css";
import { emojiOf, REACTIONS } from "./reactions.ts";

export interface MoreProps {
  mayReact: boolean;
  view: "grid" | "speaker";
  onReact: (reaction: Reaction) => void;
  onView: (view: "grid" | "speaker") => void;
  onDevices: () => void;
  onKeys: () => void;
  /** null: for whoever does not arrange breakout rooms. */
  onRooms: (() => void) | null;
  /** null where the meeting has no safety code; beside the bar where there is room. */
  onSafetyCode: (() => void) | null;
  close: () => void;
  extra: PhoneExtra;
}

/** What stands in the bar where there is room for it. */
export interface PhoneExtra {
  share: ControlReason | null;
  sharing: boolean;
  handRaised: boolean;
  unread: number;
  onShare: () => void;
  onHand: () => void;
  onChat: () => void;
}

export function MorePanel(props: MoreProps): ReactNode {
  const t = useWords("room");
  const after = (act: () => void) => () => {
    props.close();
    act();
  };
  const other = props.view === "grid" ? "speaker" : "grid";
  return (
    <div className={styles["panel"]}>
      {props.mayReact && <Reactions onReact={(one) => after(() => props.onReact(one))()} />}
      <PhoneRows {...props} after={after} />
      <div className={styles["line"]}>
        {props.onRooms !== null && <Row icon={<Split />} label={t("rooms")} onPress={after(props.onRooms)} />}
        <Row
          icon={other === "grid" ? <LayoutGrid /> : <UserRound />}
          label={t(`view.${other}`)}
          onPress={after(() => props.onView(other))}
        />
        <Row icon={<SlidersHorizontal />} label={t("devices")} onPress={after(props.onDevices)} />
        <Row icon={<Keyboard />} label={t("keys")} onPress={after(props.onKeys)} />
      </div>
    </div>
  );
}

function Reactions({ onReact }: { onReact: (reaction: Reaction) => void }): ReactNode {
  const t = useWords("room");
  return (
    <div>
      <p className={styles["heading"]}>{t("reactions")}</p>
      <div className={styles["reactions"]}>
        {REACTIONS.map((reaction) => (
          <button
            key={reaction}
            type="button"
            className={styles["reaction"]}
            onClick={() => onReact(reaction)}
          >
            <span aria-hidden="true">{emojiOf(reaction)}</span>
            <span>{t(`reaction.${reaction}`)}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

function PhoneRows({
  extra,
  onSafetyCode,
  after,
}: Pick<MoreProps, "extra" | "onSafetyCode"> & {
  after: (act: () => void) => () => void;
}): ReactNode {
  const t = useWords("room");
  const refused = extra.share !== null && !extra.sharing;
  return (
    <div className={styles["only-phone"]}>
      {onSafetyCode !== null && (
        <Row icon={<AudioLines />} label={t("safetyCode")} onPress={after(onSafetyCode)} />
      )}
      <Row
        icon={<MessageSquareText />}
        label={t("chat")}
        note={extra.unread > 0 ? t("unreadCount", { count: extra.unread }) : undefined}
        onPress={after(extra.onChat)}
      />
      <Row icon={<Hand />} label={t(extra.handRaised ? "hand.on" : "hand")} onPress={after(extra.onHand)} />
      <Row
        icon={<ScreenShare />}
        label={t(extra.sharing ? "share.on" : "share")}
        note={refused && extra.share !== null ? t(extra.share) : undefined}
        unavailable={refused}
        onPress={after(extra.onShare)}
      />
    </div>
  );
}

interface RowProps {
  icon: ReactNode;
  label: string;
  note?: string | undefined;
  unavailable?: boolean;
  onPress: () => void;
}

function Row({ icon, label, note, unavailable, onPress }: RowProps): ReactNode {
  return (
    <button
      type="button"
      className={styles["row"]}
      aria-disabled={unavailable === true || undefined}
      onClick={() => {
        if (unavailable !== true) onPress();
      }}
    >
      {icon}
      <span>
        {label}
        {note !== undefined && <small>{note}</small>}
      </span>
    </button>
  );
}
