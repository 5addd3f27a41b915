import type { ReactNode, TextareaHTMLAttributes } from "react";
import { cx } from "./cx.ts";
import { FieldBox, type FieldProps } from "./field.tsx";
import styles from "./input.module.css";
import own from "./text-area.module.css";

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
          className={cx(styles["input"], own["area"])}
          aria-describedby={describedBy}
          aria-invalid={error !== undefined || undefined}
          aria-required={required}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FieldBox>
  );
}
