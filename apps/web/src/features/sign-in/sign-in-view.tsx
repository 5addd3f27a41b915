import KeyRound from "lucide-react/icons/key-round";
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

export interface SignInViewProps {
  working: boolean;
  /** One sentence for every failure: it does not say which part was wrong. */
  problem: string | undefined;
  onSubmit: (email: string, password: string) => void;
  /** Where this browser knows passkeys. */
  onPasskey?: () => void;
  initialEmail?: string;
}

export function SignInView(props: SignInViewProps): ReactNode {
  const { working, problem, onSubmit, onPasskey, initialEmail = "" } = props;
  const t = useWords("sign-in");
  return (
    <BarePage title={t("title")} lead={t("lead")}>
      <Stack gap="field">
        <Card>
          <PasswordForm working={working} problem={problem} onSubmit={onSubmit} initialEmail={initialEmail} />
        </Card>
        {onPasskey !== undefined && (
          <Button wide size="large" icon={<KeyRound />} onClick={() => !working && onPasskey()}>
            {t("passkey")}
          </Button>
        )}
        <Note>{t("guest")}</Note>
      </Stack>
    </BarePage>
  );
}

function PasswordForm({ working, problem, onSubmit, initialEmail = "" }: SignInViewProps): ReactNode {
  const t = useWords("sign-in");
  const account = useWords("account");
  const [email, setEmail] = useState(initialEmail);
  const [password, setPassword] = useState("");
  const checks = useChecks<"email" | "password">({
    ...(email.includes("@") ? {} : { email: account("check.email") }),
    ...(password === "" ? { password: t("check.password") } : {}),
  });
  return (
    <Form onSubmit={() => checks.pass() && onSubmit(email, password)}>
      <Stack gap="field">
        {problem !== undefined && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        <Fields>
          <TextField
            label={account("field.email")}
            type="email"
            name="email"
            autoComplete="username"
            inputMode="email"
            spellCheck={false}
            autoCapitalize="none"
            value={email}
            onChange={setEmail}
            onBlur={checks.leave("email")}
            error={checks.errorOf("email")}
          />
          <PasswordField
            label={account("field.password")}
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            error={checks.errorOf("password")}
          />
        </Fields>
        <Button type="submit" kind="primary" size="large" wide busy={working ? t("working") : undefined}>
          {t("submit")}
        </Button>
      </Stack>
    </Form>
  );
}
