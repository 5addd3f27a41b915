import { useState, type ReactNode } from "react";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { PasswordField } from "../../ui/password-field.tsx";

const PASSWORD_MIN = 12;

export interface PasswordFormProps {
  working: boolean;
  problem: string | undefined;
  onSubmit: (current: string, next: string) => void;
}

export function PasswordForm({ working, problem, onSubmit }: PasswordFormProps): ReactNode {
  const t = useWords("me");
  const common = useWords("common");
  const account = useWords("account");
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const checks = useChecks<"current" | "next">({
    ...(current === "" ? { current: t("password.check") } : {}),
    ...([...next].length < PASSWORD_MIN ? { next: account("check.password") } : {}),
  });
  return (
    <Form label={t("password")} onSubmit={() => checks.pass() && onSubmit(current, next)}>
      <Fields>
        {problem !== undefined && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        <PasswordField
          label={t("password.current")}
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
          error={checks.errorOf("current")}
        />
        <PasswordField
          label={t("password.next")}
          hint={account("password.hint")}
          autoComplete="new-password"
          value={next}
          onChange={setNext}
          onBlur={checks.leave("next")}
          error={checks.errorOf("next")}
        />
        <div>
          <Button type="submit" busy={working ? common("saving") : undefined}>
            {t("password.submit")}
          </Button>
        </div>
      </Fields>
    </Form>
  );
}
