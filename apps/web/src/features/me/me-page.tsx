import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { PageHead } from "../../ui/page.tsx";
import styles from "./me.module.css";

export interface MePageProps {
  now: "settings" | "security";
  actions?: ReactNode;
  children: ReactNode;
}

/** Two pages of one subject: links, since each has its own address. */
export function MePage({ now, actions, children }: MePageProps): ReactNode {
  const t = useWords("me");
  return (
    <>
      <PageHead title={t("title")} lead={t("lead")} actions={actions} />
      <nav className={styles["tabs"]} aria-label={t("tabs")}>
        <Link href="/me" className={styles["tab"]} aria-current={now === "settings" ? "page" : undefined}>
          {t("tab.settings")}
        </Link>
        <Link
          href="/me/security"
          className={styles["tab"]}
          aria-current={now === "security" ? "page" : undefined}
        >
          {t("tab.security")}
        </Link>
      </nav>
      {children}
    </>
  );
}
