import { mkdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { StartProblem } from "../../config/start-problem.ts";
import { lockDataFolder } from "./folder-lock.ts";
import { findPostgres } from "./postgres-binaries.ts";
import { adminRole, checkVersion, clusterExists, createCluster } from "./postgres-cluster.ts";
import { makeDataFolder, ownFolder, socketFolder } from "./postgres-folders.ts";
import { launchPostgres, type PostgresProcessOptions } from "./postgres-process.ts";
import { appRole, databaseName, ensureDatabase, socketUrl } from "./postgres-roles.ts";
import { chooseRunAs } from "./run-as.ts";
import { type RunningChild, supervise } from "./supervise.ts";

export type EmbeddedPostgresOptions = {
  /** Folder of the whole server; PostgreSQL's own files lie in `postgres/` inside. */
  readonly dataDir: string;
  /** `bin` folder of another PostgreSQL installation. */
  readonly binDir?: string | undefined;
  readonly settings?: readonly string[];
  /** Called when the server came back after it had ended by itself. */
  readonly onRestart?: () => void;
};

export type EmbeddedPostgres = {
  /** As the role that owns nothing: for the running server. */
  readonly connectionString: string;
  /** As the owner: for migrations, back-up and restore. */
  readonly adminConnectionString: string;
  readonly socketDir: string;
  readonly pid: number;
  /** Fast shutdown; connections that are still open are ended. Releases the data folder. */
  stop(): Promise<void>;
};

const startLimitMs = 20_000;

/**
 * Starts the PostgreSQL of this data folder, and makes it first where there is none.
 * Throws `StartProblem`: `data_in_use`, `postgres_version`, `postgres_missing`, `postgres_no_user`, `disk_full`, …
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  makeDataFolder(options.dataDir);
  const dataDir = realpathSync(options.dataDir);
  const lock = lockDataFolder(join(dataDir, "lock"), dataDir);
  try {
    const launch = await prepare(dataDir, options);
    const first = await launchPatiently(launch);
    await ensureDatabase(launch.sockets.path).catch(async (error: unknown) => {
      await first.stop();
      const reason = error instanceof Error ? error.message : String(error);
      throw new StartProblem("data_damaged", { path: launch.cluster, reason }, error);
    });
    const supervised = supervise(() => launchPatiently(launch).catch(() => null), first, options.onRestart);
    return {
      connectionString: socketUrl(launch.sockets.path, databaseName, appRole),
      adminConnectionString: socketUrl(launch.sockets.path, databaseName, adminRole),
      socketDir: launch.sockets.path,
      get pid() {
        return supervised.current().pid;
      },
      async stop() {
        await supervised.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function prepare(dataDir: string, options: EmbeddedPostgresOptions): Promise<PostgresProcessOptions> {
  const cluster = join(dataDir, "postgres");
  const exists = clusterExists(cluster);
  const binaries = await findPostgres(options.binDir, join(dataDir, "lib"));
  const runAs = chooseRunAs({
    folder: dataDir,
    existing: exists ? cluster : null,
    command: [binaries.postgres, "--version"],
    env: binaries.env,
  });
  if (exists) checkVersion(cluster, binaries);
  else createCluster(cluster, binaries, runAs);
  ownFolder(cluster, runAs);
  mkdirSync(join(dataDir, "log"), { recursive: true, mode: 0o700 });
  const logFile = join(dataDir, "log", "postgres.log");
  const sockets = socketFolder(dataDir, runAs);
  return { binaries, runAs, cluster, sockets, logFile, settings: options.settings ?? [] };
}

/**
 * After a kill the old server may still be shutting down, or its last children may hold the shared memory:
 * PostgreSQL refuses for that moment, and is asked again.
 */
async function launchPatiently(launch: PostgresProcessOptions): Promise<RunningChild> {
  const deadline = Date.now() + startLimitMs;
  for (;;) {
    const started = await launchPostgres(launch);
    if (started) return started;
    const reason = lastReason(launch.logFile);
    const isTemporary = /lock file .* already exists|shared memory block .* is still in use/.test(reason);
    if (!isTemporary || Date.now() > deadline) throw failure(reason, launch);
    await delay(50);
  }
}

function failure(reason: string, launch: PostgresProcessOptions): StartProblem {
  if (reason.includes("No space left on device")) {
    return new StartProblem("disk_full", { path: launch.cluster, needed: "500" });
  }
  return new StartProblem("postgres_failed", { reason, log: launch.logFile });
}

function lastReason(logFile: string): string {
  const lines = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-20);
  return lines.findLast((line) => /FATAL:|PANIC:/.test(line)) ?? lines.at(-1) ?? "";
}
