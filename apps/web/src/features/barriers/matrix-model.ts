/** The matrix as a window on something far larger: which cells are seen, which blocks of them to ask for, what a cell says. */
import { hardBlock, type BarrierMask } from "@sekisho/domain";

/** Groups of one side in one request. */
export const BLOCK = 50;
/** Drawn beyond the edge, so that a slow scroll never meets an empty cell. */
const MARGIN = 2;

export type Verdict = "meet" | "limited" | "blocked";

export function verdictOf(mask: BarrierMask): Verdict {
  if ((mask & hardBlock) !== 0) return "blocked";
  return mask === 0 ? "meet" : "limited";
}

export interface Span {
  readonly first: number;
  /** The one after the last. */
  readonly end: number;
}

/** Of `total` things of one size in a line, those that a window on it shows. */
export function spanOf(offset: number, view: number, size: number, total: number): Span {
  const first = Math.max(0, Math.floor(offset / size) - MARGIN);
  const end = Math.min(total, Math.ceil((offset + view) / size) + MARGIN);
  return { first: Math.min(first, end), end };
}

export function indicesOf({ first, end }: Span, also?: number): readonly number[] {
  const all = Array.from({ length: end - first }, (_none, at) => first + at);
  if (also === undefined || (also >= first && also < end)) return all;
  return also < first ? [also, ...all] : [...all, also];
}

export interface BlockAt {
  readonly row: number;
  readonly column: number;
}

/** The blocks that two spans touch, by their number on each side. Nothing known yet: the first one. */
export function blocksOf(rows: Span, columns: Span): readonly BlockAt[] {
  const down = blockSpan(rows);
  return down.flatMap((row) => blockSpan(columns).map((column) => ({ row, column })));
}

function blockSpan({ first, end }: Span): readonly number[] {
  const from = Math.floor(first / BLOCK);
  const to = Math.max(from, Math.floor((end - 1) / BLOCK));
  return Array.from({ length: to - from + 1 }, (_none, at) => from + at);
}

/** One byte a cell, row after row. */
export function masksOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
}

export interface Cursor {
  readonly row: number;
  readonly column: number;
}

export interface Bounds {
  readonly rows: number;
  readonly columns: number;
  /** Whole rows in the window, for the page keys. */
  readonly page: number;
}

/** Where a key leads from here (the grid pattern of ARIA); null for a key that moves nothing. */
export function moved(at: Cursor, key: string, withControl: boolean, bounds: Bounds): Cursor | null {
  const last = { row: bounds.rows - 1, column: bounds.columns - 1 };
  const moves: Readonly<Record<string, Cursor>> = {
    ArrowUp: { row: at.row - 1, column: at.column },
    ArrowDown: { row: at.row + 1, column: at.column },
    ArrowLeft: { row: at.row, column: at.column - 1 },
    ArrowRight: { row: at.row, column: at.column + 1 },
    PageUp: { row: at.row - bounds.page, column: at.column },
    PageDown: { row: at.row + bounds.page, column: at.column },
    Home: { row: withControl ? 0 : at.row, column: 0 },
    End: { row: withControl ? last.row : at.row, column: last.column },
  };
  const to = moves[key];
  if (to === undefined) return null;
  const within = (value: number, most: number) => Math.max(0, Math.min(most, value));
  return { row: within(to.row, last.row), column: within(to.column, last.column) };
}
