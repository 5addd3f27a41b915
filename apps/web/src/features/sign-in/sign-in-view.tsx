import BuildingComplex from "lucide-react/icons/building-complex";
import KeyRound from "lucide-react/icons/key-round";
import { useState, type ReactNode } from "react";
import { BarePage } from "../../app-shell/bare-page.tsx";
import { Link } from "wouter";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { Card, Stack } from "../../ui/page.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { Offered } from "./use-providers.ts";

export interface SignInViewProps {
  working: boolean;
  /** One sentence for every failure: it does not say which part was wrong. */
  problem: string | undefined;
  onSubmit: (email: string, password: string) => void;
  /** Where this browser knows passkeys. */
  onPasskey?: () => void;
  /** Identity providers of the organisation; undefined until they are known. */
  offered: Offered | undefined;
  onProvider: (providerId: string) => void;
  /** The provider by which one had been signed in until now. */
  signedOut?: string | undefined;
  onEnd?: () => void;
  initialEmail?: string;
}

export function SignInView(props: SignInViewProps): ReactNode {
  const { offered } = props;
  const t = useWords("sign-in");
  const [asked, setAsked] = useState(false);
  const providers = offered?.providers ?? [];
  const hidden = offered?.demanded === true && providers.length > 0 && !asked;
  return (
    <BarePage title={t("title")} lead={t("lead")}>
      <Stack gap="field">
        {props.signedOut !== undefined && <SignedOut {...props} name={props.signedOut} />}
        {providers.length > 0 && <Providers {...props} providers={providers} />}
        {hidden ? (
          <OwnersOnly problem={props.problem} onAsk={() => setAsked(true)} />
        ) : (
          <OwnWays {...props} beside={providers.length > 0} />
        )}
        <div>
          <Link href="/recover">{t("forgotten")}</Link>
        </div>
        <Note>{t("guest")}</Note>
      </Stack>
    </BarePage>
  );
}

/** Signing out here ends nothing there, which matters where several people use one machine. */
function SignedOut({ name, working, onEnd }: SignInViewProps & { name: string }): ReactNode {
  const t = useWords("sign-in");
  return (
    <Note
      tone="info"
      actions={
        <Button busy={working ? t("leaving") : undefined} onClick={() => onEnd?.()}>
          {t("signedOut.there")}
        </Button>
      }
    >
      {t("signedOut", { name })}
    </Note>
  );
}

type ProvidersProps = Pick<SignInViewProps, "working" | "onProvider"> & Pick<Offered, "providers">;

function Providers({ working, providers, onProvider }: ProvidersProps): ReactNode {
  const t = useWords("sign-in");
  return providers.map(({ id, name }) => (
    <Button
      key={id}
      kind="primary"
      wide
      size="large"
      icon={<BuildingComplex />}
      busy={working ? t("leaving") : undefined}
      onClick={() => onProvider(id)}
    >
      {t("provider", { name })}
    </Button>
  ));
}

function OwnersOnly({ problem, onAsk }: { problem: string | undefined; onAsk: () => void }): ReactNode {
  const t = useWords("sign-in");
  return (
    <>
      {problem !== undefined && (
        <Note tone="danger" role="alert">
          {problem}
        </Note>
      )}
      <Note actions={<Button onClick={onAsk}>{t("withPassword")}</Button>}>{t("ownersOnly")}</Note>
    </>
  );
}

function OwnWays(props: SignInViewProps & { beside: boolean }): ReactNode {
  const { working, onPasskey, beside } = props;
  const t = useWords("sign-in");
  return (
    <>
      {beside && <p>{t("or")}</p>}
      <Card>
        <PasswordForm {...props} />
      </Card>
      {onPasskey !== undefined && (
        <Button wide size="large" icon={<KeyRound />} onClick={() => !working && onPasskey()}>
          {t("passkey")}
        </Button>
      )}
    </>
  );
}

function PasswordForm({
  working,
  problem,
  onSubmit,
  beside,
  initialEmail = "",
}: SignInViewProps & { beside: boolean }): ReactNode {
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
        <Button
          type="submit"
          kind={beside ? "default" : "primary"}
          size="large"
          wide
          busy={working ? t("working") : undefined}
        >
          {t("submit")}
        </Button>
      </Stack>
    </Form>
  );
}
