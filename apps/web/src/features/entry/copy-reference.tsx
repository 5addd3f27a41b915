import Copy from "lucide-react/icons/copy";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import styles from "./stop-screen.module.css";

export function CopyReference({ reference }: { reference: string }): ReactNode {
  const t = useWords("stop");
  const [copied, setCopied] = useState(false);
  return (
    <div className={styles["reference"]}>
      <div>
        <p className={styles["label"]}>{t("reference")}</p>
        <p className={styles["code"]}>{reference}</p>
      </div>
      <Button
        icon={<Copy />}
        onClick={() => {
          void navigator.clipboard.writeText(reference).then(() => setCopied(true));
        }}
      >
        {copied ? t("copied") : t("copy")}
      </Button>
    </div>
  );
}
