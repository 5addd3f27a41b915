import type { ReactNode } from "react";
import styles from "./skip-link.module.css";

/** First on every page; goes to the element `#main`. A button, so that the address stays as it is. */
export function SkipLink({ children }: { children: string }): ReactNode {
  return (
    <button
      type="button"
      className={styles["skip"]}
      onClick={() => document.querySelector<HTMLElement>("#main")?.focus()}
    >
      {children}
    </button>
  );
}
