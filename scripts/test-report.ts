import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** A test, a file or a gate that failed, and the first line of why. */
export type Failure = { readonly name: string; readonly reason: string };

const result = z.object({
  status: z.string(),
  fullName: z.string().default(""),
  failureMessages: z.array(z.string()).nullish(),
});

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
  testResults: z.array(
    z.object({
      status: z.string(),
      name: z.string().default(""),
      message: z.string().default(""),
      assertionResults: z.array(result),
    }),
  ),
});

type File = z.infer<typeof report>["testResults"][number];

/** Reads vitest's JSON report. A file that failed outside its tests (it does not even load) counts as one failure. */
export function countReport(json: string): Counts {
  const parsed = report.parse(JSON.parse(json));
  const broken = parsed.testResults.filter(isBroken);
  return {
    passed: parsed.numPassedTests,
    failed: parsed.numFailedTests + broken.length,
    skipped: parsed.numPendingTests + parsed.numTodoTests,
  };
}

/** What failed in vitest's JSON report, by file (from `root`) and name. */
export function failuresOf(json: string, root: string): readonly Failure[] {
  return report.parse(JSON.parse(json)).testResults.flatMap((file) => {
    const path = relative(root, file.name);
    if (isBroken(file)) return [{ name: path, reason: firstLine(file.message) }];
    return file.assertionResults
      .filter(({ status }) => status === "failed")
      .map((one) => ({
        name: `${path} > ${one.fullName}`,
        reason: firstLine(one.failureMessages?.[0] ?? ""),
      }));
  });
}

/** The paths, from `root`, that the wait reporter wrote. */
export function slowFilesOf(json: string, root: string): readonly string[] {
  return z
    .array(z.string())
    .parse(JSON.parse(json))
    .map((file) => relative(root, file));
}

export function isIn({ name }: Failure, file: string): boolean {
  return name === file || name.startsWith(`${file} > `);
}

const gates = z.array(z.object({ name: z.string(), reason: z.string() }));

/** What `check` wrote with `--failures=<file>`. */
export function gateFailuresOf(json: string): readonly Failure[] {
  return gates.parse(JSON.parse(json));
}

/** Everything that failed, once more and in one place: what is left of a long log is its end. */
export function failureLines(failures: readonly Failure[]): readonly string[] {
  if (failures.length === 0) return [];
  return [
    "",
    "Failed:",
    ...failures.flatMap(({ name, reason }) => [`  ${name}`, `    ${firstLine(reason)}`]),
  ];
}

function isBroken(file: File): boolean {
  return file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed");
}

/** Of an error's text, without colours and not longer than a log's line may be. */
function firstLine(text: string): string {
  const [line = ""] = stripVTControlCharacters(text).trim().split("\n");
  return line === "" ? "no reason given" : line.trim().slice(0, 300);
}

export function addCounts(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** The line a program may look for: alone, last, always the same shape. */
export function lastLine(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed`;
}
