import type { OutboxMessage } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Badge, Note, type Tone } from "../../ui/note.tsx";
import { Card, PageHead, Stack } from "../../ui/page.tsx";

export interface OutboxViewProps {
  outbox: {
    readonly able: { readonly mail: boolean; readonly sms: boolean };
    readonly messages: readonly OutboxMessage[];
  };
  /** The message that is being tried again. */
  working: string | undefined;
  problem: string | undefined;
  onRetry: (id: string) => void;
}

const tones = {
  queued: "info",
  sent: "ok",
  failed: "danger",
  noTransport: "warn",
  handedOver: "plain",
} as const satisfies Record<OutboxMessage["state"], Tone>;

/** What became of messages: neither texts nor whole addresses (INV-3). */
export function OutboxView({ outbox, working, problem, onRetry }: OutboxViewProps): ReactNode {
  const t = useWords("outbox");
  return (
    <>
      <PageHead title={t("title")} lead={t("lead")} />
      <Stack>
        {problem !== undefined && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        {!outbox.able.mail && <Note tone="warn">{t("noMail")}</Note>}
        {outbox.messages.length === 0 ? (
          <Card>{t("nothing")}</Card>
        ) : (
          <Messages messages={outbox.messages} working={working} onRetry={onRetry} />
        )}
      </Stack>
    </>
  );
}

type MessagesProps = Pick<OutboxViewProps, "working" | "onRetry"> & { messages: readonly OutboxMessage[] };

function Messages({ messages, working, onRetry }: MessagesProps): ReactNode {
  const t = useWords("outbox");
  return (
    <DataTable
      label={t("title")}
      rows={messages}
      rowId={(row) => row.id}
      columns={[
        { id: "what", label: t("col.what"), cell: (row) => t(`kind.${row.kind}`) },
        { id: "to", label: t("col.to"), cell: (row) => row.to },
        { id: "state", label: t("col.state"), cell: (row) => <State message={row} /> },
        {
          id: "at",
          tight: true,
          label: t("col.at"),
          cell: (row) => <DateText from={row.sentAt ?? row.createdAt} listNow={row.createdAt} />,
        },
        {
          id: "actions",
          label: t("col.actions"),
          quietLabel: true,
          cell: (row) =>
            row.retriable && (
              <Button
                size="small"
                busy={working === row.id ? t("working") : undefined}
                onClick={() => onRetry(row.id)}
              >
                {t("retry")}
              </Button>
            ),
        },
      ]}
    />
  );
}

function State({ message }: { message: OutboxMessage }): ReactNode {
  const t = useWords("outbox");
  const { state, problem, tries } = message;
  return (
    <>
      <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>
      {problem !== null && <p>{t(`problem.${problem}`)}</p>}
      {tries > 1 && <p>{t("tries", { count: tries })}</p>}
    </>
  );
}
