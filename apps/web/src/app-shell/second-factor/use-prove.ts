import type { Confirmation, OwnFactors } from "@sekisho/contract";
import { useState } from "react";
import { ApiError, call } from "../../api/client.ts";
import { useWords } from "../../i18n/words.ts";
import { problemText } from "../problem.ts";
import { askPasskey } from "./passkey-device.ts";
import type { CodeMethod } from "./factor-form.tsx";

/** A proof in a session: what the forms need, and what they are told. */
export function useProve(onProved: (factors: OwnFactors) => void) {
  const t = useWords("second-factor");
  const account = useWords("account");
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const run = async (proof: () => Promise<Confirmation>) => {
    setWorking(true);
    setProblem(undefined);
    try {
      onProved(await call("POST", "/api/me/confirm", { body: await proof() }));
    } catch (error) {
      setProblem(error instanceof ApiError ? problemText(account, error) : t("passkey.failed"));
    } finally {
      setWorking(false);
    }
  };
  return {
    working,
    problem,
    onMethod: () => setProblem(undefined),
    onPassword: (password: string) => void run(async () => ({ method: "password", password })),
    onCode: (method: CodeMethod, code: string) => void run(async () => ({ method, code })),
    onPasskey: () =>
      void run(async () => ({
        method: "passkey",
        response: await askPasskey(await call("POST", "/api/me/confirm/options")),
      })),
  };
}
