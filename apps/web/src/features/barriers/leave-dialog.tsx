import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";

export interface LeaveDialogProps {
  onDiscard: () => void;
  onStay: () => void;
}

/** Saving is not offered here: nobody saves a wall without having seen what it breaks. */
export function LeaveDialog({ onDiscard, onStay }: LeaveDialogProps): ReactNode {
  const t = useWords("barriers");
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
            {t("discard")}
          </Button>
        </>
      }
    >
      <p>{t("unsaved.text")}</p>
    </Dialog>
  );
}
