/** Pages as existing clients ask for them: a token that says where the last one ended, or a page's number. */
import { V2Error } from "./v2-error.ts";

export type PageAsked = {
  readonly page_size: number;
  readonly next_page_token?: string | undefined;
  readonly page_number?: number | undefined;
};

/** The key after which the page begins; null: from the start. Throws `page_token`. */
export function afterOf({ next_page_token: token }: PageAsked): string | null {
  if (token === undefined || token === "") return null;
  const key = Buffer.from(token, "base64url").toString("utf8");
  if (!/^[A-Za-z0-9_.-]{1,100}$/u.test(key) || tokenOf(key) !== token) throw new V2Error("page_token");
  return key;
}

export function tokenOf(key: string): string {
  return Buffer.from(key).toString("base64url");
}

/** How many rows the page's number skips. A token wins over a number. */
export function skippedOf(asked: PageAsked): number {
  return asked.page_number === undefined || afterOf(asked) !== null
    ? 0
    : (asked.page_number - 1) * asked.page_size;
}

export function frameOf(asked: PageAsked, total: number, nextKey: string | null) {
  return {
    page_size: asked.page_size,
    page_count: Math.ceil(total / asked.page_size),
    page_number: asked.page_number ?? 1,
    total_records: total,
    next_page_token: nextKey === null ? "" : tokenOf(nextKey),
  };
}

/** Of rows in memory, ordered by a key that stays: nothing is left out or told twice when rows come and go. */
export function pageOf<T>(rows: readonly T[], keyOf: (row: T) => string, asked: PageAsked) {
  const after = afterOf(asked);
  const ordered = rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const rest = after === null ? ordered.slice(skippedOf(asked)) : ordered.filter((row) => keyOf(row) > after);
  const shown = rest.slice(0, asked.page_size);
  const last = shown.at(-1);
  const more = rest.length > shown.length && last !== undefined;
  return { shown, frame: frameOf(asked, rows.length, more ? keyOf(last) : null) };
}
