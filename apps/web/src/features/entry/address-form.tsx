import { useEffect, useRef, type ReactNode } from "react";
import { useWords, type Words } from "../../i18n/words.ts";
import { useNow } from "../../meeting-shell/clock.ts";
import { LanguageButton } from "../../meeting-shell/language-button.tsx";
import { Button } from "../../ui/button.tsx";
import { CodeInput } from "../../ui/code-input.tsx";
import { FieldError } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { GuestFrame } from "../../ui/guest-frame.tsx";
import { Note } from "../../ui/note.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { codeLength, type AddressField, type AddressProblem } from "./address-model.ts";
import type { AddressStage, AddressValues } from "./address-model.ts";
import styles from "./entry.module.css";
import { clock } from "./entry-model.ts";
import { WaitText } from "./wait-text.tsx";

export interface AddressFormProps {
  organisation: string;
  stage: AddressStage;
  values: AddressValues;
  onChange: (change: Partial<AddressValues>) => void;
  problem: AddressProblem | null;
  working: boolean;
  /** Instant (this device's clock, ms) from which a further code can be asked for. */
  resendAt: number;
  onSubmit: () => void;
  onResend: () => void;
  onOtherAddress: () => void;
  onBack: () => void;
}

/** Two steps on one page: the address, then the code. Nothing here tells whether a code was sent (BAR-8). */
export function AddressForm(props: AddressFormProps): ReactNode {
  const { stage, problem, working } = props;
  const t = useWords("invited-address");
  const box = useRef<HTMLDivElement>(null);
  useFocus(box, stage, problem);
  return (
    <GuestFrame
      organisation={props.organisation}
      side={<LanguageButton />}
      foot={
        <div className={styles["foot"]}>
          <Button
            kind="primary"
            size="large"
            wide
            onClick={() => !working && props.onSubmit()}
            busy={working ? t(stage === "address" ? "sending" : "checking") : undefined}
          >
            {t(stage === "address" ? "send" : "check")}
          </Button>
          <Button size="large" wide onClick={props.onBack}>
            {t("back")}
          </Button>
        </div>
      }
    >
      <div ref={box}>
        <Form className={styles["form"]} label={t("title")} onSubmit={() => !working && props.onSubmit()}>
          <h1 className={styles["title"]}>{t("title")}</h1>
          {problem?.kind === "wait" && (
            <Note tone="warn" role="status">
              <WaitText until={problem.until} />
            </Note>
          )}
          {problem?.kind === "field" && problem.field === "form" && (
            <FieldError>{t(problem.error)}</FieldError>
          )}
          {stage === "address" ? <AddressStep {...props} /> : <CodeStep {...props} />}
          {/* Enter sends a form only where it holds a button that does; the one to press stands in the foot. */}
          <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
        </Form>
      </div>
    </GuestFrame>
  );
}

function AddressStep({ values, onChange, problem }: AddressFormProps): ReactNode {
  const t = useWords("invited-address");
  return (
    <>
      <p>{t("lead")}</p>
      <TextField
        name="email"
        type="text"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={320}
        label={t("email")}
        value={values.email}
        error={errorAt(t, problem, "email")}
        onChange={(email) => onChange({ email })}
      />
    </>
  );
}

function CodeStep({ values, onChange, problem, ...props }: AddressFormProps): ReactNode {
  const t = useWords("invited-address");
  return (
    <>
      <Note tone="info">{t("sent")}</Note>
      <div className={styles["sign-in"]}>
        <span className={styles["address"]}>{t("to", { address: values.email.trim() })}</span>
        <Button kind="quiet" onClick={props.onOtherAddress}>
          {t("other")}
        </Button>
      </div>
      <CodeInput
        digitsOnly
        name="code"
        group={3}
        label={t("code")}
        hint={t("codeHint")}
        value={values.code}
        error={errorAt(t, problem, "code")}
        onChange={(code) => onChange({ code: code.slice(0, codeLength) })}
      />
      <Resend at={props.resendAt} onResend={props.onResend} />
    </>
  );
}

function Resend({ at, onResend }: { at: number; onResend: () => void }): ReactNode {
  const t = useWords("invited-address");
  const wait = at - useNow(1000, 0);
  return (
    <div>
      <Button kind="quiet" unavailable={wait > 0} onClick={onResend}>
        {wait > 0 ? t("resendWait", { wait: clock(wait) }) : t("resend")}
      </Button>
    </div>
  );
}

function errorAt(
  t: Words<"invited-address">,
  problem: AddressProblem | null,
  field: AddressField,
): string | undefined {
  return problem?.kind === "field" && problem.field === field ? t(problem.error) : undefined;
}

/** On each step the field to fill in, and after a mistake the field to look at again. */
function useFocus(
  box: { readonly current: HTMLElement | null },
  stage: AddressStage,
  problem: AddressProblem | null,
): void {
  useEffect(() => {
    const name = stage === "address" ? "email" : "code";
    const input = box.current?.querySelector<HTMLInputElement>(`[name="${name}"]`);
    if (problem?.kind === "wait") return;
    input?.focus();
    if (problem !== null) input?.select();
  }, [box, stage, problem]);
}
