import { useState, type ReactNode } from "react";
import { setDeviceSetting, useDeviceSetting } from "../../app-shell/device-setting.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Note } from "../../ui/note.tsx";
import styles from "./editor.module.css";

/** BAR-2 where it matters: who counts, and how many people somebody might think are meant and are not. */
export function PrimaryNote({ count, onOpen }: { count: number; onOpen: () => void }): ReactNode {
  const t = useWords("barriers");
  return (
    <Note>
      {t.rich("primary", { only: <b>{t("primary.only")}</b> })}
      {count > 0 &&
        t.rich("primary.others", {
          count: (
            <button type="button" className={styles["link"]} onClick={onOpen}>
              {t("primary.count", { count })}
            </button>
          ),
        })}
    </Note>
  );
}

/** Explained once on this device; the note in the form stays. */
export function PrimaryOnce(): ReactNode {
  const t = useWords("barriers");
  const read = useDeviceSetting("primaryGroups") === "read";
  const [closed, setClosed] = useState(false);
  if (read || closed) return null;
  const close = () => {
    setDeviceSetting("primaryGroups", "read");
    setClosed(true);
  };
  return <PrimaryDialog onClose={close} close={t("primary.close")} />;
}

export function PrimaryDialog({ onClose, close }: { onClose: () => void; close: string }): ReactNode {
  const t = useWords("barriers");
  return (
    <Dialog
      title={t("primary.title")}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {close}
        </Button>
      }
    >
      <p>{t.rich("primary", { only: <b>{t("primary.only")}</b> })}</p>
      <p>{t("primary.text")}</p>
    </Dialog>
  );
}
