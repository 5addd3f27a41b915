import { startApp } from "./app.ts";
import type { Config } from "./config/config.ts";
import { processEnvironment } from "./config/environment.ts";
import { languageOf, loadConfig } from "./config/load-config.ts";
import { type Language, StartProblem, systemErrorCode } from "./config/start-problem.ts";
import { startTexts } from "./config/start-texts.ts";
import { checkoutRoot } from "./platform/embedded/checkout.ts";
import { createProgress, type Progress } from "./platform/embedded/progress.ts";
import { type ServerParts, startParts } from "./platform/embedded/start-parts.ts";
import { summary } from "./platform/embedded/summary.ts";
import { untilStopped } from "./platform/embedded/until-stopped.ts";

export type ServeHooks = {
  /** The folder with the pages to hand out. */
  readonly buildPage: () => Promise<string>;
  /** After the server answers and before its address is printed. */
  readonly onStarted?: (parts: ServerParts) => Promise<void>;
};

/**
 * The whole life of a server process: parts, product, until it is asked to stop, and down again in reverse order.
 * @returns the exit code
 */
export async function serve(argv: readonly string[], hooks: ServeHooks): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    process.stdout.write(`${startTexts.help[firstLanguage(argv)]}\n`);
    return 0;
  }
  // A closed terminal takes nothing more; what follows is an orderly stop all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  try {
    await run(argv, hooks);
    return 0;
  } catch (error) {
    process.stderr.write(`${told(error, firstLanguage(argv))}\n`);
    return 1;
  }
}

async function run(argv: readonly string[], hooks: ServeHooks): Promise<void> {
  const config = loadConfig({ argv, env: processEnvironment(), root: checkoutRoot() });
  const progress = createProgress(config.language, process.stdout);
  const stopped = untilStopped();
  await using stack = new AsyncDisposableStack();
  const started = start({ config, progress, stack, hooks });
  // Stopped in the middle of a start: what runs already ends in order, what is just beginning ends with us.
  await Promise.race([started, stopped]);
  const text = await Promise.race([started, Promise.resolve(null)]);
  if (text !== null) process.stdout.write(text);
  await stopped;
  progress.say("stopping");
  await stack.disposeAsync();
  progress.say("stopped");
}

type Start = {
  readonly config: Config;
  readonly progress: Progress;
  readonly stack: AsyncDisposableStack;
  readonly hooks: ServeHooks;
};

/** Resolves with the lines that tell where the server is. */
async function start({ config, progress, stack, hooks }: Start): Promise<string> {
  const parts = await startParts(config, progress, { stack, buildPage: hooks.buildPage });
  const app = await progress.step("app", () => startApp(parts));
  stack.defer(() => app.close());
  await hooks.onStarted?.(parts);
  return summary(parts, app.setupUrl, process.stdout.isTTY);
}

/** The language for what is said before the configuration is known to be good. */
function firstLanguage(argv: readonly string[]): Language {
  const joined = argv.find((argument) => argument.startsWith("--lang="))?.slice(7);
  const at = argv.indexOf("--lang");
  const env = processEnvironment();
  return languageOf(joined ?? (at >= 0 ? argv[at + 1] : undefined) ?? env["SEKISHO_LANG"], env);
}

/** One sentence for what the reader can put right; everything else is a defect and shows where it came from. */
function told(error: unknown, language: Language): string {
  const isFull = systemErrorCode(error) === "ENOSPC";
  const problem = isFull
    ? new StartProblem("disk_full", { path: checkoutRoot(), needed: "500" }, error)
    : error;
  if (problem instanceof StartProblem) return problem.sentence(language);
  return problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
}
