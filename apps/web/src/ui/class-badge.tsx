import type { ReactNode } from "react";
import styles from "./class-badge.module.css";
import { cx } from "./cx.ts";

export type Level = "high" | "medium" | "low";

const BARS: Readonly<Record<Level, readonly number[]>> = {
  high: [4.5, 8, 11.5],
  medium: [5.75, 10.25],
  low: [8],
};

/** Two posts and as many bars as the class weighs: readable without colour. */
export function ClassMark({ level, size = 16 }: { level: Level; size?: number }): ReactNode {
  const bars = BARS[level].map((y) => `M3.5 ${y}h9`).join("");
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="square"
      aria-hidden="true"
    >
      <path d={`M3.5 2v12M12.5 2v12${bars}`} />
    </svg>
  );
}

/** `label` is the class in words, e.g. 機密性 高. */
export function ClassBadge({ level, label }: { level: Level; label: string }): ReactNode {
  return (
    <span className={cx(styles["badge"], styles[level])}>
      <ClassMark level={level} />
      <span>{label}</span>
    </span>
  );
}

/** The mark alone in its field, for places where the words stand beside it. */
export function ClassTile({ level }: { level: Level }): ReactNode {
  return (
    <span className={cx(styles["tile"], styles[level])}>
      <ClassMark level={level} size={18} />
    </span>
  );
}
