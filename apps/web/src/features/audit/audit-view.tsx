import Download from "lucide-react/icons/download";
import ListChecks from "lucide-react/icons/list-checks";
import type { AuditCheck, AuditRecord, AuditReportRow } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { PageHead, Section, Stack } from "../../ui/page.tsx";
import { AuditFilters, type AuditFilter } from "./audit-filters.tsx";
import { CheckResult } from "./check-result.tsx";

export interface AuditViewProps {
  filter: AuditFilter;
  records: readonly AuditRecord[];
  more: boolean;
  loading: boolean;
  check: AuditCheck | undefined;
  checking: boolean;
  /** A sentence: the check did not come to an end. */
  problem: string | undefined;
  reports: readonly AuditReportRow[];
  /** Addresses of the files, with the filters of this moment. */
  files: { readonly jsonl: string; readonly csv: string };
  onFilter: (filter: AuditFilter) => void;
  onMore: () => void;
  onCheck: () => void;
  onOpen: (record: AuditRecord) => void;
}

export function AuditView(props: AuditViewProps): ReactNode {
  const t = useWords("audit");
  const { check, checking, problem, files } = props;
  return (
    <>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <>
            <a className={buttonClass()} href={files.jsonl} download>
              <Download /> {t("export.jsonl")}
            </a>
            <a className={buttonClass()} href={files.csv} download>
              <Download /> {t("export.csv")}
            </a>
            <Button
              kind="primary"
              icon={<ListChecks />}
              busy={checking ? t("checking") : undefined}
              onClick={props.onCheck}
            >
              {t("check")}
            </Button>
          </>
        }
      />
      <Stack>
        <CheckResult check={check} problem={problem} />
        <Section title={t("log")} note={t("log.note")}>
          <AuditFilters filter={props.filter} onFilter={props.onFilter} />
          <Records {...props} />
        </Section>
        <Section title={t("reports")} note={t("reports.note")}>
          <Reports reports={props.reports} />
        </Section>
      </Stack>
    </>
  );
}

function Records({ records, more, loading, onMore, onOpen }: AuditViewProps): ReactNode {
  const t = useWords("audit");
  const common = useWords("common");
  if (records.length === 0 && !loading) return <EmptyState text={t("log.none")} />;
  const columns: Column<AuditRecord>[] = [
    { id: "at", tight: true, label: t("col.at"), cell: ({ at }) => <DateText from={at} /> },
    { id: "type", label: t("col.type"), cell: ({ type }) => <code>{type}</code> },
    { id: "who", label: t("col.who"), cell: ({ actor }) => actor.name ?? t(actorKey(actor.kind)) },
    { id: "seq", number: true, tight: true, label: t("col.seq"), cell: ({ seq }) => seq },
    {
      id: "open",
      label: t("col.open"),
      quietLabel: true,
      cell: (record) => (
        <Button size="small" onClick={() => onOpen(record)}>
          {t("open", { seq: record.seq })}
        </Button>
      ),
    },
  ];
  return (
    <>
      <DataTable label={t("log")} columns={columns} rows={records} rowId={({ seq }) => String(seq)} />
      {more && (
        <div>
          <Button busy={loading ? common("loading") : undefined} onClick={onMore}>
            {t("more")}
          </Button>
        </div>
      )}
    </>
  );
}

const actorKinds = ["account", "service", "operator", "server", "nobody"] as const;

/** An account without a name here is gone, or of a record from before. */
export function actorKey(kind: string): `actor.${(typeof actorKinds)[number]}` {
  return `actor.${actorKinds.find((one) => one === kind) ?? "nobody"}`;
}

function Reports({ reports }: Pick<AuditViewProps, "reports">): ReactNode {
  const t = useWords("audit");
  if (reports.length === 0) return <EmptyState text={t("reports.none")} />;
  const columns: Column<AuditReportRow>[] = [
    {
      id: "topic",
      label: t("col.topic"),
      cell: ({ topic, instanceId }) => <Link href={`/audit/reports/${instanceId}`}>{topic}</Link>,
    },
    { id: "host", label: t("col.host"), cell: ({ host }) => host },
    {
      id: "at",
      tight: true,
      label: t("col.at"),
      cell: ({ startsAt, endsAt }) => <DateText from={startsAt} to={endsAt} />,
    },
  ];
  return (
    <DataTable label={t("reports")} columns={columns} rows={reports} rowId={({ instanceId }) => instanceId} />
  );
}
