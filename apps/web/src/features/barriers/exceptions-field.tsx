import Plus from "lucide-react/icons/plus";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { keyOf } from "../../ui/ime.ts";
import { Note } from "../../ui/note.tsx";
import { Chosen } from "../../ui/person-picker.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { exceptionOf, type Exception } from "./rules-model.ts";
import styles from "./settings.module.css";

export interface ExceptionsFieldProps {
  value: readonly Exception[];
  onChange: (value: readonly Exception[]) => void;
}

/** BAR-8: who joins without an account after proving the address by code. Whole domains stand out from addresses. */
export function ExceptionsField({ value, onChange }: ExceptionsFieldProps): ReactNode {
  const r = useWords("barriers-settings");
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const add = () => {
    const found = exceptionOf(text);
    setWrong(found === undefined);
    if (found === undefined) return;
    if (!value.some((one) => one.value === found.value)) onChange([...value, found]);
    setText("");
  };
  return (
    <>
      <p>{r("exceptions.text")}</p>
      <div className={styles["add"]}>
        <TextField
          label={r("exceptions.field")}
          hint={r("exceptions.hint")}
          error={wrong ? r("exceptions.wrong") : undefined}
          maxLength={254}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="none"
          value={text}
          onChange={setText}
          onKeyDown={(event) => {
            // Enter adds the line; sending the whole dialog is the button's.
            if (keyOf(event) !== "Enter" || text.trim() === "") return;
            event.preventDefault();
            add();
          }}
        />
        <Button icon={<Plus />} onClick={add}>
          {r("exceptions.add")}
        </Button>
      </div>
      {value.length === 0 ? (
        <p>{r("exceptions.none")}</p>
      ) : (
        <Chosen
          label={r("exceptions.list")}
          people={value.map((one) => ({
            id: one.value,
            name: one.kind === "domain" ? `@${one.value}` : one.value,
            mark: one.kind === "domain" ? r("exceptions.domain") : undefined,
          }))}
          removeLabel={(name) => r("exceptions.remove", { name })}
          onRemove={(id) => onChange(value.filter((one) => one.value !== id))}
        />
      )}
      <Note>{r("exceptions.own")}</Note>
    </>
  );
}
