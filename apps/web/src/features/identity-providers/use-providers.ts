import type { ProviderRule, ProviderWish } from "@sekisho/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../api/client.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { useConfirmed } from "../../app-shell/second-factor/use-confirmed.tsx";
import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";

interface Steps {
  readonly onSaved: () => void;
  readonly onDone: () => void;
}

type Work = { readonly what: string; readonly run: () => Promise<unknown>; readonly done: () => void };

const key = ["identity-providers"];

/** One thing at a time: what is being done, what went wrong, and a fresh proof where the server asks for one. */
export function useProviders({ onSaved, onDone }: Steps) {
  const t = useWords("identity-providers");
  const account = useWords("account");
  const queries = useQueryClient();
  const { run, dialog } = useConfirmed();
  const [what, setWhat] = useState<string | undefined>(undefined);
  const list = useQuery({ queryKey: key, queryFn: () => call("GET", "/api/organisation/providers") });
  const work = useMutation({
    mutationFn: (wish: Work) => run(wish.run),
    onSuccess(_answer, wish) {
      wish.done();
      void queries.invalidateQueries({ queryKey: key });
    },
    onSettled: () => setWhat(undefined),
  });
  const start = (wish: Work) => {
    setWhat(wish.what);
    work.mutate(wish);
  };
  const said = (text: string) => () => {
    onDone();
    toast(text);
  };
  const putAside = ["confirm_first", "second_factor_needed"].includes(codeOf(work.error) ?? "");
  return {
    list,
    dialog,
    working: work.isPending ? what : undefined,
    problem: work.error === null || putAside ? undefined : problemText(account, work.error),
    onTry: (providerId: string) =>
      start({
        what: providerId,
        run: async () => {
          const path = "/api/organisation/providers/:providerId/trial";
          location.assign((await call("POST", path, { params: { providerId } })).url);
        },
        done: () => undefined,
      }),
    onSwitch: (providerId: string, enabled: boolean) =>
      start({
        what: providerId,
        run: () =>
          call("PUT", "/api/organisation/providers/:providerId/enabled", {
            params: { providerId },
            body: { enabled },
          }),
        done: said(t(enabled ? "switchedOn" : "switchedOff")),
      }),
    onRemove: (providerId: string) =>
      start({
        what: providerId,
        run: () => call("DELETE", "/api/organisation/providers/:providerId", { params: { providerId } }),
        done: said(t("removed")),
      }),
    onSave: (providerId: string | undefined, body: ProviderWish) =>
      start({
        what: "save",
        run: () =>
          providerId === undefined
            ? call("POST", "/api/organisation/providers", { body })
            : call("PUT", "/api/organisation/providers/:providerId", { params: { providerId }, body }),
        done: () => {
          onSaved();
          toast(t("saved"));
        },
      }),
    onRule: (body: ProviderRule) =>
      start({
        what: "rule",
        run: () => call("PUT", "/api/organisation/provider-rule", { body }),
        done: () => toast(t("saved")),
      }),
  };
}
