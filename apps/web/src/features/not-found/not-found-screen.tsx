import DoorClosed from "lucide-react/icons/door-closed";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { buttonClass } from "../../ui/button.tsx";
import styles from "./not-found.module.css";

/** Also the answer to what a person may not open: it looks like an address that does not exist. */
export function NotFoundScreen(): ReactNode {
  const t = useWords("not-found");
  usePageTitle(t("title"));
  return (
    <main id="main" tabIndex={-1} className={styles["page"]}>
      <span className={styles["icon"]}>
        <DoorClosed />
      </span>
      <h1 className={styles["title"]}>{t("title")}</h1>
      <p className={styles["text"]}>{t("text")}</p>
      <Link href="/" className={buttonClass()}>
        {t("home")}
      </Link>
    </main>
  );
}
