import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { addCounts, type Counts, countReport, lastLine } from "./test-report.ts";

const root = dirname(import.meta.dirname);
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const failedRun: Counts = { passed: 0, failed: 1, skipped: 0 };

/** Fast layers first: a broken rule shows before a browser is started. */
const layers = [
  { title: "unit", args: ["--project", "unit"] },
  { title: "server", args: ["--project", "server"] },
  { title: "stack", args: ["--project", "stack", "apps/", "packages/", "scripts/", "bench/"] },
  { title: "e2e", args: ["--project", "stack", "e2e/"] },
] as const;

function runNode(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, CI: "1" },
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

async function runCheck(): Promise<Counts> {
  const file = join(root, "scripts", "check.ts");
  if (!existsSync(file)) return { passed: 0, failed: 0, skipped: 0 };
  const code = await runNode([file]);
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : failedRun;
}

async function runLayer(args: readonly string[], folder: string, title: string): Promise<Counts> {
  const output = join(folder, `${title}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${output}`];
  const code = await runNode([vitest, "run", ...args, ...reporters, "--passWithNoTests"]);
  if (!existsSync(output)) return code === 0 ? { passed: 0, failed: 0, skipped: 0 } : failedRun;
  const counts = countReport(readFileSync(output, "utf8"));
  // An error outside every test fails the run without failing one.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

async function main(wanted: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-test-"));
  let total: Counts = { passed: 0, failed: 0, skipped: 0 };
  let interrupted = false;
  for (const signal of signals) process.on(signal, () => (interrupted = true));
  // The starter is gone, however it ended.
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  const steps = [
    { title: "check", run: runCheck },
    ...layers.map(({ title, args }) => ({ title, run: () => runLayer(args, folder, title) })),
  ];
  try {
    for (const { title, run } of steps) {
      if (interrupted || (wanted.length > 0 && !wanted.includes(title))) continue;
      console.log(`\n== ${title} ==`);
      const started = performance.now();
      const { passed, failed, skipped } = await run();
      const seconds = Math.round((performance.now() - started) / 1_000);
      console.log(`${title}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds} s)`);
      total = addCounts(total, { passed, failed, skipped });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (interrupted) total = addCounts(total, failedRun);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
  console.log(`\n${lastLine(total)}`);
}

await main(process.argv.slice(2));
process.exit();
