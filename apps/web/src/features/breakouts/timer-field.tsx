import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { SelectField } from "../../ui/select-field.tsx";

const MINUTES = [3, 5, 8, 10, 15, 20, 30, 45, 60, 90];

/** null: without a timer. */
export function minutesOf(value: string): number | null {
  return value === "" ? null : Number(value);
}

export interface TimerFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** An entry in front, for a list that changes something only when another is chosen. */
  unchanged?: string;
}

export function TimerField({ label, value, onChange, unchanged }: TimerFieldProps): ReactNode {
  const t = useWords("breakouts");
  return (
    <SelectField
      label={label}
      value={value}
      options={[
        ...(unchanged === undefined ? [] : [{ value: "keep", label: unchanged }]),
        { value: "", label: t("timer.none") },
        ...MINUTES.map((count) => ({ value: `${count}`, label: t("timer.minutes", { count }) })),
      ]}
      onChange={onChange}
    />
  );
}
