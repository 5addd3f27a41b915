import { useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { useParam } from "../../app-shell/location.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { announce } from "../../ui/announcer.tsx";
import { PasscodePageView, type PageStage } from "./passcode-page-view.tsx";

/** Nothing is asked of the server until a button is pressed: opening the page uses nothing up (INV-1). */
export function PasscodePageScreen(): ReactNode {
  const t = useWords("passcode-page");
  const account = useWords("account");
  const token = useParam("token");
  const [stage, setStage] = useState<PageStage>({ kind: "ask" });
  const [code, setCode] = useState("");
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  usePageTitle(t("title"));

  const run = async (work: () => Promise<void>) => {
    setWorking(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      const known = ["code_not_accepted", "bad_request", "not_found"].includes(codeOf(error) ?? "");
      setProblem(known ? t("refused") : problemText(account, error));
    } finally {
      setWorking(false);
    }
  };
  const ask = () =>
    void run(async () => {
      await call("POST", "/api/passcode-pages/:token/code", { params: { token }, body: {} });
      setCode("");
      setStage({ kind: "code" });
      announce(t("sent"));
    });
  const open = () => {
    if (code.length === 0) return setProblem(t("codeCheck"));
    void run(async () => {
      const { passcode } = await call("POST", "/api/passcode-pages/:token/open", {
        params: { token },
        body: { code },
      });
      setStage({ kind: "shown", passcode });
      announce(t("shown"));
    });
  };
  return (
    <PasscodePageView
      stage={stage}
      code={code}
      working={working}
      problem={problem}
      onCode={setCode}
      onAsk={ask}
      onOpen={open}
    />
  );
}
