import type { InvitationOverview, MeetingInput } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Card, Section } from "../../ui/page.tsx";
import { PersonName } from "../../ui/person-name.tsx";
import { SendingState } from "./sending-state.tsx";
import styles from "./sending.module.css";

interface InviteesProps {
  invitees: MeetingInput["invitees"];
  /** Undefined until it has arrived. */
  overview: InvitationOverview | undefined;
}

/** Who is invited, and what became of link and passcode, each by its own way (INV-1). */
export function Invitees({ invitees, overview }: InviteesProps): ReactNode {
  const t = useWords("meeting-detail");
  if (invitees.length === 0)
    return (
      <Section title={t("invitees")}>
        <Card>{t("noInvitees")}</Card>
      </Section>
    );
  return (
    <Section title={t("invitees")}>
      {overview === undefined ? <Plain invitees={invitees} /> : <WithStates overview={overview} />}
    </Section>
  );
}

function Plain({ invitees }: Pick<InviteesProps, "invitees">): ReactNode {
  const t = useWords("meeting-detail");
  return (
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
  );
}

function WithStates({ overview }: { overview: InvitationOverview }): ReactNode {
  const t = useWords("meeting-detail");
  const words = useWords("invitations");
  return (
    <DataTable
      label={t("invitees")}
      rows={overview.people}
      rowId={(row) => row.email}
      columns={[
        {
          id: "name",
          label: t("col.name"),
          cell: (row) => (
            <span className={styles["person"]}>
              <PersonName name={row.name} affiliation={row.organisation} layout="stacked" />
              <span className={styles["address"]}>{row.email}</span>
            </span>
          ),
        },
        {
          id: "link",
          label: words("col.link"),
          cell: ({ link }) => (
            <SendingState
              sent={link}
              way={link?.what === "cancellation" ? words("state.cancellation") : words("way.mail")}
            />
          ),
        },
        ...(overview.passcodeNeeded
          ? [
              {
                id: "passcode",
                label: words("col.passcode"),
                cell: ({ account, passcode }: InvitationOverview["people"][number]) =>
                  account ? (
                    words("state.notNeeded")
                  ) : (
                    <SendingState
                      sent={passcode}
                      way={passcode === null ? "" : words(`way.${passcode.channel}`)}
                    />
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}
