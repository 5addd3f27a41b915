/** Which rules of docs/SPEC.md are named by a test, read from the files themselves. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type Rule = { readonly id: string; readonly later: boolean };

/** Rules as `- **ADM-4** text`; `*(later: topic)*` behind the number marks one that is decided and not built. */
export function rulesOf(spec: string): readonly Rule[] {
  return [...spec.matchAll(/^- \*\*([A-Z]{3}-\d+)\*\*(?: [*_]\((later:|part)[^)]*\)[*_])?/gmu)].map(
    (hit) => ({
      id: hit[1] ?? "",
      later: hit[2] === "later:",
    }),
  );
}

/** The ids in brackets at the start of a test's name: `test("[ADM-4] [ADM-8] …`, in whatever way it is called. */
export function idsTested(source: string): ReadonlySet<string> {
  const names = source.matchAll(/\(\s*["'`]((?:\[[A-Z]{3}-\d+\]\s*)+)/gu);
  return new Set([...names].flatMap((hit) => [...(hit[1] ?? "").matchAll(/[A-Z]{3}-\d+/gu)].map(String)));
}

const skipped = new Set(["node_modules", "dist", "data", ".cache", ".git", "coverage", "results"]);

/** Its examples are no tests of those rules. */
const itself = "rule-coverage.test.ts";

function* testFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !skipped.has(entry.name)) yield* testFiles(path);
    else if (entry.isFile() && /\.tsx?$/u.test(entry.name)) {
      const suite =
        (/\.test\.tsx?$/u.test(entry.name) && entry.name !== itself) ||
        /[\\/](?:contract-suites|e2e)[\\/]/u.test(path);
      if (suite) yield path;
    }
  }
}

export function idsTestedUnder(root: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of testFiles(root)) for (const id of idsTested(readFileSync(path, "utf8"))) found.add(id);
  return found;
}

export function untestedRules(rules: readonly Rule[], tested: ReadonlySet<string>): readonly string[] {
  return rules.filter(({ id, later }) => !later && !tested.has(id)).map(({ id }) => id);
}
