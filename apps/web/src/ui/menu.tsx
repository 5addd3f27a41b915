import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { cx } from "./cx.ts";
import { keyOf } from "./ime.ts";
import styles from "./menu.module.css";
import { useOutsidePress, type TriggerProps } from "./popover.tsx";
import popover from "./popover.module.css";

export interface MenuItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly icon?: ReactNode;
  readonly danger?: boolean;
  /** Why it cannot be chosen now; it stays in the list and says so. */
  readonly refused?: ReactNode;
  readonly onSelect: () => void;
}

export interface MenuProps {
  trigger: (props: TriggerProps & { readonly "aria-haspopup": "menu" }) => ReactNode;
  label: string;
  items: readonly MenuItem[];
  align?: "start" | "end";
  side?: "below" | "above";
}

/** Arrow keys, Home, End; Escape closes; nothing is chosen by opening. */
export function Menu({ trigger, label, items, align = "end", side = "below" }: MenuProps): ReactNode {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLSpanElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const close = () => {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  useOutsidePress(root, open, () => setOpen(false));
  useEffect(() => {
    if (open) itemsIn(list.current)[0]?.focus();
  }, [open]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys come up from the button and the items
    <span
      ref={root}
      className={popover["root"]}
      onKeyDown={(event) => open && onMenuKey(event, list.current, close)}
    >
      {trigger({
        "aria-haspopup": "menu",
        "aria-expanded": open,
        "aria-controls": open ? id : undefined,
        onClick: () => setOpen(!open),
      })}
      {open && (
        <div
          ref={list}
          id={id}
          role="menu"
          aria-label={label}
          className={cx(popover["layer"], popover[align], popover[side], styles["menu"])}
        >
          {items.map((item) => (
            <MenuRow key={item.id} item={item} close={close} />
          ))}
        </div>
      )}
    </span>
  );
}

function MenuRow({ item, close }: { item: MenuItem; close: () => void }): ReactNode {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={cx(styles["item"], item.danger === true && styles["danger"])}
      aria-disabled={item.refused !== undefined || undefined}
      onClick={() => {
        if (item.refused !== undefined) return;
        close();
        item.onSelect();
      }}
    >
      {item.icon}
      <span>
        {item.label}
        {item.refused !== undefined && <span className={styles["reason"]}>{item.refused}</span>}
      </span>
    </button>
  );
}

function itemsIn(list: HTMLElement | null): HTMLElement[] {
  return list === null ? [] : [...list.querySelectorAll<HTMLElement>('[role="menuitem"]')];
}

function onMenuKey(event: KeyboardEvent, list: HTMLElement | null, close: () => void): void {
  const rows = itemsIn(list);
  const at = rows.findIndex((row) => row === document.activeElement);
  const moves: Record<string, number | undefined> = {
    ArrowDown: (at + 1) % rows.length,
    ArrowUp: (at - 1 + rows.length) % rows.length,
    Home: 0,
    End: rows.length - 1,
  };
  const key = keyOf(event) ?? "";
  const next = moves[key];
  if (next !== undefined) {
    event.preventDefault();
    rows[next]?.focus();
  } else if (key === "Escape" || key === "Tab") {
    event.stopPropagation();
    close();
  }
}
