import { useEffect, useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { Waiting } from "../../ui/progress.tsx";
import { AskLinkView, type AskLinkViewProps } from "./ask-link-view.tsx";

export function AskLinkScreen(): ReactNode {
  const t = useWords("recovery");
  const account = useWords("account");
  const [state, setState] = useState<AskLinkViewProps["state"] | undefined>(undefined);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  usePageTitle(t("title"));

  useEffect(() => {
    call("GET", "/api/recovery").then(
      ({ byMail }) => setState(byMail ? "form" : "off"),
      (error: unknown) => {
        // The form is there all the same: asking says again what stands against it.
        setState("form");
        setProblem(problemText(account, error));
      },
    );
  }, [account]);

  const submit = async (email: string) => {
    setWorking(true);
    setProblem(undefined);
    try {
      await call("POST", "/api/recovery", { body: { email } });
      setState("sent");
    } catch (error) {
      setProblem(problemText(account, error));
    } finally {
      setWorking(false);
    }
  };
  if (state === undefined) return <Waiting>{t("loading")}</Waiting>;
  return (
    <AskLinkView state={state} working={working} problem={problem} onSubmit={(email) => void submit(email)} />
  );
}
