import type { OwnRegistration } from "@sekisho/contract";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { ApiError, call } from "../../api/client.ts";
import { navigate, useParam } from "../../app-shell/location.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { useWords } from "../../i18n/words.ts";
import { Waiting } from "../../ui/progress.tsx";
import { Message } from "./about-meeting.tsx";
import { Unknown, Unreachable } from "./messages.tsx";
import { OwnView, type OwnProblem } from "./own-view.tsx";
import styles from "./registration.module.css";

type Loaded = OwnRegistration | "unknown" | "unreachable" | "cancelled" | undefined;

const problems = { registration_full: "full", registration_closed: "closed" } as const;

/** `/r/:formId/:token`: reading it changes nothing; programs that open links confirm nothing. */
export function OwnScreen(): ReactNode {
  const t = useWords("registration");
  const params = { formId: useParam("formId"), token: useParam("token") };
  const { own, load, run, working, problem } = useOwn(params);
  usePageTitle(t("own.page"));
  if (own === undefined) return <Waiting>{t("loading")}</Waiting>;
  if (own === "unknown") return <Unknown />;
  if (own === "unreachable") return <Unreachable onRetry={() => void load()} />;
  if (own === "cancelled")
    return (
      <Message organisation="" title={t("cancelled.title")}>
        <p className={styles["text"]}>{t("cancelled.text")}</p>
      </Message>
    );
  return (
    <OwnView
      own={own}
      problem={problem}
      working={working}
      onConfirm={() => void run(() => call("POST", "/api/r/:formId/:token/confirm", { params }))}
      onOpen={() =>
        void run(async () => {
          const { link } = await call("POST", "/api/r/:formId/:token/open", { params });
          navigate(`/m/${link}`);
          return own;
        })
      }
      onCancel={() =>
        void run(async () => {
          await call("POST", "/api/r/:formId/:token/cancel", { params });
          return "cancelled";
        })
      }
    />
  );
}

function useOwn({ formId, token }: { formId: string; token: string }) {
  const [own, setOwn] = useState<Loaded>(undefined);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<OwnProblem>(null);
  const load = useCallback(async () => {
    try {
      setOwn(await call("GET", "/api/r/:formId/:token", { params: { formId, token } }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setOwn(isUnknown(error) ? "unknown" : "unreachable");
    }
  }, [formId, token]);
  useEffect(() => void load(), [load]);

  async function run(work: () => Promise<Loaded>) {
    setWorking(true);
    setProblem(null);
    try {
      setOwn(await work());
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { code } = error.failure;
      if (isUnknown(error)) setOwn("unknown");
      else if (code === "registration_full" || code === "registration_closed") setProblem(problems[code]);
      else setProblem("failed");
    } finally {
      setWorking(false);
    }
  }

  return { own, load, run, working, problem };
}

function isUnknown({ failure }: ApiError): boolean {
  return failure.code === "not_found" || failure.code === "bad_request";
}
