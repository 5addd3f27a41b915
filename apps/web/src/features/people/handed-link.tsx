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
  const time = formatDateTime(handed.goodUntil, useUiLocale());
  return (
    <LinkOnce
      title={t("link.made", { name: handed.name })}
      text={t("link.madeText", { time })}
      url={handed.url}
      onClose={onClose}
    />
  );
}

export interface LinkOnceProps {
  title: string;
  text: string;
  url: string;
  onClose: () => void;
}

/** A link to hand over that nobody is shown again. */
export function LinkOnce({ title, text, url, onClose }: LinkOnceProps): ReactNode {
  const t = useWords("people");
  const common = useWords("common");
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <CopyButton
            text={url}
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
      <p>{text}</p>
      <Well label={t("invited.link")}>{url}</Well>
    </Dialog>
  );
}
