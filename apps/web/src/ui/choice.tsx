import { useId, type ReactNode } from "react";
import styles from "./choice.module.css";
import { cx } from "./cx.ts";

export interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  hint?: ReactNode;
  /** Who decided the value; the box then cannot be changed but can be focused and says so. */
  fixedBy?: ReactNode;
  error?: boolean;
  name?: string;
}

export function Checkbox(props: CheckboxProps): ReactNode {
  const id = useId();
  const fixed = props.fixedBy !== undefined && props.fixedBy !== null && props.fixedBy !== false;
  const describedBy = cx(props.hint !== undefined && `${id}h`, fixed && `${id}f`) || undefined;
  return (
    <div className={styles["row"]}>
      <label className={styles["choice"]}>
        <input
          type="checkbox"
          name={props.name}
          className={cx(styles["box"], fixed && styles["fixed"])}
          checked={props.checked}
          aria-disabled={fixed || undefined}
          aria-invalid={props.error === true || undefined}
          aria-describedby={describedBy}
          onChange={(event) => {
            if (!fixed) props.onChange(event.target.checked);
          }}
        />
        <span>{props.children}</span>
      </label>
      {fixed && (
        <span id={`${id}f`} className={styles["aside"]}>
          {props.fixedBy}
        </span>
      )}
      {props.hint !== undefined && (
        <div id={`${id}h`} className={styles["hint"]}>
          {props.hint}
        </div>
      )}
    </div>
  );
}

export interface RadioOption<V extends string> {
  readonly value: V;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** Not to be chosen now, with the reason in words. */
  readonly refused?: ReactNode;
}

export interface RadiosProps<V extends string> {
  value: V | undefined;
  options: readonly RadioOption<V>[];
  onChange: (value: V) => void;
  /** Names the group when no field label does. */
  label?: string;
  describedBy?: string | undefined;
  cards?: boolean;
}

export function Radios<V extends string>(props: RadiosProps<V>): ReactNode {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      className={props.cards === true ? styles["cards"] : styles["radios"]}
    >
      {props.options.map((option) => (
        <label key={option.value} className={cx(styles["choice"], props.cards === true && styles["card"])}>
          <input
            type="radio"
            name={name}
            className={styles["dot"]}
            checked={option.value === props.value}
            aria-disabled={option.refused !== undefined || undefined}
            onChange={() => {
              if (option.refused === undefined) props.onChange(option.value);
            }}
          />
          <span>
            {option.label}
            {option.hint !== undefined && <span className={styles["under"]}>{option.hint}</span>}
            {option.refused !== undefined && <span className={styles["under"]}>{option.refused}</span>}
          </span>
        </label>
      ))}
    </div>
  );
}
