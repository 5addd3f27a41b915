import { useState, type ReactNode } from "react";
import { emailProblem } from "../../app-shell/account-checks.ts";
import { BarePage } from "../../app-shell/bare-page.tsx";
import { Link } from "wouter";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { Card, Stack } from "../../ui/page.tsx";
import { TextField } from "../../ui/text-field.tsx";

export interface AskLinkViewProps {
  /** `off`: this server sends no mail. `sent`: says the same whoever has the address. */
  state: "form" | "sent" | "off";
  working: boolean;
  problem: string | undefined;
  onSubmit: (email: string) => void;
}

export function AskLinkView(props: AskLinkViewProps): ReactNode {
  const t = useWords("recovery");
  const { state } = props;
  return (
    <BarePage title={t("title")} {...(state === "form" ? { lead: t("ask.lead") } : {})}>
      <Stack gap="field">
        {state === "form" && <AskForm {...props} />}
        {state === "sent" && <Note role="status">{t("ask.sent")}</Note>}
        {state === "off" && <Note>{t("ask.off")}</Note>}
        <div>
          <Link href="/signin" className={buttonClass("default")}>
            {t("back")}
          </Link>
        </div>
      </Stack>
    </BarePage>
  );
}

function AskForm({ working, problem, onSubmit }: AskLinkViewProps): ReactNode {
  const t = useWords("recovery");
  const account = useWords("account");
  const [email, setEmail] = useState("");
  const checks = useChecks<"email">(emailProblem(account, email));
  return (
    <Card>
      <Form onSubmit={() => checks.pass() && onSubmit(email.trim())}>
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
              required
              autoComplete="username"
              inputMode="email"
              spellCheck={false}
              autoCapitalize="none"
              value={email}
              onChange={setEmail}
              onBlur={checks.leave("email")}
              error={checks.errorOf("email")}
            />
          </Fields>
          <Button
            type="submit"
            kind="primary"
            size="large"
            wide
            busy={working ? t("ask.working") : undefined}
          >
            {t("ask.submit")}
          </Button>
        </Stack>
      </Form>
    </Card>
  );
}
