import { useEffect, useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button, type ButtonKind } from "../../ui/button.tsx";
import { Radios } from "../../ui/choice.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { Waiting } from "../../ui/progress.tsx";
import styles from "./detail.module.css";
import type { MeetingDetailViewProps } from "./meeting-detail-view.tsx";
import { SendLinksDialog } from "./send-links-dialog.tsx";
import { SendPasscodeDialog } from "./send-passcode-dialog.tsx";
import type { PasscodeWay } from "./use-sending.ts";

export type Asking = "mail" | "readOut" | "change" | "cancel" | "sendLinks" | { passcodeBy: PasscodeWay };

type Props = MeetingDetailViewProps & { onClose: () => void };

export function DetailDialog(props: Props & { asking: Asking }): ReactNode {
  const { asking } = props;
  if (typeof asking === "object") return <Passcode {...props} way={asking.passcodeBy} />;
  switch (asking) {
    case "mail":
      return <MailText {...props} />;
    case "readOut":
      return <ReadOut {...props} />;
    case "change":
      return <Change {...props} />;
    case "cancel":
      return <Cancel {...props} />;
    case "sendLinks":
      return <Links {...props} />;
  }
}

/** What went wrong before is not the new dialog's. */
function useFresh({ sending }: Props): void {
  useEffect(() => {
    sending.calm();
    // Once, on opening.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
}

function Links(props: Props): ReactNode {
  const { meeting, sending, problem, onClose } = props;
  useFresh(props);
  if (sending.overview === undefined) return null;
  const isPublic = meeting.settings?.visibility === "public";
  return <SendLinksDialog {...{ sending, problem, onClose, isPublic }} overview={sending.overview} />;
}

function Passcode(props: Props & { way: PasscodeWay }): ReactNode {
  const { sending } = props;
  useFresh(props);
  if (sending.overview === undefined) return null;
  return <SendPasscodeDialog {...props} overview={sending.overview} />;
}

function MailText({ meeting, onClose }: Props): ReactNode {
  const t = useWords("meeting-detail");
  const { lang } = useUiLocale();
  const [language, setLanguage] = useState<"ja" | "en">(lang);
  const text = meeting.invitation?.[language] ?? "";
  return (
    <Dialog
      title={t("mail.title")}
      onClose={onClose}
      closable
      actions={<CopyButton text={text} label={t("mail.copy")} done={t("copied")} failed={t("copyFailed")} />}
    >
      <Radios
        label={t("mail.lang")}
        value={language}
        options={[
          { value: "ja", label: t("lang.ja") },
          { value: "en", label: t("lang.en") },
        ]}
        onChange={setLanguage}
      />
      <pre className={styles["text"]} lang={language} tabIndex={0} aria-label={t("mail.title")} role="region">
        {text}
      </pre>
      <p>{t("mail.note")}</p>
    </Dialog>
  );
}

/** Opening it shows the passcode, so it goes through the same logged way. */
function ReadOut({ shown, onShow, onClose, problem }: Props): ReactNode {
  const t = useWords("meeting-detail");
  const common = useWords("common");
  const { lang } = useUiLocale();
  useEffect(() => {
    if (shown === undefined) onShow();
    // Once, on opening: after it has been hidden again it stays hidden.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <Dialog title={t("readOut.title")} onClose={onClose} closable>
      <p>{t("readOut.text")}</p>
      {shown === undefined ? (
        problem === undefined && <Waiting>{common("loading")}</Waiting>
      ) : (
        <p className={styles["script"]} aria-label={t("readOut.script")} role="region" tabIndex={0}>
          {shown.readOut[lang]}
        </p>
      )}
      <p>{t("shownNote")}</p>
    </Dialog>
  );
}

function Change({ onChangePasscode, onClose }: Props): ReactNode {
  const t = useWords("meeting-detail");
  const common = useWords("common");
  return (
    <Dialog
      title={t("change.title")}
      onClose={onClose}
      actions={
        <Answer
          no={common("cancel")}
          yes={t("change.submit")}
          kind="primary"
          onYes={onChangePasscode}
          onClose={onClose}
        />
      }
    >
      <p>{t("change.text")}</p>
    </Dialog>
  );
}

function Cancel({ meeting, onCancel, onClose }: Props): ReactNode {
  const t = useWords("meeting-detail");
  return (
    <Dialog
      title={t("cancel.title", { topic: meeting.topic })}
      onClose={onClose}
      actions={
        <Answer
          no={t("cancel.keep")}
          yes={t("cancel.submit")}
          kind="danger"
          onYes={onCancel}
          onClose={onClose}
        />
      }
    >
      <p>{t("cancel.text")}</p>
      {meeting.settings?.registration === "required" && <p>{t("cancel.registrants")}</p>}
    </Dialog>
  );
}

interface AnswerProps {
  no: string;
  yes: string;
  kind: ButtonKind;
  onYes: () => void;
  onClose: () => void;
}

function Answer({ no, yes, kind, onYes, onClose }: AnswerProps): ReactNode {
  return (
    <>
      <Button data-focus onClick={onClose}>
        {no}
      </Button>
      <Button
        kind={kind}
        onClick={() => {
          onYes();
          onClose();
        }}
      >
        {yes}
      </Button>
    </>
  );
}
