import { expect, test } from "vitest";
import { safePath } from "./return-path.ts";

test("after signing in nobody is led to another site", () => {
  expect(safePath("/meetings/new")).toBe("/meetings/new");
  expect(safePath("//evil.example")).toBe("/");
  expect(safePath("/\\evil.example")).toBe("/");
  expect(safePath("https://evil.example")).toBe("/");
  expect(safePath(null)).toBe("/");
});
