import { expect, test } from "vitest";
import { nextRegion } from "./regions.ts";

test("round in reading order, past what is not there", () => {
  const there = ["controls", "stage", "bar"];
  expect(nextRegion(there, null, 1)).toBe("bar");
  expect(nextRegion(there, "bar", 1)).toBe("stage");
  expect(nextRegion(there, "controls", 1)).toBe("bar");
  expect(nextRegion(there, "bar", -1)).toBe("controls");
  expect(nextRegion([], "bar", 1)).toBeNull();
});
