import type { ReactNode } from "react";
import { useCommands } from "../../api/live/meeting-context.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";

export function SuspendDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useWords("host-controls");
  const live = useWords("live");
  const commands = useCommands();
  const { busy, problem, run } = useCommand();
  const suspend = async () => {
    if (await run(() => commands.suspend())) onClose();
  };
  return (
    <Dialog
      title={t("suspend.title")}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {live("cancel")}
          </Button>
          <Button kind="danger" busy={busy ? t("suspend") : undefined} onClick={() => void suspend()}>
            {t("suspend")}
          </Button>
        </>
      }
    >
      <p>{t("suspend.text")}</p>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
