import LogOut from "lucide-react/icons/log-out";
import type { SessionRow } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Badge, Note } from "../../ui/note.tsx";
import { Section, Stack } from "../../ui/page.tsx";
import { MePage } from "./me-page.tsx";
import styles from "./me.module.css";
import { PasswordForm } from "./password-form.tsx";

export interface SecurityViewProps {
  sessions: readonly SessionRow[];
  /** Grows with each change, which empties the form. */
  passwordsChanged: number;
  working: boolean;
  problem: string | undefined;
  sessionProblem: string | undefined;
  signingOut: boolean;
  onPassword: (current: string, next: string) => void;
  onEnd: (id: string) => void;
  onEndOthers: () => void;
  onSignOut: () => void;
  /** Second factors and identity providers; `onOffer` opens the question whether other devices are signed out. */
  factors: (onOffer: () => void) => ReactNode;
  initialAsking?: boolean;
}

export function SecurityView(props: SecurityViewProps): ReactNode {
  const t = useWords("me");
  const [asking, setAsking] = useState(props.initialAsking ?? false);
  const others = props.sessions.some((session) => !session.current);
  return (
    <MePage now="security">
      <Stack>
        <Section title={t("sessions")} note={t("sessions.note")}>
          <SessionTable {...props} />
          {props.sessionProblem !== undefined && (
            <Note tone="danger" role="alert">
              {props.sessionProblem}
            </Note>
          )}
          <div className={styles["actions"]}>
            {others && (
              <Button kind="danger-quiet" onClick={() => setAsking(true)}>
                {t("sessions.endOthers")}
              </Button>
            )}
            <Button
              icon={<LogOut />}
              busy={props.signingOut ? t("signingOut") : undefined}
              onClick={props.onSignOut}
            >
              {t("signOut")}
            </Button>
          </div>
        </Section>
        {props.factors(() => others && setAsking(true))}
        <Section title={t("password")} note={t("password.note")}>
          <div className={styles["narrow"]}>
            <PasswordForm
              key={props.passwordsChanged}
              working={props.working}
              problem={props.problem}
              onSubmit={props.onPassword}
            />
          </div>
        </Section>
      </Stack>
      {asking && <EndOthers onEndOthers={props.onEndOthers} onClose={() => setAsking(false)} />}
    </MePage>
  );
}

function EndOthers({ onEndOthers, onClose }: { onEndOthers: () => void; onClose: () => void }): ReactNode {
  const t = useWords("me");
  const common = useWords("common");
  return (
    <Dialog
      title={t("sessions.endOthers.title")}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button
            kind="danger"
            onClick={() => {
              onEndOthers();
              onClose();
            }}
          >
            {t("session.end")}
          </Button>
        </>
      }
    >
      <p>{t("sessions.endOthers.text")}</p>
    </Dialog>
  );
}

function SessionTable({ sessions, onEnd }: SecurityViewProps): ReactNode {
  const t = useWords("me");
  const columns: Column<SessionRow>[] = [
    { id: "device", label: t("session.device"), cell: (row) => row.device || t("session.unknown") },
    { id: "last", tight: true, label: t("session.last"), cell: (row) => <DateText from={row.lastSeenAt} /> },
    {
      id: "created",
      tight: true,
      label: t("session.created"),
      cell: (row) => <DateText from={row.createdAt} />,
    },
    { id: "address", tight: true, label: t("session.address"), cell: (row) => row.address },
    {
      id: "action",
      label: t("col.action"),
      quietLabel: true,
      cell: (row) =>
        row.current ? (
          <Badge tone="ok">{t("session.current")}</Badge>
        ) : (
          <Button size="small" kind="danger-quiet" onClick={() => onEnd(row.id)}>
            {t("session.end")}
          </Button>
        ),
    },
  ];
  return <DataTable label={t("sessions")} columns={columns} rows={sessions} rowId={(row) => row.id} />;
}
