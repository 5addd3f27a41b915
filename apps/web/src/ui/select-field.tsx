import ChevronDown from "lucide-react/icons/chevron-down";
import type { ReactNode, SelectHTMLAttributes } from "react";
import { FieldBox, type FieldProps } from "./field.tsx";
import styles from "./input.module.css";
import own from "./select-field.module.css";

export interface Option<V extends string = string> {
  readonly value: V;
  readonly label: string;
}

export interface SelectBoxProps<V extends string> extends Omit<
  SelectHTMLAttributes<HTMLSelectElement>,
  "onChange" | "value"
> {
  value: V;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
}

/** The device's own list: right on a phone, by keyboard and for a screen reader. */
export function SelectBox<V extends string>({
  value,
  options,
  onChange,
  ...rest
}: SelectBoxProps<V>): ReactNode {
  return (
    <span className={own["select"]}>
      <select
        {...rest}
        className={styles["input"]}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown />
    </span>
  );
}

export type SelectFieldProps<V extends string> = FieldProps & SelectBoxProps<V>;

export function SelectField<V extends string>(props: SelectFieldProps<V>): ReactNode {
  const { label, hint, error, required, aside, ...box } = props;
  return (
    <FieldBox {...{ label, hint, error, required, aside }}>
      {({ id, describedBy }) => (
        <SelectBox
          {...box}
          id={id}
          aria-describedby={describedBy}
          aria-invalid={error !== undefined || undefined}
        />
      )}
    </FieldBox>
  );
}
