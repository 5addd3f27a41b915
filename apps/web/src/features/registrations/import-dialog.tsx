import type { ImportResult } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FieldBox } from "../../ui/field.tsx";
import { Note } from "../../ui/note.tsx";
import styles from "./registrations.module.css";

interface ImportDialogProps {
  onClose: () => void;
  onImport: (csv: string) => Promise<ImportResult>;
}

/** A table of name, organisation and address; what came of it stands here until it is closed. */
export function ImportDialog({ onClose, onImport }: ImportDialogProps): ReactNode {
  const t = useWords("registrations");
  const account = useWords("account");
  const common = useWords("common");
  const [file, setFile] = useState<File | undefined>(undefined);
  const [result, setResult] = useState<ImportResult | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [working, setWorking] = useState(false);

  async function run() {
    if (file === undefined) return setProblem(t("import.missing"));
    setProblem(undefined);
    setWorking(true);
    try {
      setResult(await onImport(await file.text()));
    } catch (error) {
      setProblem(problemText(account, error));
    } finally {
      setWorking(false);
    }
  }

  return (
    <Dialog
      title={t("import.title")}
      onClose={onClose}
      actions={
        result === undefined ? (
          <>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button kind="primary" busy={working ? t("working") : undefined} onClick={() => void run()}>
              {t("import.submit")}
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>{common("close")}</Button>
        )
      }
    >
      {result === undefined ? (
        <FieldBox label={t("import.file")} hint={t("import.hint")} error={problem}>
          {({ id, describedBy }) => (
            <input
              id={id}
              type="file"
              accept=".csv,text/csv"
              className={styles["file"]}
              aria-describedby={describedBy}
              onChange={(event) => setFile(event.target.files?.[0])}
            />
          )}
        </FieldBox>
      ) : (
        <Outcome result={result} />
      )}
    </Dialog>
  );
}

export function Outcome({ result }: { result: ImportResult }): ReactNode {
  const t = useWords("registrations");
  return (
    <>
      <Note tone={result.problems.length === 0 ? "ok" : "info"} role="status">
        {t("import.added", { count: result.added })}
      </Note>
      {result.problems.length > 0 && (
        <ul>
          {result.problems.map(({ line, problem }) => (
            <li key={line}>{t(`import.problem.${problem}`, { line })}</li>
          ))}
        </ul>
      )}
    </>
  );
}
