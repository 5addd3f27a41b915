import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { OwnFactors } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { passkeysPossible } from "../../app-shell/second-factor/passkey-device.ts";
import { useAddFactor } from "../../app-shell/second-factor/use-add-factor.ts";
import { useConfirmed } from "../../app-shell/second-factor/use-confirmed.tsx";
import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";
import { FactorsSection } from "./factors-section.tsx";

const key = ["factors"];

/** `onOffer`: after a change, ending other sessions is offered. */
export function OwnFactorsSection({ onOffer }: { onOffer: () => void }): ReactNode {
  const t = useWords("second-factor");
  const account = useWords("account");
  const client = useQueryClient();
  const [codes, setCodes] = useState<readonly string[] | undefined>(undefined);
  const query = useQuery({ queryKey: key, queryFn: () => call("GET", "/api/me/second-factor") });
  const { run, dialog } = useConfirmed();
  const keep = (factors: OwnFactors) => {
    client.setQueryData(key, factors);
    toast(t("saved"));
  };
  const add = useAddFactor(run, (added) => {
    keep(added.factors);
    if (added.codes === null) onOffer();
    else setCodes(added.codes);
  });
  const change = useMutation({
    mutationFn: (work: () => Promise<OwnFactors>) => run(work),
    onSuccess: keep,
  });
  const remove = (work: () => Promise<OwnFactors>) => change.mutate(work, { onSuccess: onOffer });
  const renew = useMutation({
    mutationFn: () => run(() => call("POST", "/api/me/second-factor/recovery-codes")),
    onSuccess: (made) => {
      setCodes(made.codes);
      void client.invalidateQueries({ queryKey: key });
    },
  });
  const failed = [change.error, renew.error].find(
    (error) => error !== null && !["confirm_first", "second_factor_needed"].includes(codeOf(error) ?? ""),
  );
  const problem = add.problem ?? (failed === undefined ? undefined : problemText(account, failed));
  const passkey = (passkeyId: string) => ({ params: { passkeyId } });
  const path = "/api/me/second-factor/passkeys/:passkeyId";
  return (
    <Loaded query={query}>
      {(factors) => (
        <>
          <FactorsSection
            factors={factors}
            passkeysPossible={passkeysPossible()}
            setup={add.setup}
            codes={codes}
            working={add.working || change.isPending || renew.isPending}
            problem={problem ?? undefined}
            onBeginTotp={add.beginTotp}
            onTotpCode={add.confirmTotp}
            onCloseTotp={add.closeTotp}
            onAddPasskey={add.addPasskey}
            onRename={(id, name) =>
              change.mutate(() => call("PATCH", path, { ...passkey(id), body: { name } }))
            }
            onRemovePasskey={(id) => remove(() => call("DELETE", path, passkey(id)))}
            onRemoveTotp={() => remove(() => call("DELETE", "/api/me/second-factor/totp"))}
            onRenewCodes={() => renew.mutate()}
            onCodesDone={() => {
              setCodes(undefined);
              onOffer();
            }}
          />
          {dialog}
        </>
      )}
    </Loaded>
  );
}
