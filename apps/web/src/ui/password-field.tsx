import { useState, type ReactNode } from "react";
import { FieldBox } from "./field.tsx";
import styles from "./input.module.css";
import { useUiLocale } from "./locale.ts";
import own from "./password-field.module.css";
import type { TextFieldProps } from "./text-field.tsx";

/** Shown as dots; the word beside it shows it while it is written. Never filled by us. */
export function PasswordField(props: Omit<TextFieldProps, "type">): ReactNode {
  const { label, hint, error, required, aside, onChange, ...input } = props;
  const [shown, setShown] = useState(false);
  const { words } = useUiLocale();
  return (
    <FieldBox {...{ label, hint, error, required, aside }}>
      {({ id, describedBy }) => (
        <span className={own["joined"]}>
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
            className={own["inside"]}
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
