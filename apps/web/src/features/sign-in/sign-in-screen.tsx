import { useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { navigate } from "../../app-shell/location.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { problemText } from "../../app-shell/problem.ts";
import { takeReturn } from "../../app-shell/return-path.ts";
import { useWords } from "../../i18n/words.ts";
import { SignInView } from "./sign-in-view.tsx";

export function SignInScreen(): ReactNode {
  const t = useWords("sign-in");
  const account = useWords("account");
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  usePageTitle(t("title"));
  const submit = async (email: string, password: string) => {
    setWorking(true);
    setProblem(undefined);
    try {
      await call("POST", "/api/sign-in", { body: { email, password } });
      navigate(takeReturn(), { replace: true });
    } catch (error) {
      setProblem(problemText(account, error));
    } finally {
      setWorking(false);
    }
  };
  return <SignInView working={working} problem={problem} onSubmit={(...given) => void submit(...given)} />;
}
