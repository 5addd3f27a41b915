import { expect, test } from "vitest";
import { ranOut } from "./wait-reporter.ts";

test("a wait that ran out is told from a wrong answer", async () => {
  const late = await expect
    .poll(() => 1, { timeout: 1 })
    .toBe(2)
    .catch((error: unknown) => error);
  const wrong = await Promise.resolve()
    .then(() => expect(1).toBe(2))
    .catch((error: unknown) => error);
  const answers = [late, wrong].map((error) => error instanceof Error && ranOut(error));
  expect(answers).toEqual([true, false]);
  expect(ranOut({ message: "Hook timed out in 180000ms." })).toBe(true);
  expect(ranOut({ message: "page.goto: Timeout 30000ms exceeded." })).toBe(true);
  expect(ranOut({ message: "expected 'Timeout' to be 'x'" })).toBe(false);
});
