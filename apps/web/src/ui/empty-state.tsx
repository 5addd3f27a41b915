import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

/** One sentence and, where useful, one action. */
export function EmptyState({
  icon,
  text,
  action,
}: {
  icon?: ReactNode;
  text: string;
  action?: ReactNode;
}): ReactNode {
  return (
    <div className={styles["empty"]}>
      {icon !== undefined && <span className={styles["icon"]}>{icon}</span>}
      <p className={styles["text"]}>{text}</p>
      {action}
    </div>
  );
}
