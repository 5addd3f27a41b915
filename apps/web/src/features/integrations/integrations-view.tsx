import Ellipsis from "lucide-react/icons/ellipsis";
import KeyRound from "lucide-react/icons/key-round";
import Webhook from "lucide-react/icons/webhook";
import type { ApiClientView, DirectoryToken, Integrations, WebhookView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { Badge } from "../../ui/note.tsx";
import { PageHead, Section, Stack } from "../../ui/page.tsx";
import { Labelled, type Asked } from "./integration-dialogs.tsx";
import { scopeWords } from "./scope-words.ts";

export interface IntegrationsViewProps {
  integrations: Integrations;
  directories: readonly DirectoryToken[];
  origin: string;
  /** Id of the webhook that is being challenged or sent to. */
  working: string | undefined;
  onAsk: (asked: Asked) => void;
  onVerify: (id: string) => void;
  onRetry: (id: string) => void;
}

export function IntegrationsView(props: IntegrationsViewProps): ReactNode {
  const t = useWords("integrations");
  const { integrations, origin, onAsk } = props;
  return (
    <>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <>
            <Button icon={<Webhook />} onClick={() => onAsk({ kind: "newWebhook" })}>
              {t("webhook.new")}
            </Button>
            <Button kind="primary" icon={<KeyRound />} onClick={() => onAsk({ kind: "newClient" })}>
              {t("client.new")}
            </Button>
          </>
        }
      />
      <Stack>
        <Section title={t("addresses")}>
          <Labelled label={t("address.base")} value={`${origin}/v2`} />
          <Labelled label={t("address.token")} value={`${origin}/oauth/token`} />
          <Labelled label={t("accountId")} value={integrations.accountId} />
        </Section>
        <Section title={t("clients")}>
          <Clients {...props} />
        </Section>
        <Section title={t("webhooks")}>
          <Webhooks {...props} />
        </Section>
        <Section title={t("directories")} note={t("directories.note")}>
          <Labelled label={t("address.scim")} value={`${origin}/scim/v2`} />
          <Directories {...props} />
          <div>
            <Button icon={<KeyRound />} onClick={() => onAsk({ kind: "newDirectory" })}>
              {t("directory.new")}
            </Button>
          </div>
        </Section>
      </Stack>
    </>
  );
}

function Clients({ integrations: { clients }, onAsk }: IntegrationsViewProps): ReactNode {
  const t = useWords("integrations");
  if (clients.length === 0) return <EmptyState text={t("clients.none")} />;
  const columns: Column<ApiClientView>[] = [
    { id: "name", label: t("col.name"), cell: (row) => row.name },
    { id: "id", label: t("col.clientId"), cell: (row) => <code>{row.clientId}</code> },
    {
      id: "scopes",
      label: t("col.scopes"),
      cell: (row) => row.scopes.map((scope) => scopeWords(t, scope)).join(t("join")),
    },
    {
      id: "used",
      tight: true,
      label: t("col.lastUsed"),
      cell: (row) => (row.lastUsedAt === null ? t("never") : <DateText from={row.lastUsedAt} />),
    },
    {
      id: "actions",
      label: t("col.actions"),
      quietLabel: true,
      cell: (row) => (
        <RowMenu
          name={row.name}
          items={[
            {
              id: "revoke",
              label: t("client.revoke"),
              danger: true,
              onSelect: () => onAsk({ kind: "revokeClient", id: row.id, name: row.name }),
            },
          ]}
        />
      ),
    },
  ];
  return <DataTable label={t("clients")} columns={columns} rows={clients} rowId={(row) => row.id} />;
}

