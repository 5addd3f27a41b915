import type { ProviderRule } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Card, Section, Stack } from "../../ui/page.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { domainsIn } from "./provider-draft.ts";

export interface RuleSectionProps {
  rule: ProviderRule;
  /** One is on the sign-in page. */
  possible: boolean;
  working: boolean;
  onSave: (rule: ProviderRule) => void;
}

export function RuleSection({ rule, possible, working, onSave }: RuleSectionProps): ReactNode {
  const t = useWords("identity-providers");
  const account = useWords("account");
  const common = useWords("common");
  const [domains, setDomains] = useState(rule.domains.join("\n"));
  const [demanded, setDemanded] = useState(rule.demanded);
  const read = domainsIn(domains);
  const checks = useChecks<"domains">(read === undefined ? { domains: t("check.domains") } : {});
  const fixed = possible || rule.demanded ? {} : { fixedBy: account("error.provider_not_tried") };
  return (
    <Section title={t("rule")}>
      <Card>
        <Form onSubmit={() => checks.pass() && read !== undefined && onSave({ domains: read, demanded })}>
          <Stack gap="field">
            <Fields>
              <TextArea
                label={t("rule.domains")}
                hint={t("rule.domains.hint")}
                spellCheck={false}
                value={domains}
                onChange={setDomains}
                onBlur={checks.leave("domains")}
                error={checks.errorOf("domains")}
              />
            </Fields>
            <Checkbox checked={demanded} hint={t("rule.demanded.hint")} {...fixed} onChange={setDemanded}>
              {t("rule.demanded")}
            </Checkbox>
            <div>
              <Button type="submit" busy={working ? common("saving") : undefined}>
                {t("rule.save")}
              </Button>
            </div>
          </Stack>
        </Form>
      </Card>
    </Section>
  );
}
