import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, renameSync, statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { childEnvironment } from "../../config/environment.ts";
import { readPid, type RunningChild, sendSignal, settlesWithin } from "./supervise.ts";

/**
 * LiveKit's parent is a shell tied to the server by a pipe: the pipe ends with the server, however it dies, and
 * the engine with it. Where the kernel offers it, the engine also ends with the shell.
 */
const watcherScript = `
set -u
exec 3<&0 </dev/null
"$@" >&2 3<&- &
pid=$!
echo "$pid"
exec >/dev/null
{ read -r _ <&3; kill -KILL "$pid" 2>/dev/null; } &
reader=$!
exec 3<&-
wait "$pid"
code=$?
kill "$reader" 2>/dev/null
exit "$code"
`;

const readyLimitMs = 15_000;
const logLimitBytes = 10_000_000;
let pdeathsig: readonly string[] | undefined;

function tieToParent(): readonly string[] {
  const prefix = ["setpriv", "--pdeathsig", "KILL", "--"];
  pdeathsig ??= spawnSync("setpriv", [...prefix.slice(1), "true"]).status === 0 ? prefix : [];
  return pdeathsig;
}

/** Starts the engine and waits until its signalling answers. Returns `null` when it ended before. */
export async function launchLiveKit(
  binary: string,
  config: string,
  signalPort: number,
  logFile: string,
): Promise<RunningChild | null> {
  const log = openLog(logFile);
  const env = childEnvironment({ LIVEKIT_CONFIG: config });
  const args = ["-c", watcherScript, "sh", ...tieToParent(), binary];
  const watcher = spawn("sh", args, { cwd: "/", env, detached: true, stdio: ["pipe", "pipe", log] });
  closeSync(log);
  watcher.stdin?.on("error", () => undefined);
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    watcher.once("error", () => resolve());
    watcher.once("exit", () => resolve());
  });
  void ended.then(() => (isOver = true));
  const pid = await readPid(watcher, ended);
  if (pid === null) return null;
  // Should the shell itself be killed where the kernel cannot tie the two.
  void ended.then(() => sendSignal(pid, "SIGKILL"));
  const deadline = Date.now() + readyLimitMs;
  while (!(await engineAnswers(signalPort))) {
    if (Date.now() > deadline) watcher.stdin?.end();
    if (isOver) return null;
    await delay(10);
  }
  return { pid, ended, stop: () => stop(watcher, pid, ended) };
}

function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > logLimitBytes) renameSync(file, `${file}.old`);
  return openSync(file, "a", 0o600);
}

/** Whether signalling on this port answers. */
export async function engineAnswers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** The first SIGTERM drains without limit while people are in, the second ends; one sent too early is lost. */
async function stop(watcher: ChildProcess, pid: number, ended: Promise<void>): Promise<void> {
  sendSignal(pid, "SIGTERM");
  if (await settlesWithin(ended, 100)) return;
  sendSignal(pid, "SIGTERM");
  if (await settlesWithin(ended, 1_900)) return;
  watcher.stdin?.end();
  await ended;
}
