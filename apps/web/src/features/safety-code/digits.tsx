import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { groupsOf } from "./safety-code-model.ts";
import styles from "./safety-code.module.css";

/** To be read aloud: each digit has one word, the ones that are easily misheard among them. */
export function Digits({ digits }: { digits: string }): ReactNode {
  const t = useWords("safety-code");
  return (
    <ol className={styles["groups"]} aria-label={t("title")}>
      {groupsOf(digits).map((group, at) => {
        const words = group.map((digit) => t.maybe(`digit.${digit}`) ?? digit);
        return (
          <li key={at} className={styles["group"]}>
            <span className={styles["digits"]} aria-hidden="true">
              {group.join("")}
            </span>
            <span className={styles["reading"]} aria-hidden="true">
              {words.join(" ")}
            </span>
            <span className="sr-only">{t("group", { at: at + 1, digits: words.join(t("comma")) })}</span>
          </li>
        );
      })}
    </ol>
  );
}
