import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";

/** What will be visible, said before the browser's own picker opens (SEC-5). */
export function ShareDialog({ onClose, onGo }: { onClose: () => void; onGo: () => void }): ReactNode {
  const t = useWords("room");
  const live = useWords("live");
  return (
    <Dialog
      title={t("shareDialog.title")}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {live("cancel")}
          </Button>
          <Button kind="primary" onClick={onGo}>
            {t("shareDialog.go")}
          </Button>
        </>
      }
    >
      <p>{t("shareDialog.text")}</p>
      <p>{t("shareDialog.tip")}</p>
    </Dialog>
  );
}

/** Back never leaves a meeting without asking. */
export function LeaveDialog({ onClose, onLeave }: { onClose: () => void; onLeave: () => void }): ReactNode {
  const t = useWords("room");
  return (
    <Dialog
      title={t("leave.title")}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {t("leave.stay")}
          </Button>
          <Button kind="danger" onClick={onLeave}>
            {t("leave")}
          </Button>
        </>
      }
    />
  );
}
