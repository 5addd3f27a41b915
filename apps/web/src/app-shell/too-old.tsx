import type { ReactNode } from "react";
import { useWords } from "../i18n/words.ts";
import { Button } from "../ui/button.tsx";
import { BarePage } from "./bare-page.tsx";
import { usePageTitle } from "./page-title.ts";

/** In place of every page behind a sign-in once the server refuses this one (OPS-1). */
export function TooOld({ onUpdate }: { onUpdate: () => void }): ReactNode {
  const t = useWords("shell");
  usePageTitle(t("update.needed"));
  return (
    <BarePage title={t("update.needed")} lead={t("update.needed.text")}>
      <div>
        <Button kind="primary" size="large" onClick={onUpdate}>
          {t("update.now")}
        </Button>
      </div>
    </BarePage>
  );
}
