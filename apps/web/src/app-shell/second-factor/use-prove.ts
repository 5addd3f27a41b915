import type { Confirmation, OwnFactors } from "@sekisho/contract";
import { useState } from "react";
import { ApiError, call } from "../../api/client.ts";
import { useWords } from "../../i18n/words.ts";
import { rememberErrand } from "../return-path.ts";
import { problemText } from "../problem.ts";
import { askPasskey } from "./passkey-device.ts";
import type { CodeMethod } from "./factor-form.tsx";

/** A proof in a session: what the forms need, and what they are told. */
export function useProve(onProved: (factors: OwnFactors) => void) {
  const t = useWords("second-factor");
  const account = useWords("account");
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const attempt = async (work: () => Promise<void>) => {
    setWorking(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof ApiError ? problemText(account, error) : t("passkey.failed"));
    } finally {
      setWorking(false);
    }
  };
  const run = (proof: () => Promise<Confirmation>) =>
    attempt(async () => onProved(await call("POST", "/api/me/confirm", { body: await proof() })));
  return {
    working,
    problem,
    onMethod: () => setProblem(undefined),
    onPassword: (password: string) => void run(async () => ({ method: "password", password })),
    onCode: (method: CodeMethod, code: string) => void run(async () => ({ method, code })),
    /** Leaves the page; what was to be done is done again by whoever comes back. */
    onProvider: (providerId: string) =>
      void attempt(async () => {
        const path = "/api/me/providers/:providerId/confirm";
        const { url } = await call("POST", path, { params: { providerId } });
        rememberErrand({ kind: "confirm", path: location.pathname });
        location.assign(url);
      }),
    onPasskey: () =>
      void run(async () => ({
        method: "passkey",
        response: await askPasskey(await call("POST", "/api/me/confirm/options")),
      })),
  };
}
