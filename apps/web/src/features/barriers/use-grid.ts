import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { keyOf } from "../../ui/ime.ts";
import { moved, spanOf, type Cursor, type Span } from "./matrix-model.ts";
import type { MatrixSource } from "./use-matrix.ts";

/** px */
export interface Metrics {
  readonly row: number;
  readonly cell: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const ROW = 42;
const TOP = 44;
const LEAST = 126;
const MOST = 187;

/** Columns share the width there is; where they do not fit they keep their size and scroll. */
export function metricsOf(width: number, { rowTotal, columnTotal }: MatrixSource): Metrics {
  const left = width < 600 ? 108 : 140;
  const cell = Math.max(LEAST, Math.min(MOST, Math.floor((width - left) / Math.max(1, columnTotal))));
  return {
    row: ROW,
    cell,
    left,
    top: TOP,
    width: left + cell * columnTotal,
    height: TOP + ROW * rowTotal + 8,
  };
}

interface View {
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
}

export function useGrid(source: MatrixSource, onWindow: (rows: Span, columns: Span) => void) {
  const ref = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<View>({ width: 960, height: 480, x: 0, y: 0 });
  const [wanted, setCursor] = useState<Cursor>({ row: 0, column: 0 });
  const focusAsked = useRef(false);
  const read = useCallback(() => {
    const box = ref.current;
    if (box === null) return;
    setView({ width: box.clientWidth, height: box.clientHeight, x: box.scrollLeft, y: box.scrollTop });
  }, []);
  useLayoutEffect(() => {
    if (ref.current === null) return;
    read();
    const observer = new ResizeObserver(read);
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [read]);

  const metrics = metricsOf(view.width, source);
  const rows = spanOf(view.y, view.height - TOP, ROW, source.rowTotal);
  const columns = spanOf(view.x, view.width - metrics.left, metrics.cell, source.columnTotal);
  useWindowNews(rows, columns, onWindow);
  // A search can leave fewer groups than the cursor had walked.
  const cursor = {
    row: Math.max(0, Math.min(wanted.row, source.rowTotal - 1)),
    column: Math.max(0, Math.min(wanted.column, source.columnTotal - 1)),
  };

  const { follow, keep } = useFollowing(ref, metrics);

  const onKey = (event: KeyboardEvent): boolean => {
    const page = Math.max(1, Math.floor((view.height - TOP) / ROW) - 1);
    const bounds = { rows: source.rowTotal, columns: source.columnTotal, page };
    const to = moved(cursor, keyOf(event) ?? "", event.ctrlKey || event.metaKey, bounds);
    if (to === null) return false;
    event.preventDefault();
    focusAsked.current = true;
    setCursor(to);
    follow(to);
    return true;
  };
  const onScroll = () => {
    keep();
    read();
  };
  return { ref, metrics, rows, columns, cursor, setCursor, onKey, onScroll, focusAsked };
}

/** How long after a key the window belongs to it (ms). */
const KEY_HOLDS = 300;

/**
 * The window goes where a key led, once the new size is drawn: what has only just grown may still be scrolled back by
 * the browser to where it ended before.
 */
function useFollowing(ref: { readonly current: HTMLElement | null }, metrics: Metrics) {
  const target = useRef<{ readonly at: Cursor; readonly until: number } | undefined>(undefined);
  const keep = () => {
    const { current } = target;
    if (current === undefined) return;
    if (performance.now() > current.until) target.current = undefined;
    else bringIn(ref.current, current.at, metrics);
  };
  useLayoutEffect(keep);
  const follow = (at: Cursor) => {
    target.current = { at, until: performance.now() + KEY_HOLDS };
  };
  return { follow, keep };
}

function useWindowNews(rows: Span, columns: Span, tell: (rows: Span, columns: Span) => void): void {
  const latest = useRef(tell);
  latest.current = tell;
  const [r1, r2, c1, c2] = [rows.first, rows.end, columns.first, columns.end];
  useEffect(() => {
    latest.current({ first: r1, end: r2 }, { first: c1, end: c2 });
  }, [r1, r2, c1, c2]);
}

/** Scrolls no further than needed, past what the sticky heads cover. */
function bringIn(box: HTMLElement | null, { row, column }: Cursor, metrics: Metrics): void {
  if (box === null) return;
  const top = row * metrics.row;
  const left = column * metrics.cell;
  const high = box.clientHeight - metrics.top - metrics.row;
  const wide = box.clientWidth - metrics.left - metrics.cell;
  box.scrollTop = Math.max(Math.min(box.scrollTop, top), top - high);
  box.scrollLeft = Math.max(Math.min(box.scrollLeft, left), left - wide);
}
