import { useEffect, useState, type ReactNode } from "react";
import styles from "./progress.module.css";

/** Work shorter than this shows nothing. */
const QUIET_MS = 400;

/** Words, only once the work has taken long enough to be noticed. */
export function Waiting({ children }: { children: string }): ReactNode {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className={styles["waiting"]} role="status">
      {late ? children : ""}
    </p>
  );
}

export interface ProgressProps {
  label: string;
  /** 0 to 1. */
  value: number;
  /** Amounts and the remaining time, in words. */
  detail: string;
}

export function Progress({ label, value, detail }: ProgressProps): ReactNode {
  return (
    <div className={styles["progress"]}>
      <progress className={styles["bar"]} aria-label={label} max={1} value={value} />
      <p className={styles["detail"]}>{detail}</p>
    </div>
  );
}
