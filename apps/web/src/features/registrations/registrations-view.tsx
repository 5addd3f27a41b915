import ChevronLeft from "lucide-react/icons/chevron-left";
import Download from "lucide-react/icons/download";
import Upload from "lucide-react/icons/upload";
import type { ImportResult, Registrant, RegistrationManager } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { CopyButton, Well } from "../../ui/copy.tsx";
import { Note } from "../../ui/note.tsx";
import { Card, PageHead, Section, Stack } from "../../ui/page.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { DecideDialog } from "./decide-dialog.tsx";
import { FormEditor, type FormEditorProps } from "./form-editor.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { RegistrantTable, type Decision } from "./registrant-table.tsx";
import styles from "./registrations.module.css";

export const filters = ["all", "pending", "registered", "waitlisted"] as const;
export type Filter = (typeof filters)[number];

export interface RegistrationsViewProps {
  meetingId: string;
  manager: RegistrationManager;
  editor: FormEditorProps;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  /** Undefined while they are being fetched. */
  rows: readonly Registrant[] | undefined;
  more: boolean;
  onMore: () => void;
  busy: string | null;
  problem: string | undefined;
  onDecide: (row: Registrant, decision: Decision) => void;
  onImport: (csv: string) => Promise<ImportResult>;
  initialAsking?: { readonly row: Registrant; readonly decision: "decline" | "remove" };
  initialImport?: boolean;
}

/** Who has registered, what is decided about them, and the form itself. */
export function RegistrationsView(props: RegistrationsViewProps): ReactNode {
  const { manager } = props;
  const t = useWords("registrations");
  const [asking, setAsking] = useState(props.initialAsking);
  const [importing, setImporting] = useState(props.initialImport === true);
  return (
    <>
      <PageHead
        back={
          <Link href={`/meetings/${props.meetingId}`} className={styles["back"]}>
            <ChevronLeft />
            {t("back")}
          </Link>
        }
        title={t("title")}
      />
      <Stack>
        {!manager.on && <Note tone="warn">{t("off")}</Note>}
        {props.problem !== undefined && (
          <Note tone="danger" role="alert">
            {props.problem}
          </Note>
        )}
        {manager.on && <PageLink manager={manager} />}
        <Section title={t("people")}>
          <Counts manager={manager} />
          <People {...props} onAsk={setAsking} onImport={() => setImporting(true)} />
        </Section>
        <Section title={t("form")} note={t("form.note")}>
          <FormEditor {...props.editor} />
        </Section>
      </Stack>
      {asking !== undefined && (
        <DecideDialog
          name={asking.row.name}
          decision={asking.decision}
          onClose={() => setAsking(undefined)}
          onDecide={() => {
            setAsking(undefined);
            props.onDecide(asking.row, asking.decision);
          }}
        />
      )}
      {importing && <ImportDialog onClose={() => setImporting(false)} onImport={props.onImport} />}
    </>
  );
}

function PageLink({ manager }: { manager: RegistrationManager }): ReactNode {
  const t = useWords("registrations");
  const common = useWords("common");
  return (
    <Section title={t("link")} note={t("link.note")}>
      <Card>
        <Well
          label={t("link")}
          action={
            <CopyButton
              text={manager.url}
              label={common("copy")}
              done={common("copied")}
              failed={common("copyFailed")}
            />
          }
        >
          {manager.url}
        </Well>
        {manager.passcodeNeeded && <p className={styles["hint"]}>{t("passcode")}</p>}
      </Card>
    </Section>
  );
}

function Counts({ manager: { counts, settings } }: { manager: RegistrationManager }): ReactNode {
  const t = useWords("registrations");
  const { capacity } = settings;
  const registered =
    capacity === null
      ? t("count", { count: counts.registered })
      : t("countOf", { count: counts.registered, capacity });
  return (
    <dl className={styles["counts"]}>
      <div>
        <dt>{t("state.registered")}</dt>
        <dd>{registered}</dd>
      </div>
      {(["pending", "waitlisted"] as const).map((state) => (
        <div key={state}>
          <dt>{t(`state.${state}`)}</dt>
          <dd>{t("count", { count: counts[state] })}</dd>
        </div>
      ))}
      <div>
        <dt>{t("gone")}</dt>
        <dd>{t("count", { count: counts.gone })}</dd>
      </div>
    </dl>
  );
}

type PeopleProps = Omit<RegistrationsViewProps, "onImport"> & {
  onAsk: (asking: { row: Registrant; decision: "decline" | "remove" }) => void;
  onImport: () => void;
};

function People(props: PeopleProps): ReactNode {
  const { meetingId, filter, rows } = props;
  const t = useWords("registrations");
  const decide = (row: Registrant, decision: Decision) =>
    decision === "decline" || decision === "remove"
      ? props.onAsk({ row, decision })
      : props.onDecide(row, decision);
  return (
    <Tabs
      label={t("filter")}
      tabs={filters.map((id) => ({ id, label: t(`filter.${id}`) }))}
      value={filter}
      onChange={props.onFilter}
    >
      <div className={styles["list"]}>
        {rows?.length === 0 && <Card>{t("nobody")}</Card>}
        {rows !== undefined && rows.length > 0 && (
          <RegistrantTable rows={rows} busy={props.busy} onDecide={decide} />
        )}
        {props.more && (
          <div>
            <Button onClick={props.onMore}>{t("more")}</Button>
          </div>
        )}
        <div className={styles["tools"]}>
          <a
            className={buttonClass()}
            href={`/api/meetings/${meetingId}/registrations.csv`}
            download="registrations.csv"
          >
            <Download />
            <span>{t("export")}</span>
          </a>
          {props.manager.on && (
            <Button icon={<Upload />} onClick={props.onImport}>
              {t("import")}
            </Button>
          )}
        </div>
        <p className={styles["hint"]}>{t("kept", { count: props.manager.keptDays })}</p>
      </div>
    </Tabs>
  );
}
