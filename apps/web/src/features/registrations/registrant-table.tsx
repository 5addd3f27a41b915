import type { Registrant } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Badge } from "../../ui/note.tsx";
import { Name, PersonName } from "../../ui/person-name.tsx";
import styles from "./registrations.module.css";

export type Decision = "approve" | "decline" | "remove" | "resend";

export interface RegistrantTableProps {
  rows: readonly Registrant[];
  busy: string | null;
  onDecide: (row: Registrant, decision: Decision) => void;
}

const tones = {
  unconfirmed: "plain",
  pending: "warn",
  registered: "ok",
  waitlisted: "info",
  declined: "plain",
  cancelled: "plain",
} as const;

const decisions: Record<Registrant["state"], readonly Decision[]> = {
  unconfirmed: [],
  pending: ["approve", "decline"],
  registered: ["resend", "remove"],
  waitlisted: ["resend", "decline"],
  declined: ["approve"],
  cancelled: [],
};

export function RegistrantTable({ rows, busy, onDecide }: RegistrantTableProps): ReactNode {
  const t = useWords("registrations");
  const columns: Column<Registrant>[] = [
    {
      id: "who",
      label: t("col.who"),
      cell: (row) => (
        <>
          <PersonName name={row.name} affiliation={row.organisation} layout="stacked" />
          <Answers row={row} />
        </>
      ),
    },
    { id: "email", label: t("col.email"), cell: (row) => <Name>{row.email}</Name> },
    {
      id: "state",
      tight: true,
      label: t("col.state"),
      cell: (row) => <Badge tone={tones[row.state]}>{t(`state.${row.state}`)}</Badge>,
    },
    {
      id: "at",
      tight: true,
      label: t("col.at"),
      cell: (row) => <DateText from={row.registeredAt} listNow={row.registeredAt} />,
    },
    {
      id: "actions",
      label: t("col.actions"),
      quietLabel: true,
      cell: (row) => (
        <div className={styles["row-actions"]}>
          {decisions[row.state].map((decision) => (
            <Button
              key={decision}
              size="small"
              kind={decision === "decline" || decision === "remove" ? "danger-quiet" : "default"}
              aria-label={busy === row.id ? undefined : t(`decideOf.${decision}`, { name: row.name })}
              busy={busy === row.id ? t("working") : undefined}
              onClick={() => onDecide(row, decision)}
            >
              {t(`decide.${decision}`)}
            </Button>
          ))}
        </div>
      ),
    },
  ];
  return <DataTable label={t("table")} columns={columns} rows={rows} rowId={(row) => row.id} />;
}

function Answers({ row }: { row: Registrant }): ReactNode {
  if (row.answers.length === 0) return null;
  return (
    <dl className={styles["answers"]}>
      {row.answers.map(({ label, text }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
