import type { BarrierSyncRow, BarrierVersionRow } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Badge, type Tone } from "../../ui/note.tsx";
import { Card, Section } from "../../ui/page.tsx";
import { Name } from "../../ui/person-name.tsx";
import { ChangeList } from "./change-list.tsx";
import styles from "./table.module.css";

export interface TableProps<Row> {
  rows: readonly Row[];
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}

const TONES: { readonly [R in BarrierSyncRow["result"]]: Tone } = {
  applied: "ok",
  quarantined: "warn",
  failed: "danger",
  unchanged: "plain",
};

export function SyncTable(props: TableProps<BarrierSyncRow>): ReactNode {
  const s = useWords("barriers-sync");
  const t = useWords("barriers");
  const columns: Column<BarrierSyncRow>[] = [
    { id: "at", label: s("col.at"), cell: (row) => <DateText from={row.at} listNow={Date.now()} /> },
    {
      id: "source",
      label: s("col.source"),
      cell: (row) => (
        <span className={styles["two"]}>
          <span>{t(`source.${row.source}`)}</span>
          {row.by !== "" && (
            <span className={styles["sub"]}>
              <Name>{row.by}</Name>
            </span>
          )}
        </span>
      ),
    },
    { id: "reason", label: s("col.change"), cell: (row) => (row.reason === "" ? s("none") : row.reason) },
    {
      id: "result",
      label: s("col.result"),
      cell: (row) => (
        <span className={styles["two"]}>
          <span>
            <Badge tone={TONES[row.result]}>{s(`result.${row.result}`)}</Badge>
          </span>
          {row.problem !== null && (
            <span className={styles["sub"]}>{s.maybe(`problem.${row.problem}`) ?? s("problem.other")}</span>
          )}
        </span>
      ),
    },
    {
      id: "changes",
      label: s("col.difference"),
      cell: (row) =>
        row.version === null
          ? s("changes.count", { count: row.changes })
          : s("changes.version", { count: row.changes, version: row.version }),
    },
  ];
  return (
    <Section title={s("syncs")}>
      {props.rows.length === 0 ? (
        <Card>
          <EmptyState text={s("syncs.empty")} />
        </Card>
      ) : (
        <DataTable label={s("syncs")} columns={columns} rows={props.rows} rowId={(row) => row.id} />
      )}
      <Next {...props} />
    </Section>
  );
}

export function HistoryTable(props: TableProps<BarrierVersionRow>): ReactNode {
  const s = useWords("barriers-sync");
  const columns: Column<BarrierVersionRow>[] = [
    {
      id: "version",
      tight: true,
      label: s("col.version"),
      cell: (row) => s("version", { version: row.version }),
    },
    { id: "at", label: s("col.at"), cell: (row) => <DateText from={row.at} listNow={Date.now()} /> },
    { id: "by", label: s("col.who"), cell: (row) => <Who row={row} /> },
    { id: "reason", label: s("col.why"), cell: (row) => (row.reason === "" ? s("none") : row.reason) },
    {
      id: "changes",
      label: s("col.what"),
      cell: (row) => <ChangeList lines={row.changes} more={row.more} />,
    },
  ];
  return (
    <Section title={s("history")} note={s("history.note")}>
      {props.rows.length === 0 ? (
        <Card>
          <EmptyState text={s("history.empty")} />
        </Card>
      ) : (
        <DataTable
          label={s("history")}
          columns={columns}
          rows={props.rows}
          rowId={(row) => String(row.version)}
        />
      )}
      <Next {...props} />
    </Section>
  );
}

function Who({ row }: { row: BarrierVersionRow }): ReactNode {
  const s = useWords("barriers-sync");
  const t = useWords("barriers");
  return (
    <span className={styles["two"]}>
      <Name>{row.by}</Name>
      <span className={styles["sub"]}>{t(`source.${row.source}`)}</span>
      {row.approvedBy !== null && (
        <span className={styles["sub"]}>{s("approvedBy", { name: row.approvedBy })}</span>
      )}
    </span>
  );
}

function Next({ hasMore, loading, onMore }: Omit<TableProps<never>, "rows">): ReactNode {
  const t = useWords("barriers");
  if (!hasMore) return null;
  return (
    <div className={styles["more"]}>
      <Button busy={loading ? t("loading") : undefined} onClick={onMore}>
        {t("more", { count: 20 })}
      </Button>
    </div>
  );
}
