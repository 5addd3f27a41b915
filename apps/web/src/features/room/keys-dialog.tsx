import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Dialog } from "../../ui/dialog.tsx";
import styles from "./dialogs.module.css";

const KEYS = [
  ["Alt+M", "key.microphone"],
  ["Alt+V", "key.camera"],
  ["key.space", "key.talk"],
  ["Alt+P", "key.people"],
  ["Alt+C", "key.chat"],
  ["Alt+W", "key.waiting"],
  ["Alt+S", "key.security"],
  ["Alt+K", "key.safetyCode"],
  ["Alt+H", "key.hand"],
  ["Alt+?", "key.keys"],
  ["F6 · Shift+F6", "key.regions"],
  ["Esc", "key.escape"],
] as const;

export function KeysDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useWords("room");
  return (
    <Dialog title={t("keys")} onClose={onClose} closable>
      <dl className={styles["keys"]}>
        {KEYS.map(([keys, does]) => (
          <div key={does} style={{ display: "contents" }}>
            <dt>
              <kbd>{keys === "key.space" ? t(keys) : keys}</kbd>
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
      <p>{t("keys.note")}</p>
    </Dialog>
  );
}
