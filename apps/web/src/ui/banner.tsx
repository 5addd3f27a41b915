import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import styles from "./banner.module.css";

export interface BannerProps {
  tone?: "info" | "warn" | "danger";
  icon?: ReactNode;
  children: ReactNode;
  action?: ReactNode;
  role?: "status" | "alert";
}

/** A lasting condition. Its row is reserved, so that it moves nothing when it comes and goes. */
export function Banner({ tone = "info", icon, children, action, role = "status" }: BannerProps): ReactNode {
  return (
    <div className={cx(styles["banner"], styles[tone])} role={role}>
      {icon}
      <p className={styles["text"]}>{children}</p>
      {action}
    </div>
  );
}
