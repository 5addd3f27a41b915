import { useState, type ReactNode } from "react";
import { groupCode, normalizeCode } from "./code.ts";
import { cx } from "./cx.ts";
import { FieldBox, type FieldProps } from "./field.tsx";
import styles from "./input.module.css";

export interface CodeInputProps extends FieldProps {
  /** The normalised code. */
  value: string;
  onChange: (code: string) => void;
  /** Characters a group for display. */
  group?: number;
  digitsOnly?: boolean;
  name?: string;
  autoFocus?: boolean;
}

/**
 * One field for the whole code, so that pasting works. While an input method converts, what is
 * typed stays as it is; at its end, and on leaving, it is normalised and grouped.
 */
export function CodeInput(props: CodeInputProps): ReactNode {
  const { label, hint, error, required, aside, hideLabel, value, onChange, group = 4, digitsOnly } = props;
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const settle = (typed: string) => {
    setDraft(undefined);
    onChange(normalizeCode(typed));
  };
  return (
    <FieldBox {...{ label, hint, error, required, aside, hideLabel }}>
      {({ id, describedBy }) => (
        <input
          id={id}
          name={props.name}
          className={cx(styles["input"], styles["code"])}
          value={draft ?? groupCode(value, group)}
          inputMode={digitsOnly === true ? "numeric" : "text"}
          autoCapitalize="characters"
          autoComplete="one-time-code"
          autoCorrect="off"
          spellCheck={false}
          data-focus={props.autoFocus === true || undefined}
          aria-describedby={describedBy}
          aria-invalid={error !== undefined || undefined}
          aria-required={required}
          onChange={(event) => {
            const input = event.target;
            const typed = input.value;
            const native = event.nativeEvent;
            const composing = native instanceof InputEvent && native.isComposing;
            const atEnd = input.selectionStart === typed.length;
            if (!composing && atEnd) return settle(typed);
            // In the middle of the code, grouping would move the caret away from where one types.
            setDraft(typed);
            if (!composing) onChange(normalizeCode(typed));
          }}
          onCompositionEnd={(event) => settle(event.currentTarget.value)}
          onBlur={(event) => settle(event.currentTarget.value)}
        />
      )}
    </FieldBox>
  );
}
