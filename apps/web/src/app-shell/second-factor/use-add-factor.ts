import type { OwnFactors, TotpSetup } from "@sekisho/contract";
import { useState } from "react";
import { ApiError, call } from "../../api/client.ts";
import { useWords } from "../../i18n/words.ts";
import { codeOf, problemText } from "../problem.ts";
import { makePasskey } from "./passkey-device.ts";

export interface Added {
  readonly factors: OwnFactors;
  readonly codes: readonly string[] | null;
}

type Run = <T>(action: () => Promise<T>) => Promise<T>;

/** Adding an app or a passkey. `run` asks for a fresh proof where one is needed. */
export function useAddFactor(run: Run, onAdded: (added: Added) => void) {
  const t = useWords("second-factor");
  const account = useWords("account");
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [setup, setSetup] = useState<TotpSetup | undefined>(undefined);
  const attempt = async (work: () => Promise<void>) => {
    setWorking(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      // A confirmation that was put aside is no problem.
      if (!["confirm_first", "second_factor_needed"].includes(codeOf(error) ?? ""))
        setProblem(error instanceof ApiError ? problemText(account, error) : t("passkey.failed"));
    } finally {
      setWorking(false);
    }
  };
  return {
    working,
    problem,
    setup,
    closeTotp: () => setSetup(undefined),
    beginTotp: () =>
      void attempt(async () => setSetup(await run(() => call("POST", "/api/me/second-factor/totp")))),
    confirmTotp: (code: string) =>
      void attempt(async () => {
        onAdded(await call("POST", "/api/me/second-factor/totp/confirm", { body: { code } }));
        setSetup(undefined);
      }),
    addPasskey: (name: string) =>
      void attempt(async () => {
        const options = await run(() => call("POST", "/api/me/second-factor/passkeys/options"));
        const response = await makePasskey(options);
        onAdded(await call("POST", "/api/me/second-factor/passkeys", { body: { name, response } }));
      }),
  };
}
