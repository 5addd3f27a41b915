import type { OidcSettings } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useChecks, type Checks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Fields } from "../../ui/field.tsx";
import { Card, Section, Stack } from "../../ui/page.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { FormFrame } from "./form-frame.tsx";
import { Handover } from "./handover.tsx";
import { NameFields } from "./name-fields.tsx";
import { rulesFrom, rulesOf, wordsIn } from "./provider-draft.ts";
import type { ProviderFormProps } from "./provider-form.tsx";
import { RuleFields } from "./rule-fields.tsx";

type Draft = Omit<OidcSettings, "scopes"> & { readonly scopes: string; readonly secret: string };
type Checked = "name" | "issuer" | "clientId";

export function OidcForm(props: ProviderFormProps & { settings: OidcSettings }): ReactNode {
  const { provider, settings, onSave } = props;
  const t = useWords("identity-providers");
  const [draft, setDraft] = useState<Draft>({ ...settings, scopes: settings.scopes.join(" "), secret: "" });
  const [rules, setRules] = useState(rulesOf(settings));
  const checks = useChecks<Checked>({
    ...(draft.name.trim() === "" ? { name: t("check.name") } : {}),
    ...(/^https?:\/\/\S+$/u.test(draft.issuer.trim()) ? {} : { issuer: t("check.address") }),
    ...(draft.clientId.trim() === "" ? { clientId: t("check.clientId") } : {}),
  });
  const submit = () => {
    if (!checks.pass()) return;
    const { scopes, secret, ...rest } = draft;
    onSave({
      settings: { ...rest, scopes: wordsIn(scopes).filter((one) => one !== "openid"), ...rulesFrom(rules) },
      ...(secret === "" ? {} : { clientSecret: secret }),
    });
  };
  const hasSecret = provider?.hasSecret === true;
  return (
    <FormFrame {...props} title={t("form.new.oidc")} onSubmit={submit}>
      <Connection draft={draft} setDraft={setDraft} checks={checks} hasSecret={hasSecret} />
      <Handover kind="oidc" handover={provider?.handover} />
      <Section title={t("said")} note={t("said.oidc")}>
        <Card>
          <Stack gap="field">
            <NameFields
              names={[
                { id: "groupsClaim", label: t("groupsClaim") },
                { id: "primaryGroupClaim", label: t("primaryGroupClaim") },
              ]}
              value={draft}
              onChange={(id, value) => setDraft({ ...draft, [id]: value })}
            />
            <p>{t("groups.note")}</p>
          </Stack>
        </Card>
      </Section>
      <RuleFields kind="oidc" value={rules} onChange={setRules} />
    </FormFrame>
  );
}

interface ConnectionProps {
  draft: Draft;
  setDraft: (draft: Draft) => void;
  checks: Checks<Checked>;
  hasSecret: boolean;
}

function Connection({ draft, setDraft, checks, hasSecret }: ConnectionProps): ReactNode {
  const t = useWords("identity-providers");
  const field = (name: Checked) => ({
    value: draft[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
    onBlur: checks.leave(name),
    error: checks.errorOf(name),
    required: true,
    autoComplete: "off",
    spellCheck: false,
  });
  return (
    <Section title={t("connection")} note={t("connection.oidc")}>
      <Card>
        <Fields>
          <TextField label={t("name")} hint={t("name.hint")} maxLength={64} {...field("name")} />
          <TextField label={t("issuer")} hint={t("issuer.hint")} maxLength={500} {...field("issuer")} />
          <TextField label={t("clientId")} maxLength={300} {...field("clientId")} />
          <PasswordField
            label={t("clientSecret")}
            hint={t(hasSecret ? "clientSecret.kept" : "clientSecret.hint")}
            autoComplete="new-password"
            value={draft.secret}
            onChange={(secret) => setDraft({ ...draft, secret })}
          />
          <TextField
            label={t("scopes")}
            hint={t("scopes.hint")}
            autoComplete="off"
            spellCheck={false}
            value={draft.scopes}
            onChange={(scopes) => setDraft({ ...draft, scopes })}
          />
        </Fields>
      </Card>
    </Section>
  );
}
