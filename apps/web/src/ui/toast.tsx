import Check from "lucide-react/icons/check";
import X from "lucide-react/icons/x";
import { useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { Button, IconButton } from "./button.tsx";
import { useUiLocale } from "./locale.ts";
import styles from "./toast.module.css";

/** How long it stands; hovering or focusing it holds it. */
const SHOWN_MS = 6000;
const MOST = 2;

interface ToastItem {
  readonly id: number;
  readonly text: string;
  readonly undo: (() => void) | undefined;
}

let items: readonly ToastItem[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly ToastItem[]): void {
  items = next;
  for (const listener of listeners) listener();
}

/** Only for an own action that finished. Errors and security events stand in the page. */
export function toast(text: string, undo?: () => void): void {
  lastId += 1;
  change([...items, { id: lastId, text, undo }].slice(-MOST));
}

function remove(id: number): void {
  change(items.filter((item) => item.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Place once, above everything that scrolls. It is a live region, so it exists before its first message. */
export function Toasts(): ReactNode {
  const shown = useSyncExternalStore(subscribe, () => items);
  return (
    <div className={styles["toasts"]} role="status">
      {shown.map((item) => (
        <ToastCard key={item.id} item={item} />
      ))}
    </div>
  );
}

function ToastCard({ item }: { item: ToastItem }): ReactNode {
  const { words } = useUiLocale();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => remove(item.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, item.id]);
  return (
    <div
      className={styles["toast"]}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Check />
      <span className={styles["text"]}>{item.text}</span>
      {item.undo !== undefined && (
        <Button
          kind="quiet"
          size="small"
          onClick={() => {
            item.undo?.();
            remove(item.id);
          }}
        >
          {words.undo}
        </Button>
      )}
      <IconButton label={words.dismiss} onClick={() => remove(item.id)}>
        <X />
      </IconButton>
    </div>
  );
}
