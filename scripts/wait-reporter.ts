/**
 * Tells which test files failed only because something they waited for did not come in time. A machine that is busy with
 * something else makes waits run out; it never makes an answer wrong, so a wrong answer is not in this list.
 */
import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

type Problem = { readonly message: string; readonly cause?: unknown };

const ranOutWords = [
  /^(?:Test|Hook) timed out in \d+ms/u,
  /Timeout \d+ms exceeded/u,
  /Matcher did not succeed in time/u,
  /^no such message; last:/u,
  /^no picture came$/u,
];

export function ranOut({ message, cause }: Problem): boolean {
  if (ranOutWords.some((words) => words.test(message))) return true;
  return isProblem(cause) && ranOut(cause);
}

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "message") === "string";
}

function problemsIn(module: TestModule): readonly Problem[] {
  const suites = [...module.children.allSuites()].flatMap((suite) => suite.errors());
  const tests = [...module.children.allTests("failed")].flatMap((one) => one.result().errors ?? []);
  return [...module.errors(), ...suites, ...tests];
}

export default class WaitReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const file = process.env["WAITS_FILE"];
    if (file === undefined) return;
    const slow = modules.filter((module) => {
      const problems = problemsIn(module);
      return module.state() === "failed" && problems.length > 0 && problems.every(ranOut);
    });
    writeFileSync(file, JSON.stringify(slow.map(({ moduleId }) => moduleId)));
  }
}
