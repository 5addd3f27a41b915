import type { OrganisationSettingRow } from "@sekisho/contract";
import type { ReactNode } from "react";
import { valueText } from "../../app-shell/setting-words.ts";
import { useWords } from "../../i18n/words.ts";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { FixedBy } from "../../ui/fixed-by.tsx";
import { Section } from "../../ui/page.tsx";

/** What is set and what is locked, since when and by whom (AUD-3). */
export function DecidedTable({ rows }: { rows: readonly OrganisationSettingRow[] }): ReactNode {
  const t = useWords("me");
  const common = useWords("common");
  const columns: Column<OrganisationSettingRow>[] = [
    { id: "setting", label: t("col.setting"), cell: ({ id }) => t(`label.${id}`) },
    {
      id: "value",
      label: t("col.value"),
      cell: ({ kind, id, value }) =>
        kind === "lock" && value === null ? t("notLocked") : valueText(t, common, id, value),
    },
    {
      id: "kind",
      label: t("col.kind"),
      cell: ({ kind, value }) =>
        kind === "lock" && value !== null ? <FixedBy>{t("kind.lock")}</FixedBy> : t(`kind.${kind}`),
    },
    {
      id: "since",
      tight: true,
      label: t("col.since"),
      cell: ({ since, by, standard }) =>
        by === null && standard ? t("fromStart") : <DateText from={since} />,
    },
    { id: "by", label: t("col.by"), cell: ({ by }) => (by === null ? t("none.by") : <bdi>{by}</bdi>) },
  ];
  return (
    <Section title={t("org.title")} note={t("org.lead")}>
      <DataTable
        label={t("org.title")}
        columns={columns}
        rows={rows}
        rowId={({ kind, id }) => `${kind} ${id}`}
      />
    </Section>
  );
}
