import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { childEnvironment } from "../../config/environment.ts";
import { StartProblem, systemErrorCode } from "../../config/start-problem.ts";
import { checkoutRoot } from "./checkout.ts";
import { writableCache } from "./engine.ts";
import { type FolderLock, shareLock, tryLock } from "./folder-lock.ts";

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
  "packages/e2ee/src",
];

/** How many builds are kept that nobody serves at the moment. */
const keptBuilds = 5;
/** Held until this process ends: see `forgetOld`. */
const leases = new Map<string, FolderLock>();

/** The folder with the built pages; built when their sources changed. Throws `page_build_failed`. */
export async function buildPage(): Promise<string> {
  const root = checkoutRoot();
  return buildInto(join(writableCache(), "page"), sourceKey(root), (fresh) => runVite(root, fresh));
}

/**
 * @param build makes the pages in the folder it is given
 * @returns `parent/key`, which stays where it is as long as this process lives, whatever others build meanwhile
 */
export async function buildInto(
  parent: string,
  key: string,
  build: (folder: string) => Promise<unknown>,
): Promise<string> {
  const folder = join(parent, key);
  mkdirSync(parent, { recursive: true });
  // Before it is looked for: from here on nobody forgets it.
  if (!leases.has(folder)) leases.set(folder, shareLock(leaseOf(folder)));
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${randomBytes(4).toString("hex")}`;
  try {
    await build(fresh);
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

function runVite(root: string, folder: string): Promise<unknown> {
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const args = [vite, "build", "--outDir", folder, "--emptyOutDir", "--logLevel", "warn"];
  const env = childEnvironment();
  return run(process.execPath, args, { cwd: join(root, "apps", "web"), maxBuffer: 16e6, env });
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

function leaseOf(folder: string): string {
  return `${folder}.lease`;
}

/** Keeps this one, the last few, and every one that a running server hands out: those it holds a lease on. */
function forgetOld(parent: string, current: string): void {
  const old = readdirSync(parent)
    .map((name) => join(parent, name))
    .filter((path) => path !== current && /[/\\][0-9a-f]{16}$/.test(path))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const path of old.slice(keptBuilds - 1)) {
    const lock = tryLock(leaseOf(path));
    if (lock === null) continue;
    // The lease's file stays: another start may have it open already, and must find the same one later.
    rmSync(path, { recursive: true, force: true });
    lock.release();
  }
}
