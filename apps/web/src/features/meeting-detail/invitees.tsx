import type { MeetingInput } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Card, Section } from "../../ui/page.tsx";
import { PersonName } from "../../ui/person-name.tsx";

export function Invitees({ invitees }: { invitees: MeetingInput["invitees"] }): ReactNode {
  const t = useWords("meeting-detail");
  return (
    <Section title={t("invitees")}>
      {invitees.length === 0 ? (
        <Card>{t("noInvitees")}</Card>
      ) : (
        <DataTable
          label={t("invitees")}
          rows={invitees}
          rowId={(row) => row.email}
          columns={[
            {
              id: "name",
              label: t("col.name"),
              cell: (row) => <PersonName name={row.name} affiliation={row.organisation} layout="stacked" />,
            },
            { id: "mail", label: t("col.mail"), cell: (row) => row.email },
          ]}
        />
      )}
    </Section>
  );
}
