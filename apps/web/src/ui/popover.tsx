import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { cx } from "./cx.ts";
import { isComposing } from "./ime.ts";
import styles from "./popover.module.css";

export interface PopoverProps {
  /** Draws the button; spread the given props on it. */
  trigger: (props: TriggerProps) => ReactNode;
  label: string;
  children: ReactNode | ((close: () => void) => ReactNode);
  align?: "start" | "end";
  /** Upwards from the control bar. */
  side?: "below" | "above";
}

export interface TriggerProps {
  readonly "aria-expanded": boolean;
  readonly "aria-controls": string | undefined;
  readonly onClick: () => void;
}

/** A small layer at its button. Escape and a press outside close it; the focus returns to the button. */
export function Popover({
  trigger,
  label,
  children,
  align = "start",
  side = "below",
}: PopoverProps): ReactNode {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLSpanElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const close = () => {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  useOutsidePress(root, open, () => setOpen(false));
  useEffect(() => {
    if (open) layer.current?.focus();
  }, [open]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape comes up from whatever is inside
    <span
      ref={root}
      className={styles["root"]}
      onKeyDown={(event) => {
        if (!open || event.key !== "Escape" || isComposing(event)) return;
        event.stopPropagation();
        close();
      }}
    >
      {trigger({
        "aria-expanded": open,
        "aria-controls": open ? id : undefined,
        onClick: () => setOpen(!open),
      })}
      {open && (
        <div
          ref={layer}
          id={id}
          role="dialog"
          aria-label={label}
          tabIndex={-1}
          className={cx(styles["layer"], styles[align], styles[side])}
        >
          {typeof children === "function" ? children(close) : children}
        </div>
      )}
    </span>
  );
}

/** Runs when a press begins outside the element while it is open. */
export function useOutsidePress(
  ref: { readonly current: HTMLElement | null },
  open: boolean,
  onPress: () => void,
): void {
  const latest = useRef(onPress);
  latest.current = onPress;
  useEffect(() => {
    if (!open) return;
    const listen = (event: Event) => {
      if (event.target instanceof Node && ref.current?.contains(event.target) !== true) latest.current();
    };
    document.addEventListener("pointerdown", listen);
    return () => document.removeEventListener("pointerdown", listen);
  }, [ref, open]);
}
