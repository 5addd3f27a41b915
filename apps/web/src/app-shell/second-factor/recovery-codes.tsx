import Printer from "lucide-react/icons/printer";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { Note } from "../../ui/note.tsx";
import { Stack } from "../../ui/page.tsx";
import styles from "./second-factor.module.css";

/** Shown once: the server keeps only what they are checked by. */
export function RecoveryCodes({
  codes,
  onDone,
}: {
  codes: readonly string[];
  onDone: () => void;
}): ReactNode {
  const t = useWords("second-factor");
  return (
    <Stack gap="field">
      <Note tone="warn">{t("codes.text")}</Note>
      <ul className={styles["codes"]} aria-label={t("codes.title")}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles["buttons"]}>
        <CopyButton
          text={codes.join("\n")}
          label={t("codes.copy")}
          done={t("codes.copied")}
          failed={t("codes.notCopied")}
        />
        <Button icon={<Printer />} onClick={() => window.print()}>
          {t("codes.print")}
        </Button>
      </div>
      <Button kind="primary" wide onClick={onDone}>
        {t("codes.done")}
      </Button>
    </Stack>
  );
}
