import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FactorDemand } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { useMe } from "../../app-shell/me.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { useConfirmed } from "../../app-shell/second-factor/use-confirmed.tsx";
import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";
import { FactorRuleView } from "./factor-rule-view.tsx";

const key = ["factor-rule"];

export function FactorRule(): ReactNode {
  const t = useWords("second-factor");
  const account = useWords("account");
  const me = useMe();
  const client = useQueryClient();
  const { run, dialog } = useConfirmed();
  const [saved, setSaved] = useState(0);
  const rule = useQuery({ queryKey: key, queryFn: () => call("GET", "/api/organisation/second-factor") });
  const save = useMutation({
    mutationFn: (demands: FactorDemand[]) =>
      run(() => call("PUT", "/api/organisation/second-factor", { body: { demands } })),
    onSuccess: () => {
      toast(t("rule.saved"));
      setSaved((times) => times + 1);
      void client.invalidateQueries({ queryKey: key });
      // One's own session may be one without a second factor.
      void client.invalidateQueries({ queryKey: ["me"] });
    },
  });
  const putAside = ["confirm_first", "second_factor_needed"].includes(codeOf(save.error) ?? "");
  return (
    <Loaded query={rule}>
      {(data) => (
        <>
          <FactorRuleView
            key={saved}
            rule={data}
            isOwner={me.role === "owner"}
            working={save.isPending}
            problem={save.error === null || putAside ? undefined : problemText(account, save.error)}
            onSave={(demands) => save.mutate(demands)}
          />
          {dialog}
        </>
      )}
    </Loaded>
  );
}
