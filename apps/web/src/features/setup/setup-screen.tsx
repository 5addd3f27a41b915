import { useCallback, useEffect, useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { navigate, useParam } from "../../app-shell/location.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { useLanguage, useWords } from "../../i18n/words.ts";
import { LinkInvalid } from "./link-invalid.tsx";
import { SetupView, type SetupAnswers, type SetupFact } from "./setup-view.tsx";

export function SetupScreen(): ReactNode {
  const t = useWords("setup");
  const account = useWords("account");
  const lang = useLanguage();
  const token = useParam("token");
  const [facts, setFacts] = useState<readonly SetupFact[] | undefined>(undefined);
  const [invalid, setInvalid] = useState(false);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  usePageTitle(t("title"));

  const fail = useCallback(
    (error: unknown) => {
      // A token of another shape is refused as a bad request: for the reader that is the same link that does not work.
      if (["setup_link_invalid", "bad_request", "not_found"].includes(codeOf(error) ?? "")) setInvalid(true);
      else setProblem(problemText(account, error));
    },
    [account],
  );
  const check = useCallback(() => {
    setFacts(undefined);
    setProblem(undefined);
    call("GET", "/api/setup/:token", { params: { token } }).then((answer) => setFacts(answer.facts), fail);
  }, [token, fail]);
  useEffect(check, [check]);

  const submit = async (answers: SetupAnswers) => {
    setWorking(true);
    setProblem(undefined);
    try {
      await call("POST", "/api/setup/:token", { params: { token }, body: { ...answers, locale: lang } });
      navigate("/", { replace: true });
    } catch (error) {
      if (codeOf(error) === "setup_link_invalid") setInvalid(true);
      else setProblem(problemText(account, error));
    } finally {
      setWorking(false);
    }
  };
  if (invalid) return <LinkInvalid title={t("title")}>{t("invalid")}</LinkInvalid>;
  return (
    <SetupView
      facts={facts}
      working={working}
      problem={problem}
      address={location.origin}
      onCheck={check}
      onSubmit={(answers) => void submit(answers)}
    />
  );
}
