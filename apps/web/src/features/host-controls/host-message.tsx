import { useState, type ReactNode } from "react";
import { useCommands } from "../../api/live/meeting-context.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import styles from "./host.module.css";

/** What everybody in the waiting room reads. `shown`: what stands there now. */
export function HostMessage({ shown }: { shown: string }): ReactNode {
  const t = useWords("host-controls");
  const commands = useCommands();
  const { busy, problem, run } = useCommand();
  const [text, setText] = useState(shown);
  const clear = async () => {
    if (await run(() => commands.setHostMessage(""))) setText("");
  };
  return (
    <section className={styles["block"]}>
      <TextArea
        label={t("message")}
        rows={2}
        maxLength={500}
        value={text}
        hint={shown !== "" && shown === text.trim() ? t("message.shown") : undefined}
        onChange={setText}
      />
      <div className={styles["line"]}>
        <Button
          size="small"
          busy={busy ? t("message.send") : undefined}
          unavailable={text.trim() === shown}
          onClick={() => void run(() => commands.setHostMessage(text.trim()))}
        >
          {t("message.send")}
        </Button>
        {shown !== "" && (
          <Button kind="quiet" size="small" onClick={() => void clear()}>
            {t("message.clear")}
          </Button>
        )}
      </div>
      <ProblemNote problem={problem} />
    </section>
  );
}
