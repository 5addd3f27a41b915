import type { ReactNode } from "react";
import styles from "./switch.module.css";

export interface SwitchProps {
  on: boolean;
  onChange: (on: boolean) => void;
  label: string;
  /** The value in words, so that position and colour are not the only carriers; left out where it stands beside the switch anyway. */
  valueText?: string;
  showLabel?: boolean;
}

export function Switch(props: SwitchProps): ReactNode {
  return (
    <label className={styles["switch-row"]}>
      <span className={props.showLabel === true ? undefined : "sr-only"}>{props.label}</span>
      {props.valueText !== undefined && <span className={styles["value"]}>{props.valueText}</span>}
      <input
        type="checkbox"
        // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- a native checkbox carries its state
        role="switch"
        className={styles["switch"]}
        checked={props.on}
        onChange={(event) => props.onChange(event.target.checked)}
      />
    </label>
  );
}
