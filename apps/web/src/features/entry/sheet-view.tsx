import type { FactSheetView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useLanguage } from "../../i18n/words.ts";
import styles from "./fact-sheet.module.css";

/** The sections of a fact sheet, as they were written for this version. `level`: of their headings. */
export function SheetView({ sheet, level }: { sheet: FactSheetView; level: 2 | 3 }): ReactNode {
  const lang = useLanguage();
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div className={styles["sections"]}>
      {sheet.sections.map(({ id, title, lines }) => (
        <section key={id} className={styles["section"]}>
          <Heading>{title[lang]}</Heading>
          {lines.map((line) => (
            <p key={line[lang]}>{line[lang]}</p>
          ))}
        </section>
      ))}
    </div>
  );
}
