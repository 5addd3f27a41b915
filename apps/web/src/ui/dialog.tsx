import X from "lucide-react/icons/x";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { IconButton } from "./button.tsx";
import { cx } from "./cx.ts";
import styles from "./dialog.module.css";
import { isComposing } from "./ime.ts";
import { useUiLocale } from "./locale.ts";

export interface DialogProps {
  title: ReactNode;
  onClose: () => void;
  children?: ReactNode;
  /** Buttons, cancel first. Mark the one that takes the focus with `autoFocus` on the element `data-focus`. */
  actions?: ReactNode;
  /** News and readings have a ✕; a question has a cancel button instead. */
  closable?: boolean;
  size?: "normal" | "wide";
}

/**
 * A modal dialog on the browser's own top layer: the rest of the page is inert, Escape closes this
 * one only, and the focus goes back to where it came from. Focus on opening: `[data-focus]`, which a
 * destructive dialog puts on its cancel button; otherwise the title.
 *
 * It stands at the end of the page and never inside a form it was opened from: a form inside a form is sent by the
 * browser itself, past every check, and the page with everything typed in it is gone.
 */
export function Dialog(props: DialogProps): ReactNode {
  const { title, onClose, children, actions, closable, size = "normal" } = props;
  const id = useId();
  const { words } = useUiLocale();
  const dialog = useRef<HTMLDialogElement>(null);
  useModal(dialog);
  return createPortal(
    <dialog
      ref={dialog}
      className={cx(styles["dialog"], styles[size])}
      aria-labelledby={id}
      onCancel={(event) => {
        // Closing is the owner's decision; React then takes the dialog away.
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape" && isComposing(event)) event.preventDefault();
      }}
    >
      <div className={styles["box"]}>
        <header className={styles["head"]}>
          <h2 id={id} className={styles["title"]} tabIndex={-1}>
            {title}
          </h2>
          {closable === true && (
            <IconButton label={words.close} onClick={onClose}>
              <X />
            </IconButton>
          )}
        </header>
        {children !== undefined && <div className={styles["body"]}>{children}</div>}
        {actions !== undefined && <footer className={styles["actions"]}>{actions}</footer>}
      </div>
    </dialog>,
    document.body,
  );
}

function useModal(ref: { readonly current: HTMLDialogElement | null }): void {
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    const before = document.activeElement;
    dialog.showModal();
    const target =
      dialog.querySelector<HTMLElement>("[data-focus]") ?? dialog.querySelector<HTMLElement>("h2");
    target?.focus();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [ref]);
}
