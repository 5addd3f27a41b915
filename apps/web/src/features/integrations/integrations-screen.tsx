import type { ApiScope, WebhookEvent } from "@sekisho/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { useConfirmed } from "../../app-shell/second-factor/use-confirmed.tsx";
import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";
import {
  NewClientDialog,
  NewDirectoryDialog,
  NewWebhookDialog,
  RemoveDialog,
  SecretDialog,
  type Asked,
  type Secret,
} from "./integration-dialogs.tsx";
import { IntegrationsView } from "./integrations-view.tsx";

export function IntegrationsScreen(): ReactNode {
  const t = useWords("integrations");
  const account = useWords("account");
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const [secret, setSecret] = useState<Secret | undefined>(undefined);
  const close = () => setAsked(undefined);
  const { list, client, webhook, directory, remove, touch, dialog } = useIntegrations({
    close,
    setSecret,
  });
  usePageTitle(t("title"));
  const problemOf = (error: Error | null) => {
    if (error === null || isPutAside(error)) return undefined;
    return codeOf(error) === "upstream_not_allowed" ? t("check.address") : problemText(account, error);
  };
  const ask = (next: Asked) => {
    for (const work of [client, webhook, directory, remove]) work.reset();
    setAsked(next);
  };
  return (
    <Loaded query={list}>
      {({ integrations, tokens }) => (
        <>
          <IntegrationsView
            integrations={integrations}
            directories={tokens}
            origin={location.origin}
            working={touch.isPending ? touch.variables.id : undefined}
            onAsk={ask}
            onVerify={(id) => touch.mutate({ id, what: "verify" })}
            onRetry={(id) => touch.mutate({ id, what: "retry" })}
          />
          {asked?.kind === "newClient" && (
            <NewClientDialog
              working={client.isPending}
              problem={problemOf(client.error)}
              onSubmit={(wish) => client.mutate(wish)}
              onClose={close}
            />
          )}
          {asked?.kind === "newWebhook" && (
            <NewWebhookDialog
              working={webhook.isPending}
              problem={problemOf(webhook.error)}
              onSubmit={(wish) => webhook.mutate(wish)}
              onClose={close}
            />
          )}
          {asked?.kind === "newDirectory" && (
            <NewDirectoryDialog
              working={directory.isPending}
              problem={problemOf(directory.error)}
              onSubmit={(name) => directory.mutate(name)}
              onClose={close}
            />
          )}
          {asked !== undefined && "id" in asked && (
            <RemoveDialog
              asked={asked}
              working={remove.isPending}
              problem={problemOf(remove.error)}
              onConfirm={() => remove.mutate(asked)}
              onClose={close}
            />
          )}
          {secret !== undefined && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
          {dialog}
        </>
      )}
    </Loaded>
  );
}

/** The question for a fresh proof was closed. */
function isPutAside(error: Error): boolean {
  return ["confirm_first", "second_factor_needed"].includes(codeOf(error) ?? "");
}

async function readAll() {
  const [integrations, { tokens }] = await Promise.all([
    call("GET", "/api/integrations"),
    call("GET", "/api/integrations/directories"),
  ]);
  return { integrations, tokens };
}

type Steps = { readonly close: () => void; readonly setSecret: (secret: Secret) => void };

function useIntegrations({ close, setSecret }: Steps) {
  const t = useWords("integrations");
  const account = useWords("account");
  const queries = useQueryClient();
  const list = useQuery({ queryKey: ["integrations"], queryFn: readAll });
  const refresh = () => void queries.invalidateQueries({ queryKey: ["integrations"] });
  const client = useMutation({
    mutationFn: (body: { name: string; scopes: ApiScope[] }) =>
      call("POST", "/api/integrations/clients", { body }),
    onSuccess(answer) {
      close();
      refresh();
      setSecret({
        title: t("client.made", { name: answer.client.name }),
        lines: [
          { label: t("accountId"), value: answer.accountId },
          { label: t("col.clientId"), value: answer.client.clientId },
          { label: t("clientSecret"), value: answer.clientSecret },
        ],
      });
    },
  });
  const webhook = useMutation({
    mutationFn: (body: { url: string; events: WebhookEvent[] }) =>
      call("POST", "/api/integrations/webhooks", { body }),
    onSuccess(answer) {
      close();
      refresh();
      setSecret({
        title: t("webhook.made"),
        lines: [{ label: t("secretToken"), value: answer.secretToken }],
      });
    },
  });
  const { directory, dialog } = useDirectories({ close, setSecret });
  const remove = useMutation({
    mutationFn: removed,
    onSuccess(_answer, asked) {
      close();
      refresh();
      toast(t(removedWords[asked.kind]));
    },
  });
  const touch = useMutation({
    mutationFn: ({ id: webhookId, what }: { id: string; what: "verify" | "retry" }) =>
      what === "verify"
        ? call("POST", "/api/integrations/webhooks/:webhookId/verify", { params: { webhookId } })
        : call("POST", "/api/integrations/webhooks/:webhookId/retry", { params: { webhookId } }),
    onSuccess(view, { what }) {
      refresh();
      if (what === "retry") toast(t("webhook.retried"));
      else toast(view.state === "active" ? t("webhook.verified") : t("webhook.notVerified"));
    },
    onError: (error) => toast(problemText(account, error)),
  });
  return { list, client, webhook, directory, remove, touch, dialog };
}

type Removal = Extract<Asked, { id: string }>;

const removedWords = {
  revokeClient: "client.revoked",
  removeWebhook: "webhook.removed",
  revokeDirectory: "directory.revoked",
} as const satisfies Record<Removal["kind"], string>;

function removed({ kind, id }: Removal): Promise<unknown> {
  if (kind === "revokeClient")
    return call("DELETE", "/api/integrations/clients/:clientId", { params: { clientId: id } });
  if (kind === "removeWebhook")
    return call("DELETE", "/api/integrations/webhooks/:webhookId", { params: { webhookId: id } });
  return call("DELETE", "/api/integrations/directories/:tokenId", { params: { tokenId: id } });
}

/** Whoever has such a token makes and disables accounts: it is made after a fresh proof. */
function useDirectories({ close, setSecret }: Steps) {
  const t = useWords("integrations");
  const queries = useQueryClient();
  const { run, dialog } = useConfirmed();
  const directory = useMutation({
    mutationFn: (name: string) =>
      run(() => call("POST", "/api/integrations/directories", { body: { name } })),
    onSuccess({ made, token }) {
      close();
      void queries.invalidateQueries({ queryKey: ["integrations"] });
      setSecret({
        title: t("client.made", { name: made.name }),
        lines: [
          { label: t("address.scim"), value: `${location.origin}/scim/v2` },
          { label: t("secretToken"), value: token },
        ],
      });
    },
  });
  return { directory, dialog };
}
