/** Pages of lists: the cursor is the number of rows before it. */
import { HttpError } from "../../platform/http/http-error.ts";

export type PageQuery = { readonly cursor?: string | undefined; readonly limit: number };

export function offsetOf({ cursor }: PageQuery): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,9}$/u.test(cursor)) throw new HttpError("bad_request", { fields: ["cursor"] });
  return Number(cursor);
}

export function nextOf(page: PageQuery, total: number): string | null {
  const end = offsetOf(page) + page.limit;
  return end < total ? String(end) : null;
}

export function pageOf<T>(rows: readonly T[], page: PageQuery): readonly T[] {
  return rows.slice(offsetOf(page), offsetOf(page) + page.limit);
}

/** For `ilike`: what was typed, anywhere. */
export function likeOf(q: string): string {
  return `%${q
    .normalize("NFKC")
    .trim()
    .replaceAll(/[\\%_]/gu, "\\$&")}%`;
}
