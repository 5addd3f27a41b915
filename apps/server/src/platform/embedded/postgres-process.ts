import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { childEnvironment } from "../../config/environment.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { watcherScript } from "./postgres-watcher.ts";
import type { RunAs } from "./run-as.ts";
import { readPid, type RunningChild, sendSignal, settlesWithin } from "./supervise.ts";

export type PostgresProcessOptions = {
  readonly binaries: PostgresBinaries;
  readonly runAs: RunAs;
  readonly cluster: string;
  readonly sockets: { readonly path: string; readonly temporary: boolean };
  readonly logFile: string;
  /** Further server settings (`fsync=off` in tests that do not crash it). */
  readonly settings: readonly string[];
};

const stopLimitMs = 10_000;
const lockLimitMs = 20_000;
const logLimitBytes = 10_000_000;

/**
 * Starts the postmaster behind its watcher and waits until it accepts connections.
 * @returns `null` when it ended before (its reason is in the log)
 */
export async function launchPostgres(options: PostgresProcessOptions): Promise<RunningChild | null> {
  const watcher = spawnWatcher(options);
  const ended = new Promise<void>((resolve) => {
    watcher.once("error", () => resolve());
    watcher.once("exit", () => resolve());
  });
  const pid = await readPid(watcher, ended);
  if (pid === null) return null;
  let isOver = false;
  void ended.then(() => {
    isOver = true;
    // The watcher itself may have been killed, which leaves its child behind.
    sendSignal(pid, "SIGINT");
  });
  const patientUntil = Date.now() + lockLimitMs;
  while (!isReady(options.cluster, pid)) {
    if (isOver) return null;
    // Recovery may take its time once the lock file is ours; a process that never gets that far is started anew.
    if (Date.now() > patientUntil && lockHolder(options.cluster) !== String(pid)) {
      await stop(watcher, pid, ended);
      return null;
    }
    await delay(5);
  }
  return { pid, ended, stop: () => stop(watcher, pid, ended) };
}

function spawnWatcher({
  binaries,
  runAs,
  cluster,
  sockets,
  logFile,
  settings,
}: PostgresProcessOptions): ChildProcess {
  const mode = isUnreaped(join(cluster, "postmaster.pid")) ? "adopt" : "keep";
  const flags = [...serverSettings(sockets.path), ...settings].flatMap((setting) => ["-c", setting]);
  const command = [binaries.postgres, "-D", cluster, ...flags];
  const shell = [
    "sh",
    "-c",
    watcherScript,
    "sh",
    mode,
    cluster,
    sockets.temporary ? sockets.path : "",
    ...command,
  ];
  const [program = "", ...rest] = [...runAs.prefix, ...shell];
  const log = openLog(logFile);
  const env = childEnvironment({
    ...binaries.env,
    LC_ALL: "C",
    TZ: "UTC",
    PG_GRANDPARENT_PID: String(process.pid),
  });
  // Its own session: Ctrl-C in the terminal reaches the server first, which then stops us in order.
  const watcher = spawn(program, rest, {
    ...runAs.ids,
    cwd: "/",
    env,
    detached: true,
    stdio: ["pipe", "pipe", log],
  });
  closeSync(log);
  watcher.stdin?.on("error", () => undefined);
  return watcher;
}

/** Personal data stays out of the log: no statements, no parameters, no "Key (email)=(…)" details. */
function serverSettings(sockets: string): string[] {
  return [
    "listen_addresses=",
    `unix_socket_directories=${sockets}`,
    "unix_socket_permissions=0700",
    "max_connections=100",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
    "log_parameter_max_length_on_error=0",
  ];
}

function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > logLimitBytes) renameSync(file, `${file}.old`);
  return openSync(file, "a", 0o600);
}

function lockHolder(cluster: string): string | undefined {
  const file = join(cluster, "postmaster.pid");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n")[0] : undefined;
}

/** The postmaster writes its state into line 8 of its lock file; line 1 tells an old file from ours. */
function isReady(cluster: string, pid: number): boolean {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return false;
  const lines = readFileSync(file, "utf8").split("\n");
  return lines[0] === String(pid) && lines[7]?.trim() === "ready";
}

/**
 * Whether the lock file names a process that is dead though its number still exists (a zombie), or that is none of
 * PostgreSQL's (the number was given away again): in both cases `kill(pid, 0)` would lie to PostgreSQL.
 */
function isUnreaped(lockFile: string): boolean {
  if (process.platform !== "linux" || !existsSync(lockFile)) return false;
  const pid = Number.parseInt(readFileSync(lockFile, "utf8"), 10);
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const name = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"));
    const state = stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
    return state === "Z" || name !== "postgres";
  } catch {
    return false;
  }
}

async function stop(watcher: ChildProcess, pid: number, ended: Promise<void>): Promise<void> {
  watcher.stdin?.end();
  if (await settlesWithin(ended, stopLimitMs)) return;
  sendSignal(pid, "SIGQUIT");
  await ended;
}
