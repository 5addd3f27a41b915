import type { ReactNode } from "react";
import { setLanguage, useLanguage, useWords } from "../i18n/words.ts";
import { Button } from "../ui/button.tsx";
import { Logo } from "../ui/logo.tsx";
import styles from "./bare-page.module.css";

/** A page before or outside the account: product, language, one column. */
export function BarePage({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}): ReactNode {
  const t = useWords("account");
  const lang = useLanguage();
  const other = lang === "ja" ? "en" : "ja";
  return (
    <div className={styles["page"]}>
      <header className={styles["head"]}>
        <Logo name={t("product")} japaneseName={t("productJapanese")} />
        <Button kind="quiet" lang={other} onClick={() => void setLanguage(other)}>
          {t("otherLanguage")}
        </Button>
      </header>
      <main id="main" tabIndex={-1} className={styles["main"]}>
        <h1 className={styles["title"]}>{title}</h1>
        {lead !== undefined && <p className={styles["lead"]}>{lead}</p>}
        {children}
      </main>
    </div>
  );
}
