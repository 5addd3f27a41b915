import { useState, type ReactNode } from "react";
import { BarePage } from "../../app-shell/bare-page.tsx";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { Card, Stack } from "../../ui/page.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { emailProblem, nameProblem, passwordProblem } from "../../app-shell/account-checks.ts";
import { SetupFacts } from "./setup-facts.tsx";
import styles from "./setup.module.css";
import { Steps } from "./steps.tsx";

export interface SetupFact {
  readonly name: "database" | "media" | "https" | "clock" | "removal";
  readonly ok: boolean;
  readonly value: string;
  readonly at: number;
}

export interface SetupAnswers {
  readonly organisationName: string;
  readonly organisationAddress: string;
  readonly email: string;
  readonly displayName: string;
  readonly password: string;
}

export interface SetupViewProps {
  /** Undefined while they are being tested. */
  facts: readonly SetupFact[] | undefined;
  working: boolean;
  problem: string | undefined;
  /** This server's own address, offered as the official one. */
  address: string;
  onCheck: () => void;
  onSubmit: (answers: SetupAnswers) => void;
  initialStep?: Step;
}

type Step = 0 | 1 | 2;

export function SetupView(props: SetupViewProps): ReactNode {
  const t = useWords("setup");
  const [step, setStep] = useState<Step>(props.initialStep ?? 0);
  const [answers, setAnswers] = useState<SetupAnswers>({
    organisationName: "",
    organisationAddress: props.address,
    email: "",
    displayName: "",
    password: "",
  });
  const set = (change: Partial<SetupAnswers>) => setAnswers((before) => ({ ...before, ...change }));
  const titles = [t("step.organisation"), t("step.owner"), t("step.facts")];
  return (
    <BarePage title={t("title")} lead={t("lead")}>
      <Stack gap="field">
        <Steps label={t("steps")} titles={titles} now={step} />
        <Card>
          {step === 0 && <OrganisationStep answers={answers} set={set} onNext={() => setStep(1)} />}
          {step === 1 && (
            <OwnerStep answers={answers} set={set} onBack={() => setStep(0)} onNext={() => setStep(2)} />
          )}
          {step === 2 && (
            <Form onSubmit={() => props.onSubmit(answers)}>
              <Stack gap="field">
                <h2 className={styles["heading"]}>{t("step.facts")}</h2>
                <SetupFacts facts={props.facts} onCheck={props.onCheck} />
                {props.problem !== undefined && (
                  <Note tone="danger" role="alert">
                    {props.problem}
                  </Note>
                )}
                <div className={styles["actions"]}>
                  <Button onClick={() => setStep(1)}>{t("back")}</Button>
                  <Button
                    type="submit"
                    kind="primary"
                    size="large"
                    busy={props.working ? t("starting") : undefined}
                  >
                    {t("start")}
                  </Button>
                </div>
              </Stack>
            </Form>
          )}
        </Card>
      </Stack>
    </BarePage>
  );
}

interface StepProps {
  answers: SetupAnswers;
  set: (change: Partial<SetupAnswers>) => void;
  onNext: () => void;
}

function OrganisationStep({ answers, set, onNext }: StepProps): ReactNode {
  const t = useWords("setup");
  const checks = useChecks<"name">(
    answers.organisationName.trim() === "" ? { name: t("check.organisation") } : {},
  );
  return (
    <Form onSubmit={() => checks.pass() && onNext()}>
      <Stack gap="field">
        <h2 className={styles["heading"]}>{t("step.organisation")}</h2>
        <Fields>
          <TextField
            label={t("organisation.name")}
            hint={t("organisation.name.hint")}
            required
            maxLength={100}
            autoComplete="organization"
            value={answers.organisationName}
            onChange={(organisationName) => set({ organisationName })}
            onBlur={checks.leave("name")}
            error={checks.errorOf("name")}
          />
          <TextField
            label={t("organisation.address")}
            hint={t("organisation.address.hint")}
            maxLength={200}
            inputMode="url"
            spellCheck={false}
            value={answers.organisationAddress}
            onChange={(organisationAddress) => set({ organisationAddress })}
          />
        </Fields>
        <div className={styles["actions"]}>
          <Button type="submit" kind="primary" size="large">
            {t("next")}
          </Button>
        </div>
      </Stack>
    </Form>
  );
}

function OwnerStep({ answers, set, onNext, onBack }: StepProps & { onBack: () => void }): ReactNode {
  const t = useWords("setup");
  const account = useWords("account");
  const checks = useChecks<"name" | "email" | "password">({
    ...nameProblem(account, answers.displayName),
    ...emailProblem(account, answers.email),
    ...passwordProblem(account, answers.password),
  });
  return (
    <Form onSubmit={() => checks.pass() && onNext()}>
      <Stack gap="field">
        <div>
          <h2 className={styles["heading"]}>{t("step.owner")}</h2>
          <p className={styles["lead"]}>{t("owner.lead")}</p>
        </div>
        <Fields>
          <TextField
            label={account("field.name")}
            required
            maxLength={64}
            autoComplete="name"
            value={answers.displayName}
            onChange={(displayName) => set({ displayName })}
            onBlur={checks.leave("name")}
            error={checks.errorOf("name")}
          />
          <TextField
            label={account("field.email")}
            required
            type="email"
            autoComplete="username"
            spellCheck={false}
            value={answers.email}
            onChange={(email) => set({ email: email.trim() })}
            onBlur={checks.leave("email")}
            error={checks.errorOf("email")}
          />
          <PasswordField
            label={account("field.password")}
            hint={account("password.hint")}
            required
            autoComplete="new-password"
            value={answers.password}
            onChange={(password) => set({ password })}
            onBlur={checks.leave("password")}
            error={checks.errorOf("password")}
          />
        </Fields>
        <div className={styles["actions"]}>
          <Button onClick={onBack}>{t("back")}</Button>
          <Button type="submit" kind="primary" size="large">
            {t("next")}
          </Button>
        </div>
      </Stack>
    </Form>
  );
}
