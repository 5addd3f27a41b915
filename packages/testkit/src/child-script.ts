import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

export type ChildScript = AsyncDisposable & {
  readonly pid: number;
  /** The next line it prints. Rejects with its error output when it ends before. */
  nextLine(): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<void>;
};

/** Runs a module in a process of its own, so that a test can kill it. It prints lines with `console.log`. */
export function runScript(source: string, options: { uid?: number; gid?: number } = {}): ChildScript {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    ...options,
    cwd: "/",
    env: { PATH: process.env["PATH"] },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  async function kill(signal: NodeJS.Signals): Promise<void> {
    child.kill(signal);
    await ended;
  }
  return {
    pid: child.pid ?? 0,
    async nextLine() {
      const next = await lines.next();
      if (next.done === true) throw new Error(`the script ended: ${errors}`);
      return next.value;
    },
    kill,
    [Symbol.asyncDispose]: () => kill("SIGKILL"),
  };
}

/** Waits until no process runs under this pid any more. Rejects after `limitMs`. */
export async function waitUntilGone(pid: number, limitMs = 30_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} is still there after ${limitMs} ms`);
    await delay(5);
  }
}

/** One that has ended and waits for its parent to notice is gone: in a container that may take for ever. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return (
      process.platform !== "linux" || !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"))
    );
  } catch {
    return false;
  }
}
