import { useEffect, useLayoutEffect, useRef, useState, type PointerEvent, type ReactNode } from "react";
import { cx } from "./cx.ts";
import styles from "./stable-list.module.css";
import {
  emptyList,
  hold,
  mayPress,
  nextSweep,
  release,
  sweep,
  take,
  type StableItem,
  type StableList as Model,
  type StableRow,
} from "./stable-list-model.ts";

export interface RowPress {
  /** Spread on the row's button. `onPress` runs only for a press meant for this row. */
  (onPress: () => void): {
    readonly onPointerDown: (event: PointerEvent) => void;
    readonly onClick: (event: { readonly detail: number }) => void;
  };
}

export interface StableListProps<Item extends StableItem> {
  label: string;
  items: readonly Item[];
  renderRow: (row: StableRow<Item>, press: RowPress) => ReactNode;
  className?: string | undefined;
}

/** A list under pressure: rows never move under a pointer. The rules are in `stable-list-model.ts`. */
export function StableList<Item extends StableItem>(props: StableListProps<Item>): ReactNode {
  const { label, items, renderRow, className } = props;
  const [list, setList] = useStable(items);
  const box = useRef<HTMLUListElement>(null);
  const down = useRef<string | undefined>(undefined);
  useAnchor(box, list.rows);
  const pressOf =
    (id: string): RowPress =>
    (onPress) => ({
      onPointerDown: () => {
        down.current = mayPress(list, id, performance.now()) ? id : undefined;
      },
      onClick: (event) => {
        // A key, or a screen reader, presses the row that has the focus, wherever it stands: it cannot hit a neighbour.
        const meant = event.detail === 0 || down.current === id;
        down.current = undefined;
        // The row may have been decided between press and release.
        if (meant && list.rows.some((row) => row.id === id && !row.settled)) onPress();
      },
    });
  const leave = () => setList((now) => release(now, performance.now()));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it only notices that somebody is at the box
    <ul
      ref={box}
      aria-label={label}
      className={cx(styles["list"], className)}
      onPointerEnter={() => setList(hold)}
      onPointerLeave={(event) => {
        if (!event.currentTarget.contains(document.activeElement)) leave();
      }}
      onFocus={() => setList(hold)}
      onBlur={(event) => {
        const inside = event.currentTarget.contains(event.relatedTarget);
        if (!inside && !event.currentTarget.matches(":hover")) leave();
      }}
    >
      {list.rows.map((row) => (
        <li key={row.id} data-row={row.id}>
          {renderRow(row, pressOf(row.id))}
        </li>
      ))}
    </ul>
  );
}

function useStable<Item extends StableItem>(items: readonly Item[]) {
  const state = useState<Model<Item>>(() => take(emptyList<Item>(), items, performance.now()));
  const [list, setList] = state;
  // Before the browser paints, so that no frame shows new items in old places.
  useLayoutEffect(() => {
    setList((before) => take(before, items, performance.now()));
  }, [items, setList]);
  const due = nextSweep(list);
  useEffect(() => {
    if (due === undefined) return;
    const timer = setTimeout(
      () => setList((now) => sweep(now, performance.now())),
      Math.max(0, due - performance.now()) + 1,
    );
    return () => clearTimeout(timer);
  }, [due, setList]);
  return state;
}

/** Keeps the first visible row where it is when rows above it go: scroll position belongs to a row, not to pixels. */
function useAnchor(
  box: { readonly current: HTMLUListElement | null },
  rows: readonly { readonly id: string }[],
): void {
  const anchor = useRef<{ id: string; offset: number } | undefined>(undefined);
  useLayoutEffect(() => {
    const list = box.current;
    if (list === null) return;
    const before = anchor.current;
    const kept = before && list.querySelector<HTMLElement>(`[data-row="${CSS.escape(before.id)}"]`);
    if (before !== undefined && kept) list.scrollTop = kept.offsetTop - before.offset;
    const remember = () => {
      const first = [...list.children].find(
        (row): row is HTMLElement =>
          row instanceof HTMLElement && row.offsetTop + row.offsetHeight > list.scrollTop,
      );
      const id = first?.dataset["row"];
      anchor.current =
        first && id !== undefined ? { id, offset: first.offsetTop - list.scrollTop } : undefined;
    };
    remember();
    list.addEventListener("scroll", remember, { passive: true });
    return () => list.removeEventListener("scroll", remember);
  }, [box, rows]);
}
