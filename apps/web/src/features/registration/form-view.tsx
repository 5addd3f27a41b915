import type { RegistrationForm } from "@sekisho/contract";
import { type ReactNode } from "react";
import { useWords, type Words } from "../../i18n/words.ts";
import { LanguageButton } from "../../meeting-shell/language-button.tsx";
import { Button } from "../../ui/button.tsx";
import { Radios } from "../../ui/choice.tsx";
import { FieldBox } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { GuestFrame } from "../../ui/guest-frame.tsx";
import { Note } from "../../ui/note.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { AboutMeeting } from "./about-meeting.tsx";
import type { FormProblem, RegistrationField, RegistrationValues } from "./registration-model.ts";
import styles from "./registration.module.css";
import { WaitNote } from "./wait-note.tsx";

export interface FormViewProps {
  form: RegistrationForm;
  values: RegistrationValues;
  onChange: (change: Partial<RegistrationValues>) => void;
  problem: FormProblem | null;
  working: boolean;
  onSubmit: () => void;
}

/** Name, organisation and address, then the host's own questions; the page behind the form's own link. */
export function FormView(props: FormViewProps): ReactNode {
  const { form, problem, working } = props;
  const t = useWords("registration");
  return (
    <GuestFrame
      organisation={form.organisation.name}
      side={<LanguageButton />}
      foot={
        <Button
          kind="primary"
          size="large"
          wide
          onClick={props.onSubmit}
          busy={working ? t("sending") : undefined}
        >
          {t(form.waitingList ? "submitWaiting" : "submit")}
        </Button>
      }
    >
      <Form className={styles["form"]} label={t("title")} onSubmit={() => !working && props.onSubmit()}>
        <header>
          <h1 className={styles["title"]}>{t("title")}</h1>
          <AboutMeeting meeting={form.meeting} />
        </header>
        {form.note !== "" && <p className={styles["note"]}>{form.note}</p>}
        {form.waitingList && <Note tone="warn">{t("waitingList")}</Note>}
        {form.looked && <Note tone="info">{t("looked")}</Note>}
        {problem?.kind === "wait" && <WaitNote until={problem.until} />}
        {problem?.kind === "failed" && (
          <Note tone="danger" role="alert">
            {t("failed")}
          </Note>
        )}
        <Own {...props} />
        {form.questions.map((question) => (
          <Question key={question.id} question={question} {...props} />
        ))}
        <p className={styles["kept"]}>{t("kept", { count: form.keptDays })}</p>
        {/* Enter sends a form only where it holds a button that does; the one to press stands in the foot. */}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </Form>
    </GuestFrame>
  );
}

function Own({ values, onChange, problem }: FormViewProps): ReactNode {
  const t = useWords("registration");
  return (
    <>
      <TextField
        required
        name="name"
        label={t("name")}
        autoComplete="name"
        maxLength={64}
        value={values.name}
        error={errorAt(t, problem, "name")}
        onChange={(name) => onChange({ name })}
      />
      <TextField
        name="organisation"
        label={t("organisation")}
        autoComplete="organization"
        maxLength={64}
        value={values.organisation}
        error={errorAt(t, problem, "organisation")}
        onChange={(organisation) => onChange({ organisation })}
      />
      <TextField
        required
        name="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={320}
        label={t("email")}
        hint={t("email.hint")}
        value={values.email}
        error={errorAt(t, problem, "email")}
        onChange={(email) => onChange({ email })}
      />
    </>
  );
}

type QuestionProps = FormViewProps & { question: RegistrationForm["questions"][number] };

/** Four choices can be seen at once; more are a list. */
const mostRadios = 4;

function Question({ question, values, onChange, problem }: QuestionProps): ReactNode {
  const t = useWords("registration");
  const { id, kind, label, required, options } = question;
  const field = {
    ...{ label, required: required || undefined, value: values.answers[id] ?? "" },
    error: errorAt(t, problem, `answers.${id}`),
    onChange: (text: string) => onChange({ answers: { ...values.answers, [id]: text } }),
  };
  if (kind === "long") return <TextArea {...field} maxLength={2000} rows={4} />;
  if (kind === "short") return <TextField {...field} maxLength={200} />;
  const choices = options.map((option) => ({ value: option, label: option }));
  if (options.length > mostRadios)
    return <SelectField {...field} options={[{ value: "", label: t("choose") }, ...choices]} />;
  return (
    <FieldBox group label={label} required={field.required} error={field.error}>
      {({ describedBy }) => (
        <Radios
          label={label}
          describedBy={describedBy}
          value={field.value}
          options={choices}
          onChange={field.onChange}
        />
      )}
    </FieldBox>
  );
}

function errorAt(
  t: Words<"registration">,
  problem: FormProblem | null,
  field: RegistrationField,
): string | undefined {
  const error = problem?.kind === "fields" ? problem.errors[field] : undefined;
  if (error === undefined) return undefined;
  const own = field === "name" || field === "organisation" || field === "email" ? field : "answer";
  return t(error === "missing" ? "error.missing" : `error.${own}`);
}
