import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";

export interface LeaveDialogProps {
  onSave: () => void;
  onDiscard: () => void;
  onStay: () => void;
}

export function LeaveDialog({ onSave, onDiscard, onStay }: LeaveDialogProps): ReactNode {
  const t = useWords("schedule");
  return (
    <Dialog
      title={t("unsaved.title")}
      onClose={onStay}
      actions={
        <>
          <Button data-focus onClick={onStay}>
            {t("unsaved.keep")}
          </Button>
          <Button kind="danger-quiet" onClick={onDiscard}>
            {t("unsaved.discard")}
          </Button>
          <Button kind="primary" onClick={onSave}>
            {t("unsaved.save")}
          </Button>
        </>
      }
    >
      <p>{t("unsaved.text")}</p>
    </Dialog>
  );
}
