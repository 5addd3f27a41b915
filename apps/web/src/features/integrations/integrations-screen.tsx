import type { ApiScope, WebhookEvent } from "@sekisho/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";
import {
  NewClientDialog,
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
  const { list, client, webhook, remove, touch } = useIntegrations({ close, setSecret });
  usePageTitle(t("title"));
  const problemOf = (error: Error | null) => {
    if (error === null) return undefined;
    return codeOf(error) === "upstream_not_allowed" ? t("check.address") : problemText(account, error);
  };
  const ask = (next: Asked) => {
    for (const work of [client, webhook, remove]) work.reset();
    setAsked(next);
  };
  return (
    <Loaded query={list}>
      {(integrations) => (
        <>
          <IntegrationsView
            integrations={integrations}
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
        </>
      )}
    </Loaded>
  );
}

type Steps = { readonly close: () => void; readonly setSecret: (secret: Secret) => void };

function useIntegrations({ close, setSecret }: Steps) {
  const t = useWords("integrations");
  const account = useWords("account");
  const queries = useQueryClient();
  const list = useQuery({ queryKey: ["integrations"], queryFn: () => call("GET", "/api/integrations") });
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
  const remove = useMutation({
    mutationFn: (asked: Extract<Asked, { id: string }>) =>
      asked.kind === "revokeClient"
        ? call("DELETE", "/api/integrations/clients/:clientId", { params: { clientId: asked.id } })
        : call("DELETE", "/api/integrations/webhooks/:webhookId", { params: { webhookId: asked.id } }),
    onSuccess(_answer, asked) {
      close();
      refresh();
      toast(t(asked.kind === "revokeClient" ? "client.revoked" : "webhook.removed"));
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
  return { list, client, webhook, remove, touch };
}
