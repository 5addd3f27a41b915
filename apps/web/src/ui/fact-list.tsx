import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import styles from "./fact-list.module.css";

export interface Fact {
  readonly id: string;
  readonly icon: ReactNode;
  readonly text: ReactNode;
  /** Where the fact comes from, and when it was tested. */
  readonly note?: ReactNode;
  readonly tone?: "plain" | "ok" | "warn" | "danger";
}

export interface FactListProps {
  facts: readonly Fact[];
  /** `columns` as on the pre-flight card, `lines` with dividers as in the column of rules. */
  layout?: "list" | "columns" | "lines";
}

export function FactList({ facts, layout = "list" }: FactListProps): ReactNode {
  return (
    <ul className={cx(styles["facts"], styles[layout])}>
      {facts.map((fact) => (
        <li key={fact.id} className={cx(styles["fact"], styles[fact.tone ?? "plain"])}>
          {fact.icon}
          <div>
            <p className={styles["text"]}>{fact.text}</p>
            {fact.note !== undefined && <p className={styles["note"]}>{fact.note}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
