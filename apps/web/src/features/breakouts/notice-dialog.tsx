import { useState, type ReactNode } from "react";
import { useBreakoutCommands } from "../../api/live/breakout-commands.ts";
import { useMeeting } from "../../api/live/meeting-context.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { toast } from "../../ui/toast.tsx";

/** One message to the main meeting and to every room. */
export function NoticeDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useWords("breakouts");
  const live = useWords("live");
  const { store } = useMeeting();
  const commands = useBreakoutCommands();
  const { busy, problem, run } = useCommand();
  const [text, setText] = useState("");
  // The same for every try, so that a repeated request is no second notice.
  const [clientId] = useState(() => crypto.randomUUID().replaceAll("-", ""));
  const send = async () => {
    const done = await run(async () =>
      store.receive({ type: "chat", message: await commands.broadcast(text.trim(), clientId) }),
    );
    if (!done) return;
    toast(t("notice.sent"));
    onClose();
  };
  return (
    <Dialog
      title={t("act.notice")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{live("cancel")}</Button>
          <Button
            kind="primary"
            busy={busy ? t("notice.send") : undefined}
            unavailable={text.trim() === ""}
            onClick={() => void send()}
          >
            {t("notice.send")}
          </Button>
        </>
      }
    >
      <TextArea
        data-focus
        label={t("notice.text")}
        hint={t("notice.hint")}
        maxLength={2000}
        value={text}
        onChange={setText}
      />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
