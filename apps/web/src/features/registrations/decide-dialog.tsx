import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";

interface DecideDialogProps {
  name: string;
  decision: "decline" | "remove";
  onClose: () => void;
  onDecide: () => void;
}

/** The two words that take something away are asked about once more. */
export function DecideDialog({ name, decision, onClose, onDecide }: DecideDialogProps): ReactNode {
  const t = useWords("registrations");
  const common = useWords("common");
  return (
    <Dialog
      title={t(`ask.${decision}`, { name })}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button kind="danger" onClick={onDecide}>
            {t(`decide.${decision}`)}
          </Button>
        </>
      }
    >
      <p>{t(`ask.${decision}.text`)}</p>
    </Dialog>
  );
}
