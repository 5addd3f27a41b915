import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processEnvironment } from "../../config/environment.ts";
import { StartProblem, systemErrorCode } from "../../config/start-problem.ts";
import type { RunAs } from "./run-as.ts";

/** Longest folder name that still leaves room for `/.s.PGSQL.5432` in a socket address (104 bytes on macOS, 108 on Linux). */
const socketFolderLimit = 85;

/** Makes a folder only its owner can enter, owned by whom the program runs as. */
export function ownFolder(path: string, runAs: RunAs): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  giveTo(path, runAs);
  return path;
}

export function giveTo(path: string, runAs: RunAs): void {
  if (runAs.owner) chownSync(path, runAs.owner.uid, runAs.owner.gid);
  chmodSync(path, 0o700);
}

/** Makes the data folder: private, but with a way through for PostgreSQL's account when we are root. */
export function makeDataFolder(path: string): void {
  try {
    const isNew = !existsSync(path);
    mkdirSync(path, { recursive: true });
    if (isNew) chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700);
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === "ENOSPC") throw new StartProblem("disk_full", { path, needed: "500" }, error);
    throw new StartProblem("data_not_writable", { path }, error);
  }
}

/**
 * Where PostgreSQL's socket lies. Beside the data when the name is short enough; else a new folder with a random
 * name under a temporary one, because a name that can be guessed could be made first by somebody else.
 */
export function socketFolder(dataFolder: string, runAs: RunAs): { path: string; temporary: boolean } {
  const near = join(dataFolder, "run");
  if (Buffer.byteLength(near) <= socketFolderLimit) {
    ownFolder(near, runAs);
    // Left by a server that was killed; the caller holds the folder's lock, so nobody listens on it.
    for (const name of [".s.PGSQL.5432", ".s.PGSQL.5432.lock"]) rmSync(join(near, name), { force: true });
    return { path: near, temporary: false };
  }
  const short = [processEnvironment()["XDG_RUNTIME_DIR"], tmpdir(), "/tmp"].find(
    (folder) =>
      folder !== undefined && Buffer.byteLength(folder) + 16 <= socketFolderLimit && isFolder(folder),
  );
  const path = mkdtempSync(join(runAs.owner ? "/tmp" : (short ?? "/tmp"), "sekisho-"));
  giveTo(path, runAs);
  return { path, temporary: true };
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
