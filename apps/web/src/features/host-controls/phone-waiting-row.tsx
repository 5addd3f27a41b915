import type { ReactNode } from "react";
import { useRoom } from "../../api/live/meeting-context.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { fullName } from "../../ui/person-name.tsx";
import { Avatar } from "../../ui/person-name.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import styles from "./host.module.css";

/** Above the bar on a phone; its place is kept also while nobody waits, so that the bar never moves. */
export function PhoneWaitingRow({ onOpen }: { onOpen: () => void }): ReactNode {
  const t = useWords("host-controls");
  const { lang } = useUiLocale();
  const room = useRoom();
  if (room.meta.lobby === null || (!room.meta.lobby.waitingRoom.on && room.lobby.length === 0)) return null;
  const [first] = room.lobby;
  if (first === undefined)
    return (
      <div className={styles["phone-row"]} data-empty>
        {t("nobody")}
      </div>
    );
  const name = fullName(lang, first.displayName, first.affiliation);
  return (
    <div className={styles["phone-row"]}>
      <Avatar name={first.displayName} />
      <div style={{ minInlineSize: 0 }}>
        <p>{t("phoneRow", { count: room.lobby.length })}</p>
        <p>{t(room.lobby.length > 1 ? "phoneRow.firstMore" : "phoneRow.first", { name })}</p>
      </div>
      <Button kind="primary" onClick={onOpen}>
        {t("check")}
      </Button>
    </div>
  );
}
