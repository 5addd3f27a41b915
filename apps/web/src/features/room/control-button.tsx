import Lock from "lucide-react/icons/lock";
import type { ReactNode } from "react";
import { Popover } from "../../ui/popover.tsx";
import styles from "./control-bar.module.css";

export interface ControlButtonProps {
  icon: ReactNode;
  label: string;
  /** Heard before the word and after it: what it is of, and how many. */
  before?: string | undefined;
  after?: string | undefined;
  onPress: () => void;
  /** A panel of it is open. */
  active?: boolean;
  pressed?: boolean;
  off?: boolean;
  count?: number;
  /** Not available: it stays in its place and gives this reason when pressed. */
  reason?: string | undefined;
  control?: string;
}

export function ControlButton(props: ControlButtonProps): ReactNode {
  const { icon, label, reason, count = 0 } = props;
  if (reason !== undefined) {
    return (
      <Popover
        label={label}
        side="above"
        trigger={(trigger) => (
          <button
            type="button"
            className={styles["control"]}
            data-unavailable
            data-control={props.control}
            {...trigger}
          >
            <span className={styles["icon"]}>
              {icon}
              <Lock className={styles["lock"]} />
            </span>
            <span>{label}</span>
            <span className="sr-only">{reason}</span>
          </button>
        )}
      >
        <p>{reason}</p>
      </Popover>
    );
  }
  return (
    <button
      type="button"
      className={styles["control"]}
      aria-pressed={props.pressed}
      data-active={props.active === true || undefined}
      data-off={props.off === true || undefined}
      data-control={props.control}
      onClick={props.onPress}
    >
      <span className={styles["icon"]}>
        {icon}
        {count > 0 && (
          <span className={styles["count"]} aria-hidden="true">
            {count}
          </span>
        )}
      </span>
      <span>
        {props.before !== undefined && <span className="sr-only">{props.before} </span>}
        {label}
        {props.after !== undefined && <span className="sr-only"> {props.after}</span>}
      </span>
    </button>
  );
}
