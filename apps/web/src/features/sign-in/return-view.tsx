import type { ReactNode } from "react";
import { BarePage } from "../../app-shell/bare-page.tsx";
import type { Errand } from "../../app-shell/return-path.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/note.tsx";
import { Stack } from "../../ui/page.tsx";
import { Waiting } from "../../ui/progress.tsx";

export type ReturnProblem = "again" | "refused" | "notLinked" | "tied" | "other";

export interface ReturnViewProps {
  /** Undefined: it is being checked. */
  problem: ReturnProblem | undefined;
  /** Of `other`. */
  text: string | undefined;
  reference: string | null;
  /** Not to sign in: whoever it is, is signed in. */
  errand?: Errand["kind"] | undefined;
  onBack: () => void;
}

/** Back from the identity provider: nobody is signed in before the server has looked at the answer. */
export function ReturnView({ problem, text, reference, errand, onBack }: ReturnViewProps): ReactNode {
  const t = useWords("sign-in");
  const common = useWords("common");
  if (problem === undefined)
    return (
      <BarePage title={t(errand === undefined ? "return.title" : `return.${errand}.title`)}>
        <Waiting>{t("return.working")}</Waiting>
      </BarePage>
    );
  return (
    <BarePage title={t(errand === undefined ? "return.failed" : `return.${errand}.failed`)}>
      <Stack gap="field">
        <Note tone="danger" role="alert">
          {problem === "other" ? text : t(`return.${problem}`)}
          {reference !== null && (
            <p>
              {common("reference")} <code>{reference}</code>
            </p>
          )}
        </Note>
        <div>
          <Button kind="primary" size="large" onClick={onBack}>
            {t(errand === undefined ? "return.back" : "return.goOn")}
          </Button>
        </div>
      </Stack>
    </BarePage>
  );
}
