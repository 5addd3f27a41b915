import KeyRound from "lucide-react/icons/key-round";
import type { OwnFactors, PasskeyRow, TotpSetup } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { RecoveryCodes } from "../../app-shell/second-factor/recovery-codes.tsx";
import { TotpForm } from "../../app-shell/second-factor/totp-form.tsx";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Note } from "../../ui/note.tsx";
import { Section, Stack } from "../../ui/page.tsx";
import { PasskeyDialog, RemoveFactorDialog, type FactorQuestion } from "./factor-dialogs.tsx";

export interface FactorsSectionProps {
  factors: OwnFactors;
  /** Whether this browser can make one here. */
  passkeysPossible: boolean;
  setup: TotpSetup | undefined;
  /** Shown once. */
  codes: readonly string[] | undefined;
  working: boolean;
  problem: string | undefined;
  onBeginTotp: () => void;
  onTotpCode: (code: string) => void;
  onCloseTotp: () => void;
  onAddPasskey: (name: string) => void;
  onRename: (id: string, name: string) => void;
  onRemovePasskey: (id: string) => void;
  onRemoveTotp: () => void;
  onRenewCodes: () => void;
  onCodesDone: () => void;
  initialQuestion?: FactorQuestion;
}

/** Passkeys, app, recovery codes, and what the organisation demands (IDN-2). */
export function FactorsSection(props: FactorsSectionProps): ReactNode {
  const t = useWords("second-factor");
  const [question, setQuestion] = useState<FactorQuestion | undefined>(props.initialQuestion);
  const { factors, setup, codes } = props;
  return (
    <Section title={t("title")} note={t("note")}>
      <Stack gap="field">
        <Demand factors={factors} />
        {props.problem !== undefined && setup === undefined && (
          <Note tone="danger" role="alert">
            {props.problem}
          </Note>
        )}
        <Passkeys {...props} onAsk={setQuestion} />
        <App {...props} onAsk={setQuestion} />
        <Codes {...props} />
      </Stack>
      {setup !== undefined && (
        <Dialog title={t("totp.title")} onClose={props.onCloseTotp} closable>
          <TotpForm setup={setup} working={props.working} problem={props.problem} onCode={props.onTotpCode} />
        </Dialog>
      )}
      {codes !== undefined && (
        <Dialog title={t("codes.title")} onClose={props.onCodesDone}>
          <RecoveryCodes codes={codes} onDone={props.onCodesDone} />
        </Dialog>
      )}
      <Question {...props} question={question} onClose={() => setQuestion(undefined)} />
    </Section>
  );
}

type AskProps = FactorsSectionProps & { onAsk: (question: FactorQuestion) => void };

function Demand({ factors }: { factors: OwnFactors }): ReactNode {
  const t = useWords("second-factor");
  if (factors.demanded) return <Note tone="info">{t("demand.always")}</Note>;
  return factors.demandedForHigh ? <Note tone="info">{t("demand.high")}</Note> : <p>{t("demand.none")}</p>;
}

function Passkeys(props: AskProps): ReactNode {
  const t = useWords("second-factor");
  const { factors, onAsk } = props;
  const columns: Column<PasskeyRow>[] = [
    { id: "name", label: t("passkey.name"), cell: (row) => <bdi>{row.name}</bdi> },
    { id: "created", tight: true, label: t("added"), cell: (row) => <DateText from={row.createdAt} /> },
    {
      id: "used",
      tight: true,
      label: t("lastUsed"),
      cell: (row) => (row.lastUsedAt === null ? t("never") : <DateText from={row.lastUsedAt} />),
    },
    {
      id: "actions",
      label: t("actions"),
      quietLabel: true,
      cell: ({ id, name }) => (
        <>
          <Button size="small" kind="quiet" onClick={() => onAsk({ kind: "rename", id, name })}>
            {t("rename")}
          </Button>
          <Button size="small" kind="danger-quiet" onClick={() => onAsk({ kind: "remove", id, name })}>
            {t("remove")}
          </Button>
        </>
      ),
    },
  ];
  return (
    <Stack gap="tight">
      <h3>{t("passkeys")}</h3>
      <p>{t("passkey.hint")}</p>
      {factors.passkeys.length > 0 && (
        <DataTable label={t("passkeys")} columns={columns} rows={factors.passkeys} rowId={(row) => row.id} />
      )}
      {!props.passkeysPossible && <p>{t("passkey.impossible")}</p>}
      <div>
        <Button
          icon={<KeyRound />}
          unavailable={!props.passkeysPossible}
          busy={props.working ? t("checking") : undefined}
          onClick={() => onAsk({ kind: "add" })}
        >
          {t("passkey.add")}
        </Button>
      </div>
    </Stack>
  );
}

function App({ factors, working, onBeginTotp, onAsk }: AskProps): ReactNode {
  const t = useWords("second-factor");
  const since = factors.totpSince;
  return (
    <Stack gap="tight">
      <h3>{t("totp.title")}</h3>
      {since === null ? (
        <p>{t("totp.hint")}</p>
      ) : (
        <p>
          {t("totp.since")} <DateText from={since} />
        </p>
      )}
      <div>
        <Button busy={working ? t("checking") : undefined} onClick={onBeginTotp}>
          {t(since === null ? "totp.add" : "totp.replace")}
        </Button>{" "}
        {since !== null && (
          <Button kind="danger-quiet" onClick={() => onAsk({ kind: "removeTotp" })}>
            {t("totp.remove")}
          </Button>
        )}
      </div>
    </Stack>
  );
}

function Codes({ factors, working, onRenewCodes }: FactorsSectionProps): ReactNode {
  const t = useWords("second-factor");
  if (factors.passkeys.length === 0 && factors.totpSince === null) return null;
  const left = factors.recoveryCodesLeft;
  return (
    <Stack gap="tight">
      <h3>{t("codes.title")}</h3>
      {left < 3 ? (
        <Note tone="warn">{t("codes.left", { count: left })}</Note>
      ) : (
        <p>{t("codes.left", { count: left })}</p>
      )}
      <div>
        <Button busy={working ? t("checking") : undefined} onClick={onRenewCodes}>
          {t("codes.renew")}
        </Button>
      </div>
    </Stack>
  );
}

function Question(
  props: FactorsSectionProps & { question: FactorQuestion | undefined; onClose: () => void },
): ReactNode {
  const { question, onClose } = props;
  if (question === undefined) return null;
  if (question.kind === "add")
    return <PasskeyDialog question={question} onName={props.onAddPasskey} onClose={onClose} />;
  if (question.kind === "rename")
    return (
      <PasskeyDialog
        question={question}
        onName={(name) => props.onRename(question.id, name)}
        onClose={onClose}
      />
    );
  const remove = () =>
    question.kind === "remove" ? props.onRemovePasskey(question.id) : props.onRemoveTotp();
  return <RemoveFactorDialog question={question} onRemove={remove} onClose={onClose} />;
}
