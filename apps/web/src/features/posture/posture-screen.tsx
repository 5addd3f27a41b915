import type { AdvisoryView, FeedKind } from "@sekisho/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";
import { FeedDialog, RemoveFeedDialog, type FeedWish } from "./feed-dialogs.tsx";
import { PostureView, type Asked } from "./posture-view.tsx";

const key = ["posture"];

/** `/admin/posture`, for administrators and owners (OPS-1). */
export function PostureScreen(): ReactNode {
  const t = useWords("posture");
  const account = useWords("account");
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const close = () => setAsked(undefined);
  const { page, set, remove, check, mark } = usePosture(close);
  usePageTitle(t("title"));
  const problemOf = (error: Error | null) => {
    if (error === null) return undefined;
    return codeOf(error) === "upstream_not_allowed" ? t("check.address") : problemText(account, error);
  };
  return (
    <Loaded query={page}>
      {(posture) => (
        <>
          <PostureView
            posture={posture}
            checking={check.isPending ? check.variables : undefined}
            problem={problemOf(mark.error ?? check.error)}
            onAsk={(next) => {
              for (const work of [set, remove]) work.reset();
              setAsked(next);
            }}
            onCheck={(kind) => check.mutate(kind)}
            onMark={(id, as) => mark.mutate({ id, as })}
          />
          {asked?.what === "set" && (
            <FeedDialog
              kind={asked.kind}
              feed={posture[asked.kind]}
              working={set.isPending}
              problem={problemOf(set.error)}
              onSubmit={(wish) => set.mutate({ kind: asked.kind, wish })}
              onClose={close}
            />
          )}
          {asked?.what === "remove" && (
            <RemoveFeedDialog
              kind={asked.kind}
              working={remove.isPending}
              problem={problemOf(remove.error)}
              onConfirm={() => remove.mutate(asked.kind)}
              onClose={close}
            />
          )}
        </>
      )}
    </Loaded>
  );
}

type Mark = { readonly id: string; readonly as: NonNullable<AdvisoryView["mark"]>["as"] | null };

/** Every answer is the whole page. */
function usePosture(close: () => void) {
  const t = useWords("posture");
  const client = useQueryClient();
  const page = useQuery({ queryKey: key, queryFn: () => call("GET", "/api/posture") });
  const onSuccess = (next: typeof page.data) => client.setQueryData(key, next);
  const set = useMutation({
    mutationFn: ({ kind, wish }: { kind: FeedKind; wish: FeedWish }) =>
      call("PUT", "/api/posture/feeds/:kind", {
        params: { kind },
        body: { ...wish, keywords: [...wish.keywords] },
      }),
    onSuccess(next) {
      onSuccess(next);
      close();
      toast(t("saved"));
    },
  });
  const remove = useMutation({
    mutationFn: (kind: FeedKind) => call("DELETE", "/api/posture/feeds/:kind", { params: { kind } }),
    onSuccess(next) {
      onSuccess(next);
      close();
      toast(t("removed"));
    },
  });
  const check = useMutation({
    mutationFn: (kind: FeedKind) => call("POST", "/api/posture/feeds/:kind/check", { params: { kind } }),
    onSuccess,
  });
  const mark = useMutation({
    mutationFn: (body: Mark) => call("POST", "/api/posture/advisories/mark", { body }),
    onSuccess,
  });
  return { page, set, remove, check, mark };
}
