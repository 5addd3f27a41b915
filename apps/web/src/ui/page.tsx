import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import styles from "./page.module.css";

export interface PageHeadProps {
  title: ReactNode;
  back?: ReactNode;
  badge?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
}

export function PageHead({ title, back, badge, lead, actions }: PageHeadProps): ReactNode {
  return (
    <header className={styles["head"]}>
      <div className={styles["words"]}>
        {back}
        <div className={styles["line"]}>
          <h1 className={styles["title"]}>{title}</h1>
          {badge}
        </div>
        {lead !== undefined && <div className={styles["lead"]}>{lead}</div>}
      </div>
      {actions !== undefined && <div className={styles["actions"]}>{actions}</div>}
    </header>
  );
}

export interface SectionProps {
  title: ReactNode;
  note?: ReactNode;
  small?: boolean;
  children: ReactNode;
}

export function Section({ title, note, small, children }: SectionProps): ReactNode {
  return (
    <section className={styles["section"]}>
      <div className={cx(styles["section-head"], small === true && styles["small"])}>
        <h2>{title}</h2>
        {note !== undefined && <p className={styles["note"]}>{note}</p>}
      </div>
      {children}
    </section>
  );
}

export function Card({ children, flush }: { children: ReactNode; flush?: boolean }): ReactNode {
  return <div className={cx(styles["card"], flush === true && styles["flush"])}>{children}</div>;
}

/** Things one under another, a section apart. */
export function Stack({
  children,
  gap = "section",
}: {
  children: ReactNode;
  gap?: "section" | "field" | "tight";
}): ReactNode {
  return <div className={cx(styles["stack"], styles[gap])}>{children}</div>;
}