function Directories({ directories, onAsk }: IntegrationsViewProps): ReactNode {
  const t = useWords("integrations");
  if (directories.length === 0) return <EmptyState text={t("directories.none")} />;
  const columns: Column<DirectoryToken>[] = [
    { id: "name", label: t("col.name"), cell: (row) => row.name },
    { id: "created", tight: true, label: t("col.created"), cell: (row) => <DateText from={row.createdAt} /> },
    {
      id: "used",
      tight: true,
      label: t("col.lastUsed"),
      cell: (row) => (row.lastUsedAt === null ? t("never") : <DateText from={row.lastUsedAt} />),
    },
    {
      id: "actions",
      label: t("col.actions"),
      quietLabel: true,
      cell: ({ id, name }) => (
        <Button size="small" kind="danger-quiet" onClick={() => onAsk({ kind: "revokeDirectory", id, name })}>
          {t("client.revoke")}
        </Button>
      ),
    },
  ];
  return <DataTable label={t("directories")} columns={columns} rows={directories} rowId={(row) => row.id} />;
}

function Webhooks(props: IntegrationsViewProps): ReactNode {
  const t = useWords("integrations");
  const { webhooks } = props.integrations;
  if (webhooks.length === 0) return <EmptyState text={t("webhooks.none")} />;
  const columns: Column<WebhookView>[] = [
    { id: "url", label: t("col.url"), cell: (row) => <code>{row.url}</code> },
    {
      id: "events",
      tight: true,
      label: t("col.events"),
      cell: (row) => t("events", { count: row.events.length }),
    },
    { id: "state", label: t("col.state"), cell: (row) => <State row={row} /> },
    {
      id: "last",
      tight: true,
      label: t("col.lastDelivery"),
      cell: (row) => (row.lastDeliveryAt === null ? t("never") : <DateText from={row.lastDeliveryAt} />),
    },
    {
      id: "actions",
      label: t("col.actions"),
      quietLabel: true,
      cell: (row) => <Actions {...props} row={row} />,
    },
  ];
  return <DataTable label={t("webhooks")} columns={columns} rows={webhooks} rowId={(row) => row.id} />;
}

function State({ row }: { row: WebhookView }): ReactNode {
  const t = useWords("integrations");
  const waits = row.waiting > 0 ? t("waiting", { count: row.waiting }) : "";
  const lost = row.givenUp > 0 ? t("givenUp", { count: row.givenUp }) : "";
  return (
    <>
      {row.state === "active" ? (
        <Badge>{t("state.active")}</Badge>
      ) : (
        <Badge tone="warn">{t("state.unverified")}</Badge>
      )}{" "}
      {[row.lastProblem === null ? "" : t(`problem.${row.lastProblem}`), waits, lost]
        .filter((part) => part !== "")
        .join(" ")}
    </>
  );
}

type ActionsProps = Pick<IntegrationsViewProps, "working" | "onAsk" | "onVerify" | "onRetry"> & {
  row: WebhookView;
};

function Actions({ row, working, onAsk, onVerify, onRetry }: ActionsProps): ReactNode {
  const t = useWords("integrations");
  const busy = working === row.id ? { refused: t("working") } : {};
  const remove = () => onAsk({ kind: "removeWebhook", id: row.id, name: row.url });
  const items: MenuItem[] = [
    ...(row.state === "unverified"
      ? [{ id: "verify", label: t("webhook.verify"), ...busy, onSelect: () => onVerify(row.id) }]
      : []),
    ...(row.givenUp > 0
      ? [{ id: "retry", label: t("webhook.retry"), ...busy, onSelect: () => onRetry(row.id) }]
      : []),
    { id: "remove", label: t("webhook.remove"), danger: true, onSelect: remove },
  ];
  return <RowMenu name={row.url} items={items} />;
}

function RowMenu({ name, items }: { name: string; items: readonly MenuItem[] }): ReactNode {
  const t = useWords("integrations");
  const label = t("actions", { name });
  return (
    <Menu
      label={label}
      items={items}
      trigger={(trigger) => (
        <IconButton label={label} {...trigger}>
          <Ellipsis />
        </IconButton>
      )}
    />
  );
}
