import type { FactorMethod, FactorProof } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { ApiError, call } from "../../api/client.ts";
import { navigate } from "../../app-shell/location.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { takeReturn } from "../../app-shell/return-path.ts";
import { askPasskey, passkeysPossible } from "../../app-shell/second-factor/passkey-device.ts";
import { useWords } from "../../i18n/words.ts";
import { SecondStep } from "./second-step.tsx";
import { SignInView } from "./sign-in-view.tsx";

const enter = () => navigate(takeReturn(), { replace: true });
const challenge = () => call("POST", "/api/sign-in/passkey/options");

export function SignInScreen(): ReactNode {
  const t = useWords("sign-in");
  const words = useWords("second-factor");
  const account = useWords("account");
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [methods, setMethods] = useState<readonly FactorMethod[]>([]);
  usePageTitle(t("title"));
  const attempt = async (work: () => Promise<void>) => {
    setWorking(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      // Too late, or too many tries: the password again.
      if (codeOf(error) === "sign_in_again") setMethods([]);
      setProblem(error instanceof ApiError ? problemText(account, error) : words("passkey.failed"));
    } finally {
      setWorking(false);
    }
  };
  const byPassword = (email: string, password: string) =>
    void attempt(async () => {
      const answer = await call("POST", "/api/sign-in", { body: { email, password } });
      if ("step" in answer && answer.step === "secondFactor") setMethods(possible(answer.methods));
      else enter();
    });
  const second = (proof: () => Promise<FactorProof>) =>
    void attempt(async () => {
      await call("POST", "/api/sign-in/second-factor", { body: await proof() });
      enter();
    });
  const alone = () =>
    void attempt(async () => {
      const response = await askPasskey(await challenge());
      await call("POST", "/api/sign-in/passkey", { body: { response } });
      enter();
    });
  if (methods.length > 0)
    return (
      <SecondStep
        methods={methods}
        working={working}
        problem={problem}
        onMethod={() => setProblem(undefined)}
        onPasskey={() =>
          second(async () => ({ method: "passkey", response: await askPasskey(await challenge()) }))
        }
        onCode={(method, code) => second(async () => ({ method, code }))}
        onBack={() => {
          setMethods([]);
          setProblem(undefined);
        }}
      />
    );
  const passkey = passkeysPossible() ? { onPasskey: alone } : {};
  return <SignInView working={working} problem={problem} onSubmit={byPassword} {...passkey} />;
}

/** A passkey that this browser cannot use is no way here; what is left may be a recovery code. */
function possible(methods: readonly FactorMethod[]): readonly FactorMethod[] {
  const here = methods.filter((one) => one !== "passkey" || passkeysPossible());
  return here.length > 0 ? here : methods;
}
