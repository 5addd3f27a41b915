import { createApp } from "./app.ts";
import { languageOf, loadConfig } from "./config/load-config.ts";
import { StartProblem, systemErrorCode } from "./config/start-problem.ts";
import { startTexts } from "./config/start-texts.ts";
import { checkoutRoot } from "./platform/embedded/checkout.ts";
import { buildPage } from "./platform/embedded/page-build.ts";
import { createProgress } from "./platform/embedded/progress.ts";
import { startParts } from "./platform/embedded/start-parts.ts";
import { summary } from "./platform/embedded/summary.ts";
import { untilStopped } from "./platform/embedded/until-stopped.ts";

/** Language for what is said before the configuration is known to be good. */
function firstLanguage(argv: readonly string[]) {
  const joined = argv.find((argument) => argument.startsWith("--lang="))?.slice(7);
  const at = argv.indexOf("--lang");
  return languageOf(
    joined ?? (at >= 0 ? argv[at + 1] : undefined) ?? process.env["SEKISHO_LANG"],
    process.env,
  );
}

async function main(argv: readonly string[]): Promise<void> {
  if (argv.includes("--help") || argv.includes("-h")) {
    process.stdout.write(`${startTexts.help[firstLanguage(argv)]}\n`);
    return;
  }
  const config = loadConfig({ argv, env: process.env, root: checkoutRoot() });
  const progress = createProgress(config.language, process.stdout);
  const stopped = untilStopped();
  await using stack = new AsyncDisposableStack();
  const parts = await startParts(config, progress, { stack, buildPage });
  const app = await progress.step("app", () => createApp(parts));
  stack.defer(() => app.close());
  process.stdout.write(await summary(parts, app.setupUrl, process.stdout.isTTY));
  await stopped;
  progress.say("stopping");
  await stack.disposeAsync();
  progress.say("stopped");
}

/** One sentence for what the reader can put right; everything else is a defect and shows where it came from. */
function told(error: unknown): string {
  const isFull = systemErrorCode(error) === "ENOSPC";
  const problem = isFull
    ? new StartProblem("disk_full", { path: checkoutRoot(), needed: "500" }, error)
    : error;
  if (problem instanceof StartProblem) return problem.sentence(firstLanguage(process.argv.slice(2)));
  return problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
}

try {
  await main(process.argv.slice(2));
  process.exit(0);
} catch (error) {
  process.stderr.write(`${told(error)}\n`);
  process.exit(1);
}
