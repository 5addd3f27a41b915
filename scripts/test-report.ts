import { z } from "zod";

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

/** Reads vitest's JSON report. A file that failed outside its tests (it does not even load) counts as one failure. */
export function countReport(json: string): Counts {
  const parsed = report.parse(JSON.parse(json));
  const broken = parsed.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((result) => result.status === "failed"),
  );
  return {
    passed: parsed.numPassedTests,
    failed: parsed.numFailedTests + broken.length,
    skipped: parsed.numPendingTests + parsed.numTodoTests,
  };
}

export function addCounts(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** The line a program may look for: alone, last, always the same shape. */
export function lastLine(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed`;
}
