import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  addCounts,
  type Counts,
  countReport,
  type Failure,
  failureLines,
  failuresOf,
  isIn,
  slowFilesOf,
  gateFailuresOf,
  lastLine,
} from "./test-report.ts";

const root = dirname(import.meta.dirname);
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const nothing: Counts = { passed: 0, failed: 0, skipped: 0 };
const failedRun: Counts = { passed: 0, failed: 1, skipped: 0 };

type Outcome = {
  readonly counts: Counts;
  readonly failures: readonly Failure[];
  /** Files, from the root, that failed only because waits ran out. */
  readonly slow: readonly string[];
};

/** Fast layers first: a broken rule shows before a browser is started. */
const layers = [
  { title: "unit", args: ["--project", "unit"] },
  { title: "server", args: ["--project", "server"] },
  { title: "stack", args: ["--project", "stack", "apps/", "packages/", "scripts/", "bench/"] },
  { title: "e2e", args: ["--project", "stack", "e2e/"] },
] as const;

const needsMachine = (args: readonly string[]) => args.includes("stack");

function runNode(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, CI: "1", ...env },
  });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  return new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code) => {
      for (const signal of signals) process.off(signal, forward);
      resolve(code ?? 1);
    });
  });
}

async function runCheck(folder: string): Promise<Outcome> {
  const file = join(root, "scripts", "check.ts");
  if (!existsSync(file)) return { counts: nothing, failures: [], slow: [] };
  const output = join(folder, "check.json");
  const code = await runNode([file, `--failures=${output}`]);
  if (code === 0) return { counts: { ...nothing, passed: 1 }, failures: [], slow: [] };
  const failures = existsSync(output) ? gateFailuresOf(readFileSync(output, "utf8")) : [];
  return {
    counts: failedRun,
    failures: failures.length > 0 ? failures : [endedWith("check", code)],
    slow: [],
  };
}

async function runLayer(args: readonly string[], folder: string, title: string): Promise<Outcome> {
  const output = join(folder, `${title}.json`);
  const waits = join(folder, `${title}-waits.json`);
  const reporters = ["default", "json", join(root, "scripts", "wait-reporter.ts")];
  const code = await runNode(
    [
      ...[vitest, "run", ...args, "--passWithNoTests"],
      ...reporters.map((one) => `--reporter=${one}`),
      `--outputFile.json=${output}`,
    ],
    { WAITS_FILE: waits },
  );
  if (!existsSync(output))
    return code === 0
      ? { counts: nothing, failures: [], slow: [] }
      : { counts: failedRun, failures: [endedWith(title, code)], slow: [] };
  const json = readFileSync(output, "utf8");
  const counts = countReport(json);
  // An error outside every test fails the run without failing one.
  if (code !== 0 && counts.failed === 0)
    return { counts: { ...counts, failed: 1 }, failures: [endedWith(title, code)], slow: [] };
  const slow = existsSync(waits) ? slowFilesOf(readFileSync(waits, "utf8"), root) : [];
  return { counts, failures: failuresOf(json, root), slow };
}

/**
 * Waits run out where the machine does something else meanwhile: those files run once more, each by itself. What fails
 * again, or with a wrong answer, has failed.
 */
async function runSlowAgain(first: Outcome, folder: string, title: string): Promise<Outcome> {
  let { counts, failures } = first;
  for (const [index, file] of first.slow.entries()) {
    console.log(`\n== ${title}, once more: ${file} ==`);
    const again = await runLayer(["--project", "stack", file], folder, `${title}-again-${index}`);
    if (again.counts.failed > 0 || again.counts.passed === 0) continue;
    const settled = failures.filter((one) => isIn(one, file)).length;
    counts = { ...counts, passed: counts.passed + settled, failed: counts.failed - settled };
    failures = failures.filter((one) => !isIn(one, file));
    console.log(`Waits ran out in ${file}; by itself it passed.`);
  }
  return { counts, failures, slow: [] };
}

function endedWith(title: string, code: number): Failure {
  return { name: title, reason: `ended with code ${code}, and no test of it failed: see its output above` };
}

async function main(wanted: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-test-"));
  let total = nothing;
  const failures: Failure[] = [];
  let interrupted = false;
  for (const signal of signals) process.on(signal, () => (interrupted = true));
  // The starter is gone, however it ended.
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  const steps = [
    { title: "check", run: () => runCheck(folder) },
    ...layers.map(({ title, args }) => ({
      title,
      run: async () => {
        const outcome = await runLayer(args, folder, title);
        return needsMachine(args) ? runSlowAgain(outcome, folder, title) : outcome;
      },
    })),
  ];
  try {
    for (const { title, run } of steps) {
      if (interrupted || (wanted.length > 0 && !wanted.includes(title))) continue;
      console.log(`\n== ${title} ==`);
      const started = performance.now();
      const { counts, failures: found } = await run();
      const seconds = Math.round((performance.now() - started) / 1_000);
      const { passed, failed, skipped } = counts;
      console.log(`${title}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds} s)`);
      total = addCounts(total, counts);
      failures.push(...found);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (interrupted) {
    total = addCounts(total, failedRun);
    failures.push({ name: "the run", reason: "interrupted by a signal" });
  }
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
  for (const line of failureLines(failures)) console.log(line);
  console.log(`\n${lastLine(total)}`);
}

await main(process.argv.slice(2));
process.exit();
