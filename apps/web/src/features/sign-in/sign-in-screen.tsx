import type { FactorMethod } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { ApiError, call } from "../../api/client.ts";
import { navigate } from "../../app-shell/location.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { takeReturn } from "../../app-shell/return-path.ts";
import { takeSignedOut } from "../../app-shell/signed-out.ts";
import { askPasskey, passkeysPossible } from "../../app-shell/second-factor/passkey-device.ts";
import { useWords } from "../../i18n/words.ts";
import { SecondStep } from "./second-step.tsx";
import { SignInView } from "./sign-in-view.tsx";
import { useProviders } from "./use-providers.ts";
import { useSecondStep } from "./use-second-step.ts";

const enter = () => navigate(takeReturn(), { replace: true });

export function SignInScreen(): ReactNode {
  const t = useWords("sign-in");
  const words = useWords("second-factor");
  const account = useWords("account");
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [methods, setMethods] = useState<readonly FactorMethod[]>([]);
  const step = useSecondStep({ methods, setMethods, onAgain: setProblem });
  const offered = useProviders();
  const [signedOut] = useState(takeSignedOut);
  usePageTitle(t("title"));
  const attempt = async (work: () => Promise<void>) => {
    setWorking(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof ApiError ? problemText(account, error) : words("passkey.failed"));
    } finally {
      setWorking(false);
    }
  };
  const byPassword = (email: string, password: string) =>
    void attempt(async () => {
      const answer = await call("POST", "/api/sign-in", { body: { email, password } });
      if ("step" in answer && answer.step === "secondFactor") setMethods(answer.methods);
      else enter();
    });
  const byProvider = (providerId: string) =>
    void attempt(async () => {
      const { url } = await call("POST", "/api/sign-in/providers/:providerId", { params: { providerId } });
      location.assign(url);
    });
  const end = (providerId: string) =>
    void attempt(async () => {
      const path = "/api/sign-in/providers/:providerId/end";
      const { url } = await call("POST", path, { params: { providerId } }).catch((error: unknown) => {
        if (codeOf(error) === "not_found") return { url: null };
        throw error;
      });
      if (url === null) setProblem(t("signedOut.noWay"));
      else location.assign(url);
    });
  const alone = () =>
    void attempt(async () => {
      const response = await askPasskey(await call("POST", "/api/sign-in/passkey/options"));
      await call("POST", "/api/sign-in/passkey", { body: { response } });
      enter();
    });
  if (methods.length > 0) return <SecondStep {...step} onBack={() => setMethods([])} />;
  const passkey = passkeysPossible() ? { onPasskey: alone } : {};
  return (
    <SignInView
      {...{ working, problem, offered, ...passkey }}
      onSubmit={byPassword}
      onProvider={byProvider}
      signedOut={signedOut?.name}
      onEnd={() => signedOut !== undefined && end(signedOut.id)}
    />
  );
}
