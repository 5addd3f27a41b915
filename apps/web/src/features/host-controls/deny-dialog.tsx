import type { LobbyRowView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useCommands } from "../../api/live/meeting-context.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";

export interface DenyDialogProps {
  row: LobbyRowView;
  onClose: () => void;
  onDone: () => void;
}

export function DenyDialog({ row, onClose, onDone }: DenyDialogProps): ReactNode {
  const t = useWords("host-controls");
  const live = useWords("live");
  const commands = useCommands();
  const { busy, problem, run } = useCommand();
  const deny = async () => {
    const rows = [{ admissionId: row.id, revision: row.revision }];
    if (await run(() => commands.deny(rows))) onDone();
  };
  return (
    <Dialog
      title={t("deny.title", { name: row.displayName })}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {live("cancel")}
          </Button>
          <Button kind="danger" busy={busy ? t("deny.do") : undefined} onClick={() => void deny()}>
            {t("deny.do")}
          </Button>
        </>
      }
    >
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
