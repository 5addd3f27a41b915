import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { ServerParts } from "../apps/server/src/platform/embedded/start-parts.ts";
import { serve } from "../apps/server/src/serve.ts";

const root = dirname(import.meta.dirname);
const pageDir = join(root, ".cache", "page-dev");
const seedFile = join(root, "apps", "server", "src", "admin", "seed.ts");

/** The pages are built beside this process; the first build may still be under way. */
async function builtPage(): Promise<string> {
  while (!existsSync(join(pageDir, "index.html"))) await delay(100);
  return pageDir;
}

/** People to try things with; the seeding itself leaves what is there already. */
async function seedPeople(parts: ServerParts): Promise<void> {
  if (!existsSync(seedFile)) return;
  const module: unknown = await import(pathToFileURL(seedFile).href);
  if (typeof module !== "object" || module === null || !("seed" in module)) return;
  if (typeof module.seed !== "function") return;
  const said: unknown = await Reflect.apply(module.seed, undefined, [parts]);
  if (typeof said === "string") process.stdout.write(`${said}\n`);
}

const args = process.argv.slice(2);
const hasData = args.some((argument) => argument === "--data" || argument.startsWith("--data="));
const argv = hasData ? args : [...args, "--data", join(root, ".cache", "dev-data")];
process.exit(await serve(argv, { buildPage: builtPage, onStarted: seedPeople }));
