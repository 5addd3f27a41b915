import { useState, type ReactNode } from "react";
import type { CommandRun } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { SelectField } from "../../ui/select-field.tsx";

export interface MakeRoomsProps extends Pick<CommandRun, "busy" | "problem"> {
  onMake: (count: number) => void;
  onClose: () => void;
}

const COUNTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 30, 40, 50];

/** The first question: how many. Nothing is made by looking. */
export function MakeRooms({ onMake, onClose, busy, problem }: MakeRoomsProps): ReactNode {
  const t = useWords("breakouts");
  const live = useWords("live");
  const [count, setCount] = useState("2");
  return (
    <Dialog
      title={t("title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{live("cancel")}</Button>
          <Button kind="primary" busy={busy ? t("make") : undefined} onClick={() => onMake(Number(count))}>
            {t("make")}
          </Button>
        </>
      }
    >
      <p>{t("make.text")}</p>
      <SelectField
        data-focus
        label={t("make.count")}
        value={count}
        options={COUNTS.map((one) => ({ value: `${one}`, label: `${one}` }))}
        onChange={setCount}
      />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
