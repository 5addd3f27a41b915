import type { RegistrationForm } from "@sekisho/contract";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { ApiError, call } from "../../api/client.ts";
import { useParam } from "../../app-shell/location.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { useLanguage, useWords } from "../../i18n/words.ts";
import { announce } from "../../ui/announcer.tsx";
import { focusFirstError, useAfterDraw } from "../../ui/form.tsx";
import { Waiting } from "../../ui/progress.tsx";
import { FormView } from "./form-view.tsx";
import { Closed, Sent, Unknown, Unreachable } from "./messages.tsx";
import {
  emptyValues,
  gapsOf,
  inputOf,
  problemOf,
  type FormProblem,
  type RegistrationValues,
} from "./registration-model.ts";

type Loaded = RegistrationForm | "unknown" | "unreachable" | undefined;

/** `/r/:formId`: the form, or why it cannot be filled in. */
export function FormScreen(): ReactNode {
  const formId = useParam("formId");
  const t = useWords("registration");
  const [form, setForm] = useState<Loaded>(undefined);
  const [sentTo, setSentTo] = useState<string | null>(null);
  usePageTitle(t("title"));
  const load = useCallback(async () => {
    try {
      setForm(await call("GET", "/api/r/:formId", { params: { formId } }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { code } = error.failure;
      setForm(code === "not_found" || code === "bad_request" ? "unknown" : "unreachable");
    }
  }, [formId]);
  useEffect(() => void load(), [load]);
  if (form === undefined) return <Waiting>{t("loading")}</Waiting>;
  if (form === "unknown") return <Unknown />;
  if (form === "unreachable") return <Unreachable onRetry={() => void load()} />;
  if (sentTo !== null) return <Sent form={form} address={sentTo} onAgain={() => setSentTo(null)} />;
  if (form.state !== "open") return <Closed form={form} />;
  return <Filling form={form} formId={formId} onSent={setSentTo} onStale={() => void load()} />;
}

interface FillingProps {
  form: RegistrationForm;
  formId: string;
  onSent: (address: string) => void;
  /** The form is not as it was when it was opened. */
  onStale: () => void;
}

function Filling({ form, formId, onSent, onStale }: FillingProps): ReactNode {
  const t = useWords("registration");
  const lang = useLanguage();
  const [values, setValues] = useState<RegistrationValues>(emptyValues);
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const [working, setWorking] = useState(false);
  const afterDraw = useAfterDraw();

  function show(next: FormProblem) {
    setProblem(next);
    if (next.kind !== "fields") return;
    announce(t("fix"), "assertive");
    afterDraw(() => focusFirstError());
  }

  async function submit() {
    if (working) return;
    const errors = gapsOf(values, form);
    if (Object.keys(errors).length > 0) return show({ kind: "fields", errors });
    setProblem(null);
    setWorking(true);
    try {
      await call("POST", "/api/r/:formId", { params: { formId }, body: inputOf(values, form, lang) });
      onSent(values.email.trim());
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const next = problemOf(error.failure, Date.now());
      if (next === null) onStale();
      else show(next);
    } finally {
      setWorking(false);
    }
  }

  return (
    <FormView
      form={form}
      values={values}
      onChange={(change) => setValues({ ...values, ...change })}
      problem={problem}
      working={working}
      onSubmit={() => void submit()}
    />
  );
}
