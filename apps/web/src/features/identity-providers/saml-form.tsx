import type { SamlSettings } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useChecks, type Checks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Checkbox } from "../../ui/choice.tsx";
import { Fields } from "../../ui/field.tsx";
import { Card, Section, Stack } from "../../ui/page.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { FormFrame } from "./form-frame.tsx";
import { Handover } from "./handover.tsx";
import { MetadataField } from "./metadata-field.tsx";
import { NameFields } from "./name-fields.tsx";
import { certificatesIn, rulesFrom, rulesOf } from "./provider-draft.ts";
import type { ProviderFormProps } from "./provider-form.tsx";
import { RuleFields } from "./rule-fields.tsx";

type Draft = Omit<SamlSettings, "certificates"> & { readonly certificates: string };
type Checked = "name" | "entityId" | "entryPoint" | "certificates";
type Set = (change: Partial<Draft>) => void;

export function SamlForm(props: ProviderFormProps & { settings: SamlSettings }): ReactNode {
  const { provider, settings, onSave } = props;
  const t = useWords("identity-providers");
  const [draft, setDraft] = useState<Draft>({ ...settings, certificates: settings.certificates.join("\n") });
  const [rules, setRules] = useState(rulesOf(settings));
  const set: Set = (change) => setDraft((before) => ({ ...before, ...change }));
  const certificates = certificatesIn(draft.certificates);
  const checks = useChecks<Checked>({
    ...(draft.name.trim() === "" ? { name: t("check.name") } : {}),
    ...(draft.entityId.trim() === "" ? { entityId: t("check.entityId") } : {}),
    ...(/^https?:\/\/\S+$/u.test(draft.entryPoint.trim()) ? {} : { entryPoint: t("check.address") }),
    ...(certificates.length === 0 ? { certificates: t("check.certificates") } : {}),
  });
  const submit = () => {
    if (checks.pass()) onSave({ settings: { ...draft, certificates, ...rulesFrom(rules) } });
  };
  return (
    <FormFrame {...props} title={t("form.new.saml")} onSubmit={submit}>
      <Connection draft={draft} set={set} checks={checks} />
      <Handover kind="saml" handover={provider?.handover} />
      <Attributes draft={draft} set={set} />
      <RuleFields kind="saml" value={rules} onChange={setRules} />
    </FormFrame>
  );
}

function Connection({ draft, set, checks }: { draft: Draft; set: Set; checks: Checks<Checked> }): ReactNode {
  const t = useWords("identity-providers");
  const field = (name: Checked) => ({
    label: t(name),
    value: draft[name],
    onChange: (value: string) => set({ [name]: value }),
    onBlur: checks.leave(name),
    error: checks.errorOf(name),
    required: true,
    autoComplete: "off",
    spellCheck: false,
  });
  return (
    <Section title={t("connection")} note={t("connection.saml")}>
      <Card>
        <Fields>
          <TextField {...field("name")} hint={t("name.hint")} maxLength={64} />
          <MetadataField
            onRead={({ certificates, ...read }) => set({ ...read, certificates: certificates.join("\n\n") })}
          />
          <TextField {...field("entityId")} maxLength={1024} />
          <TextField {...field("entryPoint")} maxLength={1000} />
          <TextArea {...field("certificates")} hint={t("certificates.hint")} rows={6} />
        </Fields>
      </Card>
    </Section>
  );
}

const NAMES = [
  "subjectAttribute",
  "emailAttribute",
  "nameAttribute",
  "groupsAttribute",
  "primaryGroupAttribute",
] as const;

function Attributes({ draft, set }: { draft: Draft; set: Set }): ReactNode {
  const t = useWords("identity-providers");
  const words = {
    subjectAttribute: { label: t("subjectAttribute"), hint: t("subjectAttribute.hint") },
    emailAttribute: { label: t("emailAttribute") },
    nameAttribute: { label: t("nameAttribute") },
    groupsAttribute: { label: t("groupsClaim") },
    primaryGroupAttribute: { label: t("primaryGroupClaim") },
  };
  return (
    <Section title={t("said")} note={t("said.saml")}>
      <Card>
        <Stack gap="field">
          <NameFields
            names={NAMES.map((id) => ({ id, ...words[id] }))}
            value={draft}
            onChange={(id, value) => set({ [id]: value })}
          />
          <p>{t("groups.note")}</p>
          <Checkbox
            checked={draft.groupsAuthority}
            hint={t("groupsAuthority.hint")}
            onChange={(groupsAuthority) => set({ groupsAuthority })}
          >
            {t("groupsAuthority")}
          </Checkbox>
        </Stack>
      </Card>
    </Section>
  );
}
