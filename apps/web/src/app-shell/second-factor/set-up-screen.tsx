import type { OwnFactors } from "@sekisho/contract";
import { useEffect, useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { LoadProblem } from "../load-state.tsx";
import { navigate } from "../location.ts";
import { usePageTitle } from "../page-title.ts";
import { useWords } from "../../i18n/words.ts";
import { methodsOf } from "./confirm-dialog.tsx";
import { passkeysPossible } from "./passkey-device.ts";
import { SetUpView } from "./set-up-view.tsx";
import { useAddFactor } from "./use-add-factor.ts";
import { useConfirmed } from "./use-confirmed.tsx";
import { useProve } from "./use-prove.ts";

/** Stands where the page would stand, so that its address is kept for afterwards. */
export function SetUpScreen({ onDone }: { onDone: () => void }): ReactNode {
  const t = useWords("second-factor");
  const [factors, setFactors] = useState<OwnFactors | undefined>(undefined);
  const [failed, setFailed] = useState<unknown>(undefined);
  const [codes, setCodes] = useState<readonly string[] | undefined>(undefined);
  usePageTitle(t("setUp.title"));
  const load = () => {
    setFailed(undefined);
    call("GET", "/api/me/second-factor").then(setFactors, setFailed);
  };
  useEffect(load, []);
  const prove = useProve(onDone);
  const { run, dialog } = useConfirmed();
  const add = useAddFactor(run, (added) => (added.codes === null ? onDone() : setCodes(added.codes)));
  if (failed !== undefined) return <LoadProblem error={failed} retry={load} />;
  if (factors === undefined) return null;
  const known = codes === undefined ? methodsOf(factors) : [];
  const { working, problem } = known.length > 0 ? prove : add;
  return (
    <>
      <SetUpView
        methods={known}
        passkeys={passkeysPossible()}
        setup={add.setup}
        codes={codes}
        working={working}
        problem={problem}
        onPasskey={prove.onPasskey}
        onCode={prove.onCode}
        onAddPasskey={() => add.addPasskey(t("passkey.firstName"))}
        onBeginTotp={add.beginTotp}
        onTotpCode={add.confirmTotp}
        onDone={onDone}
        onSignOut={() =>
          void call("POST", "/api/sign-out").finally(() => navigate("/signin", { replace: true }))
        }
      />
      {dialog}
    </>
  );
}
