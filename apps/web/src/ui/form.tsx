import { useRef, type ReactNode } from "react";
import styles from "./form.module.css";
import { isComposing } from "./ime.ts";

export interface FormProps {
  onSubmit: () => void;
  children: ReactNode;
  className?: string | undefined;
  label?: string;
}

/** A form that never sends itself while an input method converts, and leaves checking to the screen. */
export function Form({ onSubmit, children, className, label }: FormProps): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it only keeps Enter for the input method
    <form
      noValidate
      className={className}
      aria-label={label}
      onSubmit={(event) => {
        // React hands an event of a dialog on to the form the dialog was opened from: adding a person would send that too.
        event.preventDefault();
        event.stopPropagation();
        onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && isComposing(event)) event.preventDefault();
      }}
    >
      {children}
    </form>
  );
}

/** The foot of a form in a dialog: cancel, then the deed. */
export function FormEnd({ children }: { children: ReactNode }): ReactNode {
  return <div className={styles["end"]}>{children}</div>;
}

/** Moves to the first field that says what is wrong with it. Call after the errors have been drawn. */
export function focusFirstError(root: ParentNode = document): void {
  const marked = root.querySelectorAll<HTMLElement>('[aria-invalid="true"], [data-error]');
  // The mark of a single field is on its box as well, which comes first and cannot take the focus.
  const field = [...marked].find((one) => (one.focus(), document.activeElement === one));
  field?.scrollIntoView({ block: "center" });
}

/** Runs after the next drawing, when errors that were just switched on stand in the page. */
export function useAfterDraw(): (run: () => void) => void {
  const frame = useRef(0);
  return (run) => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => requestAnimationFrame(run));
  };
}
