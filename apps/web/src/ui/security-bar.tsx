import type { ReactNode } from "react";
import { ClassBadge, type Level } from "./class-badge.tsx";
import { cx } from "./cx.ts";
import { Popover } from "./popover.tsx";
import styles from "./security-bar.module.css";

export interface SecurityItem {
  readonly id: string;
  readonly icon: ReactNode;
  readonly text: string;
  /** For a narrow screen. */
  readonly shortText: string;
  readonly tone?: "plain" | "warn" | "danger";
  /** On a phone beside the class: the region. */
  readonly inFirstRow?: boolean;
  /** What it means, since when, who changed it, why. */
  readonly detail: ReactNode;
}

export interface SecurityBarProps {
  label: string;
  /** null: not known now. */
  level: Level | null;
  levelText: string;
  levelDetail: ReactNode;
  /** Shown on a phone beside the class, where the class allows it. */
  topic?: string | undefined;
  /** In this order always: encryption, lock, recording, region, verified. None ever disappears. */
  items: readonly SecurityItem[];
  action?: ReactNode;
}

/** Draws what it is given and knows nothing: unknown is shown as unknown by its owner. */
export function SecurityBar(props: SecurityBarProps): ReactNode {
  return (
    <section
      className={cx(styles["bar"], Boolean(props.action) && styles["with-action"])}
      aria-label={props.label}
    >
      <div className={styles["lead"]}>
        <Popover
          label={props.levelText}
          trigger={(trigger) => (
            <button type="button" className={styles["class"]} {...trigger}>
              {props.level === null ? (
                <span className={styles["unknown"]}>{props.levelText}</span>
              ) : (
                <ClassBadge level={props.level} label={props.levelText} />
              )}
            </button>
          )}
        >
          {props.levelDetail}
        </Popover>
        {props.topic !== undefined && <span className={styles["topic"]}>{props.topic}</span>}
      </div>
      <ul className={styles["items"]}>
        {props.items.map((item) => (
          <li key={item.id} className={cx(styles["item"], item.inFirstRow === true && styles["corner"])}>
            <Popover
              label={item.text}
              trigger={(trigger) => (
                <button
                  type="button"
                  className={cx(styles["button"], styles[item.tone ?? "plain"])}
                  {...trigger}
                >
                  {item.icon}
                  <span className={styles["long"]}>{item.text}</span>
                  <span className={styles["short"]}>{item.shortText}</span>
                </button>
              )}
            >
              {item.detail}
            </Popover>
          </li>
        ))}
      </ul>
      {Boolean(props.action) && <div className={styles["action"]}>{props.action}</div>}
    </section>
  );
}
