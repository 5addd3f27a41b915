import { useState, type ReactNode } from "react";
import { passwordProblem } from "../../app-shell/account-checks.ts";
import { BarePage } from "../../app-shell/bare-page.tsx";
import { Link } from "wouter";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { Card, Stack } from "../../ui/page.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { TextField } from "../../ui/text-field.tsx";

export interface NewPasswordViewProps {
  email: string;
  /** A second factor comes next. */
  factor: boolean;
  working: boolean;
  problem: string | undefined;
  onSubmit: (password: string) => void;
}

export function NewPasswordView(props: NewPasswordViewProps): ReactNode {
  const { email, factor, working, problem, onSubmit } = props;
  const t = useWords("recovery");
  const account = useWords("account");
  const [password, setPassword] = useState("");
  const checks = useChecks<"password">(passwordProblem(account, password));
  return (
    <BarePage title={t("title")} lead={t("new.lead")}>
      <Card>
        <Form onSubmit={() => checks.pass() && onSubmit(password)}>
          <Stack gap="field">
            {problem !== undefined && (
              <Note tone="danger" role="alert">
                {problem}
              </Note>
            )}
            <Fields>
              <TextField
                label={account("field.email")}
                value={email}
                readOnly
                autoComplete="username"
                onChange={() => undefined}
              />
              <PasswordField
                label={t("new.password")}
                hint={account("password.hint")}
                required
                autoComplete="new-password"
                value={password}
                onChange={setPassword}
                onBlur={checks.leave("password")}
                error={checks.errorOf("password")}
              />
            </Fields>
            <Button
              type="submit"
              kind="primary"
              size="large"
              wide
              busy={working ? t("new.working") : undefined}
            >
              {t(factor ? "new.next" : "new.submit")}
            </Button>
          </Stack>
        </Form>
      </Card>
    </BarePage>
  );
}

export function PasswordIsSet(): ReactNode {
  const t = useWords("recovery");
  return (
    <BarePage title={t("title")}>
      <Stack gap="field">
        <Note tone="ok" role="status">
          {t("done")}
        </Note>
        <div>
          <Link href="/signin" className={buttonClass("primary")}>
            {t("signIn")}
          </Link>
        </div>
      </Stack>
    </BarePage>
  );
}

/** Unknown, used, too old, or of another browser: one answer. */
export function LinkIsGone({ text }: { text: string }): ReactNode {
  const t = useWords("recovery");
  return (
    <BarePage title={t("title")}>
      <Stack gap="field">
        <Note tone="warn">{text}</Note>
        <div>
          <Link href="/recover" className={buttonClass("default")}>
            {t("again")}
          </Link>
        </div>
      </Stack>
    </BarePage>
  );
}
