import {
  useState,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type TextareaHTMLAttributes,
} from "react";
import { cx } from "./cx.ts";
import { FieldBox, type FieldProps } from "./field.tsx";
import styles from "./input.module.css";
import { useUiLocale } from "./locale.ts";

type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value" | "required">;

export interface TextFieldProps extends FieldProps, InputProps {
  value: string;
  onChange: (value: string) => void;
  ref?: Ref<HTMLInputElement>;
}

export function TextField({
  label,
  hint,
  error,
  required,
  aside,
  onChange,
  ...input
}: TextFieldProps): ReactNode {
  return (
    <FieldBox {...{ label, hint, error, required, aside }}>
      {({ id, describedBy }) => (
        <input
          type="text"
          {...input}
          id={id}
          className={cx(styles["input"], input.className)}
          aria-describedby={describedBy}
          aria-invalid={error !== undefined || undefined}
          aria-required={required}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FieldBox>
  );
}

/** Shown as dots; the word beside it shows it while it is written. Never filled by us. */
export function PasswordField(props: Omit<TextFieldProps, "type">): ReactNode {
  const { label, hint, error, required, aside, onChange, ...input } = props;
  const [shown, setShown] = useState(false);
  const { words } = useUiLocale();
  return (
    <FieldBox {...{ label, hint, error, required, aside }}>
      {({ id, describedBy }) => (
        <span className={styles["joined"]}>
          <input
            {...input}
            id={id}
            type={shown ? "text" : "password"}
            className={styles["input"]}
            spellCheck={false}
            autoCapitalize="none"
            aria-describedby={describedBy}
            aria-invalid={error !== undefined || undefined}
            aria-required={required}
            onChange={(event) => onChange(event.target.value)}
          />
          <button
            type="button"
            className={styles["inside"]}
            aria-controls={id}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            {shown ? words.hide : words.show}
          </button>
        </span>
      )}
    </FieldBox>
  );
}

type AreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "onChange" | "value" | "required">;

export interface TextAreaProps extends FieldProps, AreaProps {
  value: string;
  onChange: (value: string) => void;
}

export function TextArea({
  label,
  hint,
  error,
  required,
  aside,
  onChange,
  ...area
}: TextAreaProps): ReactNode {
  return (
    <FieldBox {...{ label, hint, error, required, aside }}>
      {({ id, describedBy }) => (
        <textarea
          rows={3}
          {...area}
          id={id}
          className={cx(styles["input"], styles["area"])}
          aria-describedby={describedBy}
          aria-invalid={error !== undefined || undefined}
          aria-required={required}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FieldBox>
  );
}
