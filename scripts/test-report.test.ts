import { expect, test } from "vitest";
import { addCounts, countReport, failureLines, failuresOf, lastLine } from "./test-report.ts";

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

test("what failed stands by file, name and first line before the last line, without colours", () => {
  const json = JSON.stringify({
    numPassedTests: 1,
    numFailedTests: 1,
    numPendingTests: 0,
    testResults: [
      {
        name: "/project/apps/a.test.ts",
        status: "failed",
        message: "",
        assertionResults: [
          { status: "passed", fullName: "works", failureMessages: [] },
          {
            status: "failed",
            fullName: "[ADM-1] a door",
            failureMessages: ["\u001B[31mAssertionError\u001B[39m: expected 1 to be 2\n    at a.test.ts:1"],
          },
        ],
      },
      {
        name: "/project/b.test.ts",
        status: "failed",
        message: "Cannot find module\nmore",
        assertionResults: [],
      },
    ],
  });
  expect(failureLines(failuresOf(json, "/project"))).toEqual([
    "",
    "Failed:",
    "  apps/a.test.ts > [ADM-1] a door",
    "    AssertionError: expected 1 to be 2",
    "  b.test.ts",
    "    Cannot find module",
  ]);
  expect(failureLines([])).toEqual([]);
});
