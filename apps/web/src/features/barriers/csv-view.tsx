import Download from "lucide-react/icons/download";
import Upload from "lucide-react/icons/upload";
import type { ResponseOf, routes } from "@sekisho/contract";
import { useRef, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Note } from "../../ui/note.tsx";
import { Card, Section, Stack } from "../../ui/page.tsx";
import styles from "./sync.module.css";

const KINDS = ["policies", "groups", "members"] as const;
export type CsvKind = (typeof KINDS)[number];
type ImportProblem = ResponseOf<typeof routes.barriers.barrierImport>["problems"][number];

export interface CsvViewProps {
  mayEdit: boolean;
  working: boolean;
  /** The file says what is so already. */
  nothing: boolean;
  problem: string | undefined;
  onFile: (what: CsvKind, file: File) => void;
}

export function CsvView({ mayEdit, working, nothing, problem, onFile }: CsvViewProps): ReactNode {
  const s = useWords("barriers-sync");
  return (
    <Section title={s("csv")} note={s("csv.note")}>
      <Card flush>
        <ul className={styles["files"]}>
          {KINDS.map((what) => (
            <li key={what}>
              <div className={styles["file"]}>
                <p className={styles["title"]}>{s(`csv.${what}`)}</p>
                <p className={styles["sub"]}>{s(`csv.${what}.columns`)}</p>
              </div>
              <div className={styles["buttons"]}>
                <a href={`/api/barriers/export/${what}`} download className={buttonClass("default", "small")}>
                  <Download />
                  <span>{s("csv.export")}</span>
                </a>
                {mayEdit && <FileButton what={what} working={working} onFile={onFile} />}
              </div>
            </li>
          ))}
        </ul>
      </Card>
      <Stack gap="tight">
        {nothing && <Note role="status">{s("csv.same")}</Note>}
        {problem !== undefined && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
      </Stack>
    </Section>
  );
}

interface FileButtonProps extends Pick<CsvViewProps, "working" | "onFile"> {
  what: CsvKind;
}

function FileButton({ what, working, onFile }: FileButtonProps): ReactNode {
  const s = useWords("barriers-sync");
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        size="small"
        icon={<Upload />}
        busy={working ? s("csv.reading") : undefined}
        onClick={() => input.current?.click()}
      >
        {s("csv.import")}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        hidden
        aria-label={s("csv.file", { what: s(`csv.${what}`) })}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // The same file again, once it is mended, is a choice too.
          event.target.value = "";
          if (file !== undefined) onFile(what, file);
        }}
      />
    </>
  );
}

export function ImportProblems({
  problems,
  onClose,
}: {
  problems: readonly ImportProblem[];
  onClose: () => void;
}): ReactNode {
  const s = useWords("barriers-sync");
  const t = useWords("barriers");
  const columns: Column<ImportProblem>[] = [
    { id: "line", tight: true, label: s("csv.line"), cell: (row) => s("csv.lineNumber", { line: row.line }) },
    { id: "column", label: s("csv.column"), cell: (row) => row.column },
    { id: "problem", label: s("csv.problem"), cell: (row) => s(`csv.problem.${row.code}`) },
  ];
  return (
    <Dialog
      title={s("csv.problems", { count: problems.length })}
      closable
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t("primary.close")}
        </Button>
      }
    >
      <p>{s("csv.unchanged")}</p>
      <DataTable
        label={s("csv.problems", { count: problems.length })}
        columns={columns}
        rows={problems}
        rowId={(row) => `${row.line} ${row.column} ${row.code}`}
      />
    </Dialog>
  );
}
