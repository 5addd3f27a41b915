import { DatabaseSync } from "node:sqlite";
import { StartProblem } from "../../config/start-problem.ts";

/** A lock the kernel keeps: it ends with the process, however that process dies. */
export type FolderLock = { release(): void };

/**
 * Takes the lock file, or returns `null` when another process holds it.
 *
 * Node offers no flock. SQLite's exclusive transaction is a record lock on the file, on every system Node runs
 * on, also between containers that share the folder; the database itself stays empty.
 */
export function tryLock(file: string): FolderLock | null {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (error instanceof Error && error.message.includes("locked")) return null;
    throw error;
  }
  return {
    release() {
      if (database.isOpen) database.close();
    },
  };
}

/**
 * Takes part in the lock file as one of any number: `tryLock` of the same file answers `null` as long as one of them
 * lives. Waits for whoever holds it alone, which is a moment here. Throws when that takes longer than 10 s.
 */
export function shareLock(file: string): FolderLock {
  const database = new DatabaseSync(file, { timeout: 10_000 });
  try {
    // A read inside a transaction holds SQLite's shared lock until the transaction ends: never.
    database.exec("BEGIN; SELECT count(*) FROM sqlite_schema");
  } catch (error) {
    database.close();
    throw error;
  }
  return { release: () => void (database.isOpen && database.close()) };
}

/** One server per data folder. Throws `data_in_use`, or `data_damaged` for a file that is none of ours. */
export function lockDataFolder(file: string, folder: string): FolderLock {
  const lock = openLock(file);
  if (!lock) throw new StartProblem("data_in_use", { path: folder });
  return lock;
}

function openLock(file: string): FolderLock | null {
  try {
    return tryLock(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem("data_damaged", { path: file, reason }, error);
  }
}
