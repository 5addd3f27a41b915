import Check from "lucide-react/icons/check";
import CircleExclamationPoint from "lucide-react/icons/circle-exclamation-point";
import CircleX from "lucide-react/icons/circle-x";
import Info from "lucide-react/icons/info";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import styles from "./note.module.css";

export type Tone = "plain" | "info" | "warn" | "ok" | "danger";

const ICONS = { plain: Info, info: Info, warn: CircleExclamationPoint, ok: Check, danger: CircleX } as const;

export interface NoteProps {
  tone?: Tone;
  title?: ReactNode;
  icon?: ReactNode;
  children?: ReactNode;
  /** Buttons that resolve it. */
  actions?: ReactNode;
  /** Read out when it appears. */
  role?: "alert" | "status";
}

export function Note({ tone = "plain", title, icon, children, actions, role }: NoteProps): ReactNode {
  const Icon = ICONS[tone];
  return (
    <div className={cx(styles["note"], styles[tone])} role={role}>
      {icon ?? <Icon />}
      <div className={styles["text"]}>
        {title !== undefined && <p className={styles["title"]}>{title}</p>}
        {children !== undefined && <div>{children}</div>}
        {actions !== undefined && <div className={styles["actions"]}>{actions}</div>}
      </div>
    </div>
  );
}

export interface BadgeProps {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
}

export function Badge({ tone = "plain", icon, children }: BadgeProps): ReactNode {
  return (
    <span className={cx(styles["badge"], styles[tone])}>
      {icon}
      <span>{children}</span>
    </span>
  );
}
