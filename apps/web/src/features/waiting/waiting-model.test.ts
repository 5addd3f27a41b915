import { expect, test } from "vitest";
import { LONG_MS, waitingKind, waitsLong } from "./waiting-model.ts";

test("[ADM-3] before the start, waiting, and sent back are three screens", () => {
  expect(waitingKind({ hostStarted: false, sentBack: false })).toBe("early");
  expect(waitingKind({ hostStarted: true, sentBack: false })).toBe("waiting");
  expect(waitingKind({ hostStarted: true, sentBack: true })).toBe("back");
  expect(waitingKind({ hostStarted: false, sentBack: true })).toBe("back");
});

test("after ten minutes the page says whom to contact", () => {
  expect(waitsLong(1000, 1000 + LONG_MS - 1)).toBe(false);
  expect(waitsLong(1000, 1000 + LONG_MS)).toBe(true);
});
