import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton, Well } from "../../ui/copy.tsx";
import { formatDateTime } from "../../ui/date-format.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { useUiLocale } from "../../ui/locale.ts";

export interface Handed {
  readonly name: string;
  readonly url: string;
  readonly goodUntil: number;
}

/** Shown this once: whoever closes it makes another one. */
export function HandedLink({ handed, onClose }: { handed: Handed; onClose: () => void }): ReactNode {
  const t = useWords("people");
  const common = useWords("common");
  const locale = useUiLocale();
  return (
    <Dialog
      title={t("link.made", { name: handed.name })}
      onClose={onClose}
      actions={
        <>
          <CopyButton
            text={handed.url}
            label={common("copy")}
            done={common("copied")}
            failed={common("copyFailed")}
          />
          <Button kind="primary" onClick={onClose}>
            {t("invited.close")}
          </Button>
        </>
      }
    >
      <p>{t("link.madeText", { time: formatDateTime(handed.goodUntil, locale) })}</p>
      <Well label={t("invited.link")}>{handed.url}</Well>
    </Dialog>
  );
}
