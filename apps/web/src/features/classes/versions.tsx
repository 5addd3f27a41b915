import type { OrganisationClasses } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Section } from "../../ui/page.tsx";

type Version = OrganisationClasses["versions"][number];

/** Who changed what in the classes, and when: the newest first. */
export function Versions({ versions }: { versions: readonly Version[] }): ReactNode {
  const t = useWords("classes");
  const common = useWords("common");
  const what = ({ level, part, field }: Version["changed"][number]) =>
    t("version.what", {
      level: common(`class.${level}`),
      field: field === null ? t("definition") : t(`field.${field}`),
      part: t(`part.${part}`),
    });
  return (
    <Section title={t("versions")}>
      {versions.length === 0 ? (
        <p>{t("versions.none")}</p>
      ) : (
        <DataTable
          label={t("versions")}
          rows={versions}
          rowId={({ version }) => String(version)}
          columns={[
            { id: "version", label: t("col.version"), tight: true, cell: ({ version }) => version },
            { id: "at", label: t("col.at"), tight: true, cell: ({ at }) => <DateText from={at} /> },
            {
              id: "by",
              label: t("col.by"),
              cell: ({ by }) => (by === null ? t("by.unknown") : <bdi>{by}</bdi>),
            },
            {
              id: "what",
              label: t("col.what"),
              cell: ({ changed }) => changed.map(what).join(t("comma")),
            },
          ]}
        />
      )}
    </Section>
  );
}
