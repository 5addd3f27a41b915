import { expect, test } from "vitest";
import { addCounts, countReport, lastLine } from "./test-report.ts";

function reportOf(files: { status: string; tests: string[] }[]): string {
  const all = files.flatMap((file) => file.tests);
  return JSON.stringify({
    numPassedTests: all.filter((status) => status === "passed").length,
    numFailedTests: all.filter((status) => status === "failed").length,
    numPendingTests: all.filter((status) => status === "pending").length,
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((result) => ({ status: result })),
    })),
  });
}

test("a test file that does not load is a failure, not nothing", () => {
  const counts = countReport(
    reportOf([
      { status: "passed", tests: ["passed", "pending"] },
      { status: "failed", tests: [] },
      { status: "failed", tests: ["failed", "passed"] },
    ]),
  );
  expect(counts).toEqual({ passed: 2, failed: 2, skipped: 1 });
});

test("the last line has one shape", () => {
  const counts = addCounts({ passed: 2, failed: 0, skipped: 1 }, { passed: 3, failed: 1, skipped: 0 });
  expect(lastLine(counts)).toBe("5 passed, 1 failed");
});
