import type { Integrations } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Frame } from "../../app-shell/frame.tsx";
import type { GalleryState } from "../../gallery/state.ts";
import {
  NewClientDialog,
  NewDirectoryDialog,
  NewWebhookDialog,
  RemoveDialog,
  SecretDialog,
} from "./integration-dialogs.tsx";
import { IntegrationsView } from "./integrations-view.tsx";

const at = Date.UTC(2026, 10, 22, 6, 47);
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const quiet = () => undefined;
const words = ["integrations", "account", "shell"] as const;

const some: Integrations = {
  accountId: "3480754e227450eac76921",
  clients: [
    {
      id: id(1),
      name: "社員台帳の同期",
      clientId: "lrhmMIFj9rp7SC6flTnnRw",
      scopes: ["group:read:admin", "group:write:admin", "information_barriers:write:admin"],
      createdAt: at,
      lastUsedAt: at,
    },
    {
      id: id(2),
      name: "予約システム",
      clientId: "AAAAAAAAAAAAAAAAAAAAAA",
      scopes: ["meeting:write:meeting:admin"],
      createdAt: at,
      lastUsedAt: null,
    },
  ],
  webhooks: [
    {
      id: id(3),
      url: "https://hooks.midorino.example/sekisho/a-long-path-that-has-to-break-somewhere/events",
      events: ["meeting.started", "meeting.ended"],
      state: "active",
      lastProblem: "status",
      createdAt: at,
      lastDeliveryAt: at,
      waiting: 2,
      givenUp: 1,
    },
    {
      id: id(4),
      url: "https://hr.midorino.example/hooks",
      events: ["group.created"],
      state: "unverified",
      lastProblem: "challenge",
      createdAt: at,
      lastDeliveryAt: null,
      waiting: 0,
      givenUp: 0,
    },
  ],
};

const none: Integrations = { ...some, clients: [], webhooks: [] };
const directories = [
  { id: id(5), name: "Entra ID", createdAt: at, lastUsedAt: at },
  { id: id(6), name: "人事システムの社員台帳（本番環境、夜間の同期）", createdAt: at, lastUsedAt: null },
];
const asking = { working: false, problem: undefined, onClose: quiet, onSubmit: quiet };

function page(name: string, integrations: Integrations, dialog: ReactNode = null): GalleryState {
  return {
    id: `integrations/${name}`,
    words,
    render: () => (
      <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin isOwner area="integrations">
        <IntegrationsView
          integrations={integrations}
          directories={integrations === none ? [] : directories}
          origin="https://meet.midorino.example"
          working={undefined}
          onAsk={quiet}
          onVerify={quiet}
          onRetry={quiet}
        />
        {dialog}
      </Frame>
    ),
  };
}

export const states: readonly GalleryState[] = [
  page("none", none),
  page("some", some),
  page("new-client", some, <NewClientDialog {...asking} />),
  page("new-directory", some, <NewDirectoryDialog {...asking} />),
  page(
    "revoke-directory",
    some,
    <RemoveDialog
      {...asking}
      asked={{ kind: "revokeDirectory", id: id(5), name: "Entra ID" }}
      onConfirm={quiet}
    />,
  ),
  page("new-webhook", some, <NewWebhookDialog {...asking} problem="…" />),
  page(
    "secret",
    some,
    <SecretDialog
      secret={{
        title: "社員台帳の同期",
        lines: [
          { label: "Client ID", value: "lrhmMIFj9rp7SC6flTnnRw" },
          { label: "Client secret", value: "UqDU-vDROQLTnwtHHg-_dnFt2q3I01NfBwDY6sfayUg" },
        ],
      }}
      onClose={quiet}
    />,
  ),
  page(
    "revoke",
    some,
    <RemoveDialog
      {...asking}
      asked={{ kind: "revokeClient", id: id(1), name: "社員台帳の同期" }}
      onConfirm={quiet}
    />,
  ),
];
