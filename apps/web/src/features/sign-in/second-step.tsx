import type { FactorMethod } from "@sekisho/contract";
import type { ReactNode } from "react";
import { BarePage } from "../../app-shell/bare-page.tsx";
import { FactorForm, type CodeMethod } from "../../app-shell/second-factor/factor-form.tsx";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/page.tsx";

export interface SecondStepProps {
  methods: readonly FactorMethod[];
  working: boolean;
  problem: string | undefined;
  onPasskey: () => void;
  onCode: (method: CodeMethod, code: string) => void;
  onMethod: () => void;
  onBack: () => void;
  initialMethod?: FactorMethod;
}

/** The password was right; nobody is signed in yet. */
export function SecondStep(props: SecondStepProps): ReactNode {
  const t = useWords("second-factor");
  return (
    <BarePage title={t("step.title")} lead={t("step.lead")}>
      <Stack gap="field">
        <Card>
          <FactorForm {...props} />
        </Card>
        <div>
          <Button onClick={props.onBack}>{t("step.back")}</Button>
        </div>
      </Stack>
    </BarePage>
  );
}
