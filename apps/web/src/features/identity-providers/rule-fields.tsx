import type { ProviderKind } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Checkbox } from "../../ui/choice.tsx";
import { Fields } from "../../ui/field.tsx";
import { Card, Section, Stack } from "../../ui/page.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import type { RuleDraft } from "./provider-draft.ts";

export interface RuleFieldsProps {
  kind: ProviderKind;
  value: RuleDraft;
  onChange: (value: RuleDraft) => void;
}

/** What follows from the provider's word: nothing of it unless the owner says so. */
export function RuleFields({ kind, value, onChange }: RuleFieldsProps): ReactNode {
  const t = useWords("identity-providers");
  return (
    <Section title={t("rules")}>
      <Card>
        <Stack gap="field">
          <Fields>
            <TextArea
              label={t("secondFactorValues")}
              hint={t("secondFactorValues.hint")}
              spellCheck={false}
              value={value.values}
              onChange={(values) => onChange({ ...value, values })}
            />
          </Fields>
          <Checkbox
            checked={value.createAccounts}
            hint={t("createAccounts.hint")}
            onChange={(createAccounts) => onChange({ ...value, createAccounts })}
          >
            {t("createAccounts")}
          </Checkbox>
          <Checkbox
            checked={value.linkByAddress}
            hint={
              kind === "saml"
                ? `${t("linkByAddress.hint")} ${t("linkByAddress.saml")}`
                : t("linkByAddress.hint")
            }
            onChange={(linkByAddress) => onChange({ ...value, linkByAddress })}
          >
            {t("linkByAddress")}
          </Checkbox>
        </Stack>
      </Card>
    </Section>
  );
}
