import type { InputHTMLAttributes, ReactNode, Ref } from "react";
import { cx } from "./cx.ts";
import { FieldBox, type FieldProps } from "./field.tsx";
import styles from "./input.module.css";

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
