import Lock from "lucide-react/icons/lock";
import type { ReactNode } from "react";
import styles from "./fixed-by.module.css";

/** Who decided it, next to the thing: 機密性 高で固定. */
export function FixedBy({ children }: { children: ReactNode }): ReactNode {
  return (
    <span className={styles["fixed"]}>
      <Lock />
      <span>{children}</span>
    </span>
  );
}
