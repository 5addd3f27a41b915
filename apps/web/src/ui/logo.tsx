import type { ReactNode } from "react";
import styles from "./logo.module.css";

/** A gate and one person in it. */
export function LogoMark({ size = 24 }: { size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2.5}
      strokeLinecap="square"
      aria-hidden="true"
      className={styles["mark"]}
    >
      <path d="M6 4v17M18 4v17M2.25 8h19.5" />
      <circle cx="12" cy="15" r="2.25" fill="currentColor" stroke="none" />
    </svg>
  );
}

/** Mark and word mark. Both words are the product's name, the same in every language. */
export function Logo({ name, japaneseName }: { name: string; japaneseName: string }): ReactNode {
  return (
    <span className={styles["logo"]}>
      <LogoMark />
      <span className={styles["name"]} lang="en">
        {name}
      </span>
      <span className={styles["japanese"]} lang="ja">
        {japaneseName}
      </span>
    </span>
  );
}
