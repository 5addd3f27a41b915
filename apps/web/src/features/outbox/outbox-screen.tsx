import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";
import { OutboxView } from "./outbox-view.tsx";

export function OutboxScreen(): ReactNode {
  const t = useWords("outbox");
  const account = useWords("account");
  const client = useQueryClient();
  usePageTitle(t("title"));
  const list = useQuery({
    queryKey: ["outbox"],
    queryFn: () => call("GET", "/api/outbox"),
    refetchInterval: 15_000,
  });
  const retry = useMutation({
    mutationFn: (messageId: string) =>
      call("POST", "/api/outbox/:messageId/retry", { params: { messageId } }),
    onSuccess: async () => {
      toast(t("retried"));
      await client.invalidateQueries({ queryKey: ["outbox"] });
    },
  });
  return (
    <Loaded query={list}>
      {(outbox) => (
        <OutboxView
          outbox={outbox}
          working={retry.isPending ? retry.variables : undefined}
          problem={retry.error === null ? undefined : problemText(account, retry.error)}
          onRetry={(id) => retry.mutate(id)}
        />
      )}
    </Loaded>
  );
}
