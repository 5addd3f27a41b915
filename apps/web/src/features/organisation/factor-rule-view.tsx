import type { FactorDemand } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { Note } from "../../ui/note.tsx";
import { Card, Section, Stack } from "../../ui/page.tsx";

export interface FactorRuleViewProps {
  rule: { readonly demands: readonly FactorDemand[]; readonly accounts: number; readonly without: number };
  isOwner: boolean;
  working: boolean;
  problem: string | undefined;
  onSave: (demands: FactorDemand[]) => void;
}

/** Who must have a second factor. What follows at once is said before it is saved. */
export function FactorRuleView({ rule, isOwner, working, problem, onSave }: FactorRuleViewProps): ReactNode {
  const t = useWords("second-factor");
  const [demands, setDemands] = useState(rule.demands);
  const more = demands.some((one) => one !== "high" && !rule.demands.includes(one));
  const fixed = isOwner ? {} : { fixedBy: t("rule.ownersOnly") };
  return (
    <Section title={t("rule.title")} note={t("rule.note")}>
      <Card>
        <Stack gap="field">
          <div>
            {DEMANDS.map((one) => (
              <Checkbox
                key={one}
                checked={demands.includes(one)}
                hint={t(`rule.${one}.hint`)}
                {...fixed}
                onChange={(on) =>
                  setDemands(DEMANDS.filter((other) => (other === one ? on : demands.includes(other))))
                }
              >
                {t(`rule.${one}`)}
              </Checkbox>
            ))}
          </div>
          <p>{t("rule.without", { count: rule.without, all: rule.accounts })}</p>
          {more && <Note tone="warn">{t("rule.atOnce")}</Note>}
          {problem !== undefined && (
            <Note tone="danger" role="alert">
              {problem}
            </Note>
          )}
          {isOwner && (
            <div>
              <Button busy={working ? t("checking") : undefined} onClick={() => onSave([...demands])}>
                {t("rule.save")}
              </Button>
            </div>
          )}
        </Stack>
      </Card>
    </Section>
  );
}

const DEMANDS = ["everybody", "duties", "high"] as const satisfies readonly FactorDemand[];
