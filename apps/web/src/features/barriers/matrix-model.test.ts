import { maskOf } from "@sekisho/domain";
import { expect, test } from "vitest";
import { BLOCK, blocksOf, indicesOf, masksOf, moved, spanOf, verdictOf } from "./matrix-model.ts";

test("[BAR-11] a cell says 会えない for a hard block, 制限 for anything less, 会える for nothing", () => {
  expect(verdictOf(maskOf(["meeting", "im"]))).toBe("blocked");
  expect(verdictOf(maskOf(["screen_share"]))).toBe("limited");
  expect(verdictOf(0)).toBe("meet");
});

test("[BAR-11] of 5,000 groups only what the window shows is drawn", () => {
  const span = spanOf(42 * 2500, 600, 42, 5000);
  expect(span.end - span.first).toBeLessThan(25);
  expect(span.first).toBeLessThanOrEqual(2500);
  expect(spanOf(0, 600, 42, 5000).first).toBe(0);
  expect(spanOf(42 * 4990, 600, 42, 5000).end).toBe(5000);
  expect(spanOf(500, 600, 42, 0)).toEqual({ first: 0, end: 0 });
});

test("the cell with the focus stays in the page when the window scrolls away from it", () => {
  expect(indicesOf({ first: 3, end: 5 }, 9)).toEqual([3, 4, 9]);
  expect(indicesOf({ first: 3, end: 5 }, 1)).toEqual([1, 3, 4]);
  expect(indicesOf({ first: 3, end: 5 }, 4)).toEqual([3, 4]);
});

test("only blocks that the window touches are asked for, never more than four for a window smaller than one", () => {
  expect(blocksOf({ first: 0, end: 0 }, { first: 0, end: 0 })).toEqual([{ row: 0, column: 0 }]);
  expect(blocksOf({ first: 0, end: BLOCK }, { first: 0, end: 5 })).toHaveLength(1);
  expect(blocksOf({ first: BLOCK - 1, end: BLOCK + 1 }, { first: BLOCK - 1, end: BLOCK + 1 })).toHaveLength(
    4,
  );
});

test("masks come as bytes", () => {
  expect([...masksOf(btoa(String.fromCharCode(0, 1, 255)))]).toEqual([0, 1, 255]);
});

test("keys of the grid lead where the ARIA pattern says, and never out of it", () => {
  const bounds = { rows: 10, columns: 5, page: 4 };
  const at = { row: 2, column: 2 };
  expect(moved(at, "ArrowDown", false, bounds)).toEqual({ row: 3, column: 2 });
  expect(moved(at, "Home", false, bounds)).toEqual({ row: 2, column: 0 });
  expect(moved(at, "Home", true, bounds)).toEqual({ row: 0, column: 0 });
  expect(moved(at, "End", true, bounds)).toEqual({ row: 9, column: 4 });
  expect(moved(at, "PageDown", false, bounds)).toEqual({ row: 6, column: 2 });
  expect(moved(at, "PageUp", false, bounds)).toEqual({ row: 0, column: 2 });
  expect(moved({ row: 0, column: 0 }, "ArrowUp", false, bounds)).toEqual({ row: 0, column: 0 });
  expect(moved(at, "a", false, bounds)).toBeNull();
});
