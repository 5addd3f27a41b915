import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
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

/** Makes the data folder: private, but with a way through for PostgreSQL's account when we are root. Throws `data_foreign`, `data_not_writable`, `disk_full`. */
export function makeDataFolder(path: string): void {
  try {
    const isNew = !existsSync(path);
    if (!isNew && isForeign(path)) throw new StartProblem("data_foreign", { path });
    mkdirSync(path, { recursive: true });
    if (isNew) chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700);
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    const code = systemErrorCode(error);
    if (code === "ENOSPC") throw new StartProblem("disk_full", { path, needed: "500" }, error);
    throw new StartProblem("data_not_writable", { path }, error);
  }
}

/** One of these is there from the first moment of a start, or was put there for it (a configuration, keys). */
const ours = ["lock", "engine.lock", "keys", "sekisho.config.json", "ca.pem"];

/** Somebody's home or another program's data: its owner would lose rights, and our names may stand for other things. */
function isForeign(folder: string): boolean {
  const names = readdirSync(folder).filter((name) => !name.startsWith(".") && name !== "lost+found");
  return names.length > 0 && !names.some((name) => ours.includes(name));
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
