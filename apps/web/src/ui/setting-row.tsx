import RotateCcwClock from "lucide-react/icons/rotate-ccw-clock";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import styles from "./setting-row.module.css";

export interface SettingRowProps {
  label: ReactNode;
  hint?: ReactNode;
  value: ReactNode;
  /** Who decides it: 初期値, 自分, 組織, 組織が固定. */
  source?: ReactNode;
  action: ReactNode;
  /** What changed since last time: date, who, before → after. */
  changed?: ReactNode;
}

export function SettingRow({ label, hint, value, source, action, changed }: SettingRowProps): ReactNode {
  return (
    <div role="row" className={cx(styles["row"], changed !== undefined && styles["changed"])}>
      <div role="rowheader" className={styles["label"]}>
        <p className={styles["name"]}>{label}</p>
        {hint !== undefined && <p className={styles["hint"]}>{hint}</p>}
        {changed !== undefined && (
          <p className={styles["change"]}>
            <RotateCcwClock />
            <span>{changed}</span>
          </p>
        )}
      </div>
      <div role="cell" className={styles["value"]}>
        {value}
      </div>
      <div role="cell" className={styles["source"]}>
        {source}
      </div>
      <div role="cell" className={styles["action"]}>
        {action}
      </div>
    </div>
  );
}

export interface SettingGroupProps {
  title: string;
  icon: ReactNode;
  /** The four column headings: 設定, いまの値, 決めているもの, and the last one for screen readers only. */
  columns: readonly [string, string, string, string];
  children: ReactNode;
}

export function SettingGroup({ title, icon, columns, children }: SettingGroupProps): ReactNode {
  const [name, value, source, action] = columns;
  return (
    <section className={styles["group"]}>
      <h2 className={styles["title"]}>
        {icon}
        {title}
      </h2>
      <div role="table" aria-label={title}>
        <div role="row" className={cx(styles["row"], styles["head"])}>
          <span role="columnheader">{name}</span>
          <span role="columnheader">{value}</span>
          <span role="columnheader">{source}</span>
          <span role="columnheader">
            <span className="sr-only">{action}</span>
          </span>
        </div>
        {children}
      </div>
    </section>
  );
}
