import type { FactorMethod, FactorProof } from "@sekisho/contract";
import { useState } from "react";
import { ApiError, call } from "../../api/client.ts";
import { navigate } from "../../app-shell/location.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { takeReturn } from "../../app-shell/return-path.ts";
import type { CodeMethod } from "../../app-shell/second-factor/factor-form.tsx";
import { askPasskey, passkeysPossible } from "../../app-shell/second-factor/passkey-device.ts";
import { useWords } from "../../i18n/words.ts";

export interface SecondStepWish {
  methods: readonly FactorMethod[];
  setMethods: (methods: readonly FactorMethod[]) => void;
  /** Too late, or too many tries: from the beginning. */
  onAgain: (problem: string) => void;
}

/** The second of two steps, whichever the first one was. */
export function useSecondStep({ methods, setMethods, onAgain }: SecondStepWish) {
  const account = useWords("account");
  const words = useWords("second-factor");
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const second = async (proof: () => Promise<FactorProof>) => {
    setWorking(true);
    setProblem(undefined);
    try {
      await call("POST", "/api/sign-in/second-factor", { body: await proof() });
      navigate(takeReturn(), { replace: true });
    } catch (error) {
      const text = error instanceof ApiError ? problemText(account, error) : words("passkey.failed");
      setProblem(text);
      if (codeOf(error) === "sign_in_again") {
        setMethods([]);
        onAgain(text);
      }
    } finally {
      setWorking(false);
    }
  };
  return {
    methods: possible(methods),
    working,
    problem,
    onMethod: () => setProblem(undefined),
    onPasskey: () =>
      void second(async () => ({
        method: "passkey",
        response: await askPasskey(await call("POST", "/api/sign-in/passkey/options")),
      })),
    onCode: (method: CodeMethod, code: string) => void second(async () => ({ method, code })),
  };
}

/** A passkey that this browser cannot use is no way here; what is left may be a recovery code. */
function possible(methods: readonly FactorMethod[]): readonly FactorMethod[] {
  const here = methods.filter((one) => one !== "passkey" || passkeysPossible());
  return here.length > 0 ? here : methods;
}
