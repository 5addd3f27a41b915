import type { ReactNode } from "react";
import { Fields } from "../../ui/field.tsx";
import { TextField } from "../../ui/text-field.tsx";

export interface NameFieldsProps<I extends string> {
  names: readonly { readonly id: I; readonly label: string; readonly hint?: string }[];
  value: Readonly<Record<I, string>>;
  onChange: (id: I, value: string) => void;
}

/** Names of claims or attributes; each may stay empty. */
export function NameFields<I extends string>({ names, value, onChange }: NameFieldsProps<I>): ReactNode {
  return (
    <Fields>
      {names.map(({ id, ...field }) => (
        <TextField
          key={id}
          {...field}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={value[id]}
          onChange={(next) => onChange(id, next)}
        />
      ))}
    </Fields>
  );
}
