import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { StartProblem, systemErrorCode } from "../../config/start-problem.ts";
import { checkoutRoot } from "./checkout.ts";
import { writableCache } from "./engine.ts";

const run = promisify(execFile);

/** Everything the pages are made from. */
const sources = [
  "package-lock.json",
  "apps/web/index.html",
  "apps/web/vite.config.ts",
  "apps/web/package.json",
  "apps/web/public",
  "apps/web/src",
  "packages/contract/src",
  "packages/domain/src",
];

/** The folder with the built pages; built when their sources changed. Throws `page_build_failed`. */
export async function buildPage(): Promise<string> {
  const root = checkoutRoot();
  const parent = join(writableCache(), "page");
  const folder = join(parent, sourceKey(root));
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${randomBytes(4).toString("hex")}`;
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const args = [vite, "build", "--outDir", fresh, "--emptyOutDir", "--logLevel", "warn"];
  try {
    await run(process.execPath, args, { cwd: join(root, "apps", "web"), maxBuffer: 16e6 });
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Another start finished the same pages in the meantime.
    if (!["ENOTEMPTY", "EEXIST"].includes(systemErrorCode(error) ?? "")) {
      const reason = reasonOf(error);
      throw new StartProblem("page_build_failed", { reason }, error);
    }
  }
  forgetOld(parent, folder);
  return folder;
}

/** What the build said, without where in its own code it said it. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
  const lines = said.split("\n").filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
  return lines.slice(0, 8).join("\n");
}

function sourceKey(root: string): string {
  const hash = createHash("sha256");
  for (const source of sources) {
    for (const file of filesBelow(join(root, source))) {
      hash
        .update(`${file.slice(root.length)}\n`)
        .update(readFileSync(file))
        .update("\n");
    }
  }
  return hash.digest("hex").slice(0, 16);
}

function filesBelow(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** Keeps this one and the one before, which a running server may still hand out. */
function forgetOld(parent: string, current: string): void {
  const old = readdirSync(parent)
    .map((name) => join(parent, name))
    .filter((path) => path !== current && /[/\\][0-9a-f]{16}$/.test(path))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const path of old.slice(1)) rmSync(path, { recursive: true, force: true });
}
