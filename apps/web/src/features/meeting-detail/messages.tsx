import type { MeetingMessage, OpenedMessage } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Section } from "../../ui/page.tsx";
import { Name } from "../../ui/person-name.tsx";
import { toast } from "../../ui/toast.tsx";
import styles from "./detail.module.css";
import own from "./sending.module.css";
import type { SendingControl } from "./use-sending.ts";

type Reading = { readonly id: string; readonly message: OpenedMessage; readonly secret: boolean };

/** INV-3: what no server has sent, to be sent by oneself. Nothing stands here where there is nothing. */
export function Messages({
  sending,
  initial,
}: {
  sending: SendingControl;
  initial?: OpenedMessage;
}): ReactNode {
  const t = useWords("invitations");
  const [reading, setReading] = useState<Reading | undefined>(
    initial === undefined ? undefined : { id: "", message: initial, secret: false },
  );
  const waiting = sending.messages.filter(({ state }) => state === "noTransport");
  const open = async ({ id, kind }: MeetingMessage) => {
    const message = await sending.open(id);
    if (message !== undefined) setReading({ id, message, secret: kind === "passcode" });
  };
  const handOver = async (id: string) => {
    if (!(await sending.handOver(id))) return;
    setReading(undefined);
    toast(t("box.handedOver"));
  };
  if (waiting.length === 0 && reading === undefined) return null;
  return (
    <Section title={t("box.title")} note={t("box.note")}>
      <DataTable
        label={t("box.title")}
        rows={waiting}
        rowId={(row) => row.id}
        columns={[
          {
            id: "to",
            label: t("box.to"),
            cell: (row) => (
              <span className={own["person"]}>
                <Name>{row.name}</Name>
                <span className={own["address"]}>{row.to}</span>
              </span>
            ),
          },
          { id: "what", label: t("box.what"), cell: (row) => t(`kind.${row.kind}`) },
          {
            id: "actions",
            label: t("box.actions"),
            quietLabel: true,
            cell: (row) => (
              <Button
                size="small"
                aria-label={t("box.openOf", { name: row.name, what: t(`kind.${row.kind}`) })}
                onClick={() => void open(row)}
              >
                {t("box.open")}
              </Button>
            ),
          },
        ]}
      />
      {reading !== undefined && (
        <MessageDialog
          reading={reading}
          working={sending.working}
          onHandOver={() => void handOver(reading.id)}
          onClose={() => setReading(undefined)}
        />
      )}
    </Section>
  );
}

interface MessageDialogProps {
  reading: Reading;
  working: boolean;
  onHandOver: () => void;
  onClose: () => void;
}

function MessageDialog({ reading, working, onHandOver, onClose }: MessageDialogProps): ReactNode {
  const t = useWords("invitations");
  const detail = useWords("meeting-detail");
  const common = useWords("common");
  const { to, subject, text, eml } = reading.message;
  return (
    <Dialog
      title={subject}
      size="wide"
      onClose={onClose}
      closable
      actions={
        <>
          <CopyButton
            text={text}
            label={t("box.copy")}
            done={detail("copied")}
            failed={detail("copyFailed")}
          />
          <a
            className={buttonClass()}
            download="message.eml"
            href={`data:message/rfc822;charset=utf-8,${encodeURIComponent(eml)}`}
          >
            {t("box.save")}
          </a>
          <Button kind="primary" busy={working ? common("loading") : undefined} onClick={onHandOver}>
            {t("box.handOver")}
          </Button>
        </>
      }
    >
      <dl className={own["subject"]}>
        <dt>{t("box.to")}</dt>
        <dd>{to}</dd>
      </dl>
      <pre className={styles["text"]} tabIndex={0} role="region" aria-label={t("box.text")}>
        {text}
      </pre>
      {reading.secret && <p>{t("box.shownNote")}</p>}
    </Dialog>
  );
}
