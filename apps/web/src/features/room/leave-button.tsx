import LogOut from "lucide-react/icons/log-out";
import type { ReactNode } from "react";
import { may } from "../../api/live/meeting-context.ts";
import type { RoomState } from "../../api/live/meeting-state.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Menu } from "../../ui/menu.tsx";
import styles from "./control-bar.module.css";
import { successor } from "./successor.ts";

export interface LeaveProps {
  room: RoomState;
  leaving: boolean;
  onLeave: (handTo: string | null) => void;
  onEnd: () => void;
}

/** A participant leaves without a question. Whoever may end it chooses between the two. */
export function LeaveButton({ room, leaving, onLeave, onEnd }: LeaveProps): ReactNode {
  const t = useWords("room");
  if (!may(room.meta, "meeting.end")) {
    return (
      <Button icon={<LogOut />} aria-disabled={leaving || undefined} onClick={() => onLeave(null)}>
        <span className={styles["long"]}>{t("leave")}</span>
        <span className={styles["short"]}>{t("leave.short")}</span>
      </Button>
    );
  }
  const next = room.meta.role === "host" ? successor(room) : null;
  const alone = room.meta.role === "host" && next === null;
  return (
    <Menu
      label={t("end")}
      side="above"
      align="end"
      trigger={(trigger) => (
        <Button icon={<LogOut />} aria-disabled={leaving || undefined} {...trigger}>
          <span className={styles["long"]}>{t("end")}</span>
          <span className={styles["short"]}>{t("end.short")}</span>
        </Button>
      )}
      items={[
        { id: "all", label: t("end.all"), danger: true, onSelect: onEnd },
        {
          id: "self",
          label: (
            <>
              {next === null ? t("end.selfAlone") : t("end.self", { name: next.displayName })}
              {alone && <small>{t("end.selfAloneNote")}</small>}
            </>
          ),
          onSelect: () => onLeave(next?.id ?? null),
        },
      ]}
    />
  );
}
