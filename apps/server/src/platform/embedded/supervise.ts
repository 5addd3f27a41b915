import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

/** A program of ours that is running. */
export type RunningChild = {
  readonly pid: number;
  /** Settles when it has ended, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
};

export type Supervised = {
  current(): RunningChild;
  stop(): Promise<void>;
};

const firstWaitMs = 100;
const longestWaitMs = 5_000;

/**
 * Brings a program back whenever it ends without being asked to, after 0.1 s, 0.2 s, … at most 5 s.
 * @param launch starts it again; `null` when that did not work, then it is tried again later
 */
export function supervise(
  launch: () => Promise<RunningChild | null>,
  first: RunningChild,
  onRestart: (() => void) | undefined,
): Supervised {
  let current = first;
  const stopping = new AbortController();
  async function bringBack(): Promise<void> {
    for (let wait = firstWaitMs; !stopping.signal.aborted; wait = Math.min(wait * 2, longestWaitMs)) {
      await delay(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      const next = stopping.signal.aborted ? null : await launch();
      if (!next) continue;
      current = next;
      if (!stopping.signal.aborted) onRestart?.();
      return;
    }
  }
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      await current.ended;
      await bringBack();
    }
    // It may have come back in the instant it was told to stop.
    await current.stop();
  })();
  return {
    current: () => current,
    async stop() {
      stopping.abort();
      await current.stop();
      await loop;
    },
  };
}

/** Sends a signal; a process that is already gone is what was wanted. */
export function sendSignal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone.
  }
}

/** Whether the promise settles in time. */
export async function settlesWithin(promise: Promise<void>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const late = delay(ms, false, { signal: timer.signal }).catch(() => false);
  const result = await Promise.race([promise.then(() => true), late]);
  timer.abort();
  return result;
}

/** The pid a watcher prints as its first line, or `null` when it ended before. */
export async function readPid(watcher: ChildProcess, ended: Promise<void>): Promise<number | null> {
  if (!watcher.stdout) return null;
  const lines = createInterface({ input: watcher.stdout });
  const first = new Promise<string>((resolve) => lines.once("line", resolve));
  const line = await Promise.race([first, ended.then(() => "")]);
  const pid = Number.parseInt(line, 10);
  return Number.isNaN(pid) ? null : pid;
}
