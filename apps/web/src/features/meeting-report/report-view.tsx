import ChevronLeft from "lucide-react/icons/chevron-left";
import Printer from "lucide-react/icons/printer";
import type { MeetingReport } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { ClassBadge } from "../../ui/class-badge.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { PageHead, Section, Stack } from "../../ui/page.tsx";
import { ActsTable, PeopleTable, RefusalsTable } from "./report-tables.tsx";
import styles from "./report.module.css";
import { usePrintFoot } from "./use-print-foot.ts";

export interface ReportViewProps {
  report: MeetingReport;
  /** The page that it was opened from. */
  back: string;
  /** Where there is a file of it. */
  csv?: string;
  onPrint: () => void;
}

/** On paper too: the browser makes the PDF (ui.md §8.3). */
export function ReportView({ report, back, csv, onPrint }: ReportViewProps): ReactNode {
  const t = useWords("meeting-detail");
  const common = useWords("common");
  const level = report.confidentiality;
  usePrintFoot(`${common(`class.${level}`)} · ${t("report.foot")} ${report.chain.head}`);
  return (
    <div className={styles["report"]}>
      <PageHead
        title={t("report.of", { topic: report.topic })}
        back={
          <Link href={back} className={styles["screen"]}>
            <ChevronLeft /> {t("report.back")}
          </Link>
        }
        badge={<ClassBadge level={level} label={common(`class.${level}`)} />}
        lead={<DateText from={report.startedAt ?? report.endedAt} to={report.endedAt} />}
        actions={
          <span className={styles["screen"]}>
            {csv !== undefined && (
              <a className={buttonClass()} href={csv} download>
                {t("report.csv")}
              </a>
            )}
            <Button icon={<Printer />} onClick={onPrint}>
              {t("report.print")}
            </Button>
          </span>
        }
      />
      <Stack>
        <Section title={t("report.people")}>
          <PeopleTable people={report.people} />
        </Section>
        <Section title={t("report.refusals")}>
          {report.refusals.length === 0 ? (
            <p>{t("report.nobody")}</p>
          ) : (
            <RefusalsTable rows={report.refusals} />
          )}
        </Section>
        <Section title={t("report.acts")}>
          <ActsTable acts={report.acts} />
        </Section>
        <Section title={t("report.settings")}>
          <SettingsTable settings={report.settings} />
        </Section>
        <Section title={t("check")}>
          <p>
            {report.checkedAt === null
              ? t("report.check.none")
              : t.rich("report.check", { time: <DateText from={report.checkedAt} /> })}
          </p>
        </Section>
        <Section title={t("report.kept")}>
          <p>{t("report.kept.none")}</p>
        </Section>
        <Section title={t("report.deleted")}>
          <Deleted erased={report.erased} />
        </Section>
        <Chain chain={report.chain} />
      </Stack>
    </div>
  );
}

function Deleted({ erased }: Pick<MeetingReport, "erased">): ReactNode {
  const t = useWords("meeting-detail");
  if (erased === null) return <p>{t("report.deleted.soon")}</p>;
  if (erased.messages === null) return <p>{t("report.deleted.uncounted")}</p>;
  if (erased.messages === 0) return <p>{t("report.deleted.nothing")}</p>;
  return (
    <p>
      {t("report.deleted.chat", { count: erased.messages })}{" "}
      {erased.at !== null && <DateText from={erased.at} />}
    </p>
  );
}

function Chain({ chain }: Pick<MeetingReport, "chain">): ReactNode {
  const t = useWords("meeting-detail");
  const { records, head, anchored } = chain;
  return (
    <Section title={t("report.proof")}>
      <p>{t("report.chain", { records, anchored })}</p>
      <p className={styles["hash"]}>{head}</p>
    </Section>
  );
}

function SettingsTable({ settings }: Pick<MeetingReport, "settings">): ReactNode {
  const t = useWords("meeting-detail");
  const rules = useWords("rules");
  return (
    <DataTable
      label={t("report.settings")}
      rows={settings}
      rowId={({ field }) => field}
      columns={[
        {
          id: "value",
          label: t("report.col.value"),
          cell: ({ field, value }) => rules.maybe(`${field}.${String(value)}`) ?? field,
        },
        {
          id: "why",
          label: t("report.col.why"),
          cell: ({ reasons }) => reasons.map((one) => t(`report.why.${one}`)).join(" · "),
        },
      ]}
    />
  );
}
