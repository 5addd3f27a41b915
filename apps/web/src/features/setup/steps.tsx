import Check from "lucide-react/icons/check";
import type { ReactNode } from "react";
import { cx } from "../../ui/cx.ts";
import styles from "./setup.module.css";

export interface StepsProps {
  label: string;
  titles: readonly string[];
  now: number;
}

/** Stays visible, so that nobody wonders how much is still to come. */
export function Steps({ label, titles, now }: StepsProps): ReactNode {
  return (
    <ol className={styles["steps"]} aria-label={label}>
      {titles.map((title, index) => (
        <li
          key={title}
          className={cx(styles["step"], index === now && styles["now"], index < now && styles["done"])}
          aria-current={index === now ? "step" : undefined}
        >
          <span className={styles["number"]}>{index < now ? <Check /> : index + 1}</span>
          {title}
        </li>
      ))}
    </ol>
  );
}
