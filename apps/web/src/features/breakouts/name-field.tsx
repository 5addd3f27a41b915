import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { keyOf } from "../../ui/ime.ts";
import input from "../../ui/input.module.css";
import { newName } from "./breakouts-model.ts";

export interface NameFieldProps {
  name: string;
  onRename: (name: string) => Promise<boolean>;
}

/** The name of a room. Kept on leaving the field or with Enter; one that is not taken goes back to what it was. */
export function NameField({ name, onRename }: NameFieldProps): ReactNode {
  const t = useWords("breakouts");
  const [typed, setTyped] = useState(name);
  const keep = async () => {
    const next = newName(typed, name);
    if (next === null || !(await onRename(next))) setTyped(name);
  };
  return (
    <input
      className={input["input"]}
      aria-label={t("nameOf", { room: name })}
      maxLength={64}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => void keep()}
      onKeyDown={(event) => {
        if (keyOf(event) === "Enter") event.currentTarget.blur();
      }}
    />
  );
}
