import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Note } from "../../ui/note.tsx";

export type Asked = { readonly kind: "off" | "remove"; readonly id: string; readonly name: string };

export interface ProviderDialogProps {
  asked: Asked;
  working: boolean;
  problem: string | undefined;
  onClose: () => void;
  onConfirm: () => void;
}

export function ProviderDialog({
  asked,
  working,
  problem,
  onClose,
  onConfirm,
}: ProviderDialogProps): ReactNode {
  const t = useWords("identity-providers");
  const common = useWords("common");
  return (
    <Dialog
      title={t(`${asked.kind}.title`, { name: asked.name })}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button kind="danger" busy={working ? t("working") : undefined} onClick={onConfirm}>
            {t(asked.kind)}
          </Button>
        </>
      }
    >
      <p>{t(`${asked.kind}.text`)}</p>
      {problem !== undefined && (
        <Note tone="danger" role="alert">
          {problem}
        </Note>
      )}
    </Dialog>
  );
}
