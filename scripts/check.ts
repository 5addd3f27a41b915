/**
 * `npm run check`: every gate over the whole project, one line each, and a canary for each gate in the same run.
 * `npm run check -- lint types` runs only those; `--all` prints every problem instead of the first ones;
 * `--failures=<file>` writes the gates that failed there, each with its first problem.
 */
import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { boundaries } from "./check/boundaries.ts";
import { i18n } from "./check/i18n.ts";
import { lengths } from "./check/lengths.ts";
import { licences } from "./check/licences.ts";
import { blindSpots } from "./check/miniature.ts";
import type { Step } from "./check/step.ts";
import { deadCode, format, lint, types } from "./check/tools.ts";
import { hosts, words } from "./check/words.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The slow ones first, so that two of them run side by side. */
const steps: readonly Step[] = [
  lint,
  types,
  deadCode,
  format,
  boundaries,
  lengths,
  i18n,
  words,
  hosts,
  licences,
];
const atOnce = 2;

type Result = {
  readonly step: Step;
  readonly problems: readonly string[];
  readonly blind: readonly string[];
};

async function look(step: Step): Promise<Result> {
  const started = performance.now();
  const attempt = async (what: Promise<readonly string[]>) =>
    what.catch((error: unknown) => [`broke: ${error instanceof Error ? error.message : String(error)}`]);
  const problems = await attempt(step.run(root));
  const blind = await attempt(blindSpots(root, step));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const seen = step.planted.length - blind.length;
  const verdict = problems.length === 0 && blind.length === 0 ? "ok  " : "FAIL";
  const found = problems.length === 0 ? "no problem" : `${String(problems.length)} problems`;
  console.log(
    `${verdict} ${step.name.padEnd(13)} ${found}; canary ${String(seen)}/${String(step.planted.length)}; ${seconds} s`,
  );
  return { step, problems, blind };
}

async function lookAtAll(chosen: readonly Step[]): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = [...chosen];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift())
      results.push(await look(step));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

function tell({ step, problems, blind }: Result, most: number): void {
  if (problems.length === 0 && blind.length === 0) return;
  console.log(`\n${step.name}`);
  for (const one of [...blind, ...problems.slice(0, most)]) console.log(`  ${one}`);
  if (problems.length > most) console.log(`  … and ${String(problems.length - most)} more (--all)`);
}

const args = process.argv.slice(2);
const named = args.filter((one) => !one.startsWith("--"));
const unknown = named.filter((one) => !steps.some(({ name }) => name === one));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(", ")}. Steps: ${steps.map(({ name }) => name).join(", ")}.`);
  process.exit(1);
}
const results = await lookAtAll(steps.filter(({ name }) => named.length === 0 || named.includes(name)));
for (const result of results) tell(result, args.includes("--all") ? Infinity : 15);
const failures = results.flatMap(({ step, problems, blind }) => {
  const [reason] = [...blind, ...problems];
  return reason === undefined ? [] : [{ name: `check > ${step.name}`, reason }];
});
const file = args.find((one) => one.startsWith("--failures="))?.slice("--failures=".length);
if (file !== undefined) writeFileSync(file, JSON.stringify(failures));
process.exitCode = failures.length === 0 ? 0 : 1;
