import type { MeetingReport } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Name } from "../../ui/person-name.tsx";

type Person = MeetingReport["people"][number];

function Time({ at }: { at: number | null }): ReactNode {
  return at === null ? "—" : <DateText from={at} listNow={at} />;
}

/** Rows have no id of their own: their order is the report's. */
function numbered<Row extends object>(rows: readonly Row[]): readonly (Row & { readonly key: string })[] {
  return rows.map((row, index) => ({ ...row, key: String(index) }));
}

/** When, and what was said before it (INV-4, SEC-8). */
function Asked({ one }: { one: Person }): ReactNode {
  const t = useWords("meeting-detail");
  const { agreed, deviceDeclaredAt } = one;
  return (
    <>
      <Time at={one.requestedAt} />
      {agreed !== null && (
        <div>
          {t("report.agreed", { version: agreed.version })} <Time at={agreed.at} />
        </div>
      )}
      {deviceDeclaredAt !== null && (
        <div>
          {t("report.declared")} <Time at={deviceDeclaredAt} />
        </div>
      )}
    </>
  );
}

export function PeopleTable({ people }: { people: readonly Person[] }): ReactNode {
  const t = useWords("meeting-detail");
  const columns: Column<Person & { key: string }>[] = [
    {
      id: "who",
      label: t("report.col.who"),
      cell: (one) => (
        <>
          <Name>{one.displayName}</Name> <Name>{one.affiliation}</Name>
        </>
      ),
    },
    { id: "role", tight: true, label: t("report.col.role"), cell: (one) => t(`report.role.${one.role}`) },
    { id: "asked", label: t("report.col.asked"), cell: (one) => <Asked one={one} /> },
    {
      id: "admitted",
      label: t("report.col.admitted"),
      cell: (one) => (
        <>
          <Time at={one.admittedAt} /> {one.admittedBy !== null && <Name>{one.admittedBy}</Name>}
        </>
      ),
    },
    {
      id: "method",
      tight: true,
      label: t("report.col.method"),
      cell: (one) =>
        [
          one.method === null ? "" : t(`report.method.${one.method}`),
          one.registered ? t("report.registered") : "",
          one.nameProved ? t("report.nameProved") : "",
          one.standInReason ?? "",
        ]
          .filter((part) => part !== "")
          .join(t("report.between")) || "—",
    },
    {
      id: "outcome",
      label: t("report.col.outcome"),
      cell: (one) => (
        <>
          {t(`report.outcome.${one.outcome}`)} {one.until !== null && <Time at={one.until} />}{" "}
          {one.endedBy !== null && <Name>{one.endedBy}</Name>}
        </>
      ),
    },
  ];
  return (
    <DataTable
      label={t("report.people")}
      columns={columns}
      rows={numbered(people)}
      rowId={({ key }) => key}
    />
  );
}

export function RefusalsTable({ rows }: { rows: MeetingReport["refusals"] }): ReactNode {
  const t = useWords("meeting-detail");
  const columns: Column<MeetingReport["refusals"][number] & { key: string }>[] = [
    {
      id: "who",
      label: t("report.col.who"),
      cell: (one) => (
        <>
          <Name>{one.displayName}</Name> <Name>{one.affiliation}</Name>
        </>
      ),
    },
    { id: "at", label: t("report.col.asked"), cell: ({ at }) => <Time at={at} /> },
    { id: "reference", label: t("report.col.reference"), cell: ({ reference }) => reference },
    // Told to auditors alone; to everybody else all refusals look alike.
    ...(rows.some(({ reason }) => reason !== null)
      ? [
          {
            id: "reason",
            label: t("report.col.reason"),
            cell: ({ reason }: (typeof rows)[number]) =>
              reason === null ? "—" : (t.maybe(`report.refusal.${reason}`) ?? reason),
          },
        ]
      : []),
  ];
  return (
    <DataTable
      label={t("report.refusals")}
      columns={columns}
      rows={numbered(rows)}
      rowId={({ key }) => key}
    />
  );
}

export function ActsTable({ acts }: Pick<MeetingReport, "acts">): ReactNode {
  const t = useWords("meeting-detail");
  const columns: Column<MeetingReport["acts"][number] & { key: string }>[] = [
    { id: "at", label: t("report.col.at"), cell: ({ at }) => <Time at={at} /> },
    {
      id: "what",
      label: t("report.col.what"),
      cell: ({ type, about }) => (
        <>
          {t(`report.act.${type}`)} {about !== null && <Name>{about}</Name>}
        </>
      ),
    },
    { id: "by", label: t("report.col.by"), cell: ({ by }) => (by === null ? "—" : <Name>{by}</Name>) },
  ];
  return (
    <DataTable label={t("report.acts")} columns={columns} rows={numbered(acts)} rowId={({ key }) => key} />
  );
}
