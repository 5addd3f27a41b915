import CircleX from "lucide-react/icons/circle-x";
import { useId, type ReactNode } from "react";
import { cx } from "./cx.ts";
import styles from "./field.module.css";
import { useUiLocale } from "./locale.ts";

export interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** The sentence under the field; its presence marks the field. */
  error?: string | undefined;
  required?: boolean | undefined;
  /** The label is for screen readers only: a heading beside it says the same. */
  hideLabel?: boolean | undefined;
  /** Stands at the right of the label row: who fixed this value. */
  aside?: ReactNode;
}

export interface FieldIds {
  readonly id: string;
  readonly describedBy: string | undefined;
}

export interface FieldBoxProps extends FieldProps {
  /** A group of controls is labelled as a fieldset; a single control by a label. */
  group?: boolean;
  /** For composite controls, whose parts carry their own ids: the label becomes a plain element with this id. */
  labelId?: string;
  children: (ids: FieldIds) => ReactNode;
}

export function FieldBox(props: FieldBoxProps): ReactNode {
  const id = useId();
  const hintId = `${id}h`;
  const errorId = `${id}e`;
  const describedBy =
    [props.error !== undefined && errorId, props.hint !== undefined && hintId].filter(Boolean).join(" ") ||
    undefined;
  const body = (
    <div className={styles["body"]}>
      {props.children({ id, describedBy })}
      {props.hint !== undefined && (
        <div id={hintId} className={styles["hint"]}>
          {props.hint}
        </div>
      )}
      {props.error !== undefined && <FieldError id={errorId}>{props.error}</FieldError>}
    </div>
  );
  if (props.group === true) {
    return (
      <div
        role="group"
        className={styles["field"]}
        aria-labelledby={`${id}l`}
        aria-describedby={describedBy}
        tabIndex={-1}
        data-error={props.error !== undefined || undefined}
      >
        <div id={`${id}l`} className={styles["label"]}>
          <LabelText {...props} />
        </div>
        {body}
      </div>
    );
  }
  return (
    <div className={styles["field"]} data-error={props.error !== undefined || undefined}>
      {props.labelId === undefined ? (
        <label htmlFor={id} className={props.hideLabel === true ? "sr-only" : styles["label"]}>
          <LabelText {...props} />
        </label>
      ) : (
        <span id={props.labelId} className={styles["label"]}>
          <LabelText {...props} />
        </span>
      )}
      {body}
    </div>
  );
}

function LabelText({ label, required, aside }: FieldProps): ReactNode {
  const { words } = useUiLocale();
  return (
    <>
      <span>{label}</span>
      {required === true && <span className={styles["required"]}>{words.required}</span>}
      {aside}
    </>
  );
}

export function FieldError({ id, children }: { id?: string; children: ReactNode }): ReactNode {
  return (
    <p id={id} className={styles["error"]}>
      <CircleX />
      <span>{children}</span>
    </p>
  );
}

/** Fields stand 24 apart; `side` puts labels left of the fields where there is room for it. */
export function Fields({ side, children }: { side?: boolean; children: ReactNode }): ReactNode {
  return <div className={cx(styles["fields"], side === true && styles["side"])}>{children}</div>;
}
