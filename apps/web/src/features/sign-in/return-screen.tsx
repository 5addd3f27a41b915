import type { FactorMethod } from "@sekisho/contract";
import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { ApiError, call } from "../../api/client.ts";
import { navigate, useParam } from "../../app-shell/location.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { takeErrand, takeReturn } from "../../app-shell/return-path.ts";
import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";
import { ReturnView, type ReturnProblem } from "./return-view.tsx";
import { SecondStep } from "./second-step.tsx";
import { useSecondStep } from "./use-second-step.ts";

const problems: Readonly<Record<string, ReturnProblem>> = {
  sign_in_again: "again",
  not_found: "again",
  provider_refused: "refused",
  account_not_linked: "notLinked",
  already_tied: "tied",
};

const toSignIn = () => navigate("/signin", { replace: true });

export function ReturnScreen(): ReactNode {
  const t = useWords("sign-in");
  const account = useWords("account");
  const providerId = useParam("providerId");
  const [errand] = useState(takeErrand);
  const [error, setError] = useState<unknown>(undefined);
  const [methods, setMethods] = useState<readonly FactorMethod[]>([]);
  const step = useSecondStep({ methods, setMethods, onAgain: toSignIn });
  usePageTitle(t("return.title"));
  const toErrand = useCallback(
    (said: string) => {
      toast(said);
      navigate(errand?.path ?? "/me/security", { replace: true });
    },
    [errand],
  );
  const onLinked = useCallback((name: string) => toErrand(t("return.linked", { name })), [t, toErrand]);
  const onConfirmed = useCallback(() => toErrand(t("return.confirmed")), [t, toErrand]);
  useFinish(providerId, { onMethods: setMethods, onProblem: setError, onLinked, onConfirmed });
  if (methods.length > 0) return <SecondStep {...step} onBack={toSignIn} />;
  return (
    <ReturnView
      problem={error === undefined ? undefined : (problems[codeOf(error) ?? ""] ?? "other")}
      text={error === undefined ? undefined : problemText(account, error)}
      reference={error instanceof ApiError ? error.failure.reference : null}
      errand={errand?.kind}
      onBack={errand === undefined ? toSignIn : () => navigate(errand.path, { replace: true })}
    />
  );
}

interface Answers {
  onMethods: (methods: readonly FactorMethod[]) => void;
  onProblem: (error: unknown) => void;
  onLinked: (name: string) => void;
  onConfirmed: () => void;
}

/** Once: what came back is good for one try, and does not stay in the address. */
function useFinish(providerId: string, answers: Answers): void {
  const sent = useRef(false);
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    const answer = location.search.slice(1);
    history.replaceState(history.state, "", location.pathname);
    finish(providerId, answer, answers).catch(answers.onProblem);
  }, [providerId, answers]);
}

async function finish(providerId: string, answer: string, answers: Answers): Promise<void> {
  const came = await call("POST", "/api/sign-in/providers/:providerId/finish", {
    params: { providerId },
    body: { answer },
  });
  if (!("step" in came)) navigate(takeReturn(), { replace: true });
  else if (came.step === "secondFactor") answers.onMethods(came.methods);
  else if (came.step === "tried") navigate("/admin/signin", { replace: true });
  else if (came.step === "linked") answers.onLinked(came.name);
  else if (came.step === "confirmed") answers.onConfirmed();
  else navigate(takeReturn(), { replace: true });
}
