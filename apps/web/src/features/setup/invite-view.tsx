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
import { nameProblem, passwordProblem } from "../../app-shell/account-checks.ts";

export interface Invitation {
  readonly organisation: string;
  readonly displayName: string;
  readonly email: string;
}

export interface InviteViewProps {
  invitation: Invitation;
  working: boolean;
  problem: string | undefined;
  onSubmit: (displayName: string, password: string) => void;
}

export function InviteView({ invitation, working, problem, onSubmit }: InviteViewProps): ReactNode {
  const t = useWords("setup");
  const account = useWords("account");
  const [name, setName] = useState(invitation.displayName);
  const [password, setPassword] = useState("");
  const checks = useChecks<"name" | "password">({
    ...nameProblem(account, name),
    ...passwordProblem(account, password),
  });
  return (
    <BarePage title={t("invite.title", { organisation: invitation.organisation })} lead={t("invite.lead")}>
      <Card>
        <Form onSubmit={() => checks.pass() && onSubmit(name.trim(), password)}>
          <Stack gap="field">
            {problem !== undefined && (
              <Note tone="danger" role="alert">
                {problem}
              </Note>
            )}
            <Fields>
              <TextField
                label={t("invite.email")}
                value={invitation.email}
                readOnly
                autoComplete="username"
                onChange={() => undefined}
              />
              <TextField
                label={account("field.name")}
                required
                maxLength={64}
                autoComplete="name"
                value={name}
                onChange={setName}
                onBlur={checks.leave("name")}
                error={checks.errorOf("name")}
              />
              <PasswordField
                label={account("field.password")}
                hint={account("password.hint")}
                required
                autoComplete="new-password"
                value={password}
                onChange={setPassword}
                onBlur={checks.leave("password")}
                error={checks.errorOf("password")}
              />
            </Fields>
            <Button type="submit" kind="primary" size="large" wide busy={working ? t("starting") : undefined}>
              {t("invite.submit")}
            </Button>
          </Stack>
        </Form>
      </Card>
    </BarePage>
  );
}
