import RefreshCw from "lucide-react/icons/refresh-cw";
import type { ReactNode } from "react";
import { useWords } from "../i18n/words.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import styles from "./frame.module.css";
import { isNewer, updatePage, usePageUpdate } from "./page-update.ts";

/** Above every page behind a sign-in while there is an update. What is being typed, the browser asks about by itself. */
export function UpdateNotice(): ReactNode {
  return isNewer(usePageUpdate()) ? <UpdateNoticeView onUpdate={updatePage} /> : null;
}

export function UpdateNoticeView({ onUpdate }: { onUpdate: () => void }): ReactNode {
  const t = useWords("shell");
  return (
    <div className={styles["notice"]}>
      <Banner
        icon={<RefreshCw />}
        action={
          <Button size="small" onClick={onUpdate}>
            {t("update.now")}
          </Button>
        }
      >
        <strong>{t("update.available")}</strong> {t("update.available.text")}
      </Banner>
    </div>
  );
}
