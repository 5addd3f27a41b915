import type { BreakoutsView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useBreakoutCommands } from "../../api/live/breakout-commands.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Badge } from "../../ui/note.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import styles from "./breakouts.module.css";

/** For whoever may pick a room: which there are, and where one is. Who is in them is told to hosts alone. */
export function ChooseDialog({ view, onClose }: { view: BreakoutsView; onClose: () => void }): ReactNode {
  const t = useWords("breakouts");
  const commands = useBreakoutCommands();
  const { problem, run } = useCommand();
  const go = async (id: string) => {
    if (await run(() => commands.go(id))) onClose();
  };
  return (
    <Dialog title={t("choose.title")} onClose={onClose} closable>
      <ul className={styles["choices"]}>
        {view.rooms.map(({ id, name }) => (
          <li key={id}>
            <span>{name}</span>
            {id === view.ownId ? (
              <Badge>{t("choose.here")}</Badge>
            ) : (
              <Button aria-label={t("act.join", { room: name })} onClick={() => void go(id)}>
                {t("enter")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
