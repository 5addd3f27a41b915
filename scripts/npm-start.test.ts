import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { isAlive, waitUntilGone } from "../packages/testkit/src/child-script.ts";

const manifest = z.object({ scripts: z.object({ start: z.string() }) });
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sekisho-npm-"));
  // As the server does: it ends in order on a signal, or when its starter is gone.
  writeFileSync(
    join(folder, "program.ts"),
    `for (const sign of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"]) process.on(sign, () => process.exit(0));
     console.log("pids", process.ppid, process.pid);
     setInterval(() => undefined, 1_000);`,
  );
  const setup = JSON.stringify(join(import.meta.dirname, "setup.mjs"));
  writeFileSync(
    join(folder, "start.mjs"),
    `import { runUnderNode } from ${setup};
     runUnderNode("en", ${JSON.stringify(join(folder, "program.ts"))}, []);`,
  );
  const own = manifest.parse(JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")));
  const start = own.scripts.start.replace("scripts/start.mjs", "start.mjs");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts: { start } }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Running = { readonly npm: number; readonly starter: number; readonly program: number };

/** Real npm, the real starter, and a small program where the server would be. */
async function npmStart(): Promise<Running> {
  const npm = spawn("npm", ["start", "--silent"], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface({ input: npm.stdout })) {
    const [, starter, program] = /^pids (\d+) (\d+)$/.exec(line) ?? [];
    if (starter === undefined || npm.pid === undefined) continue;
    const running = { npm: npm.pid, starter: Number(starter), program: Number(program) };
    onTestFinished(() => Object.values(running).forEach(endSurely));
    return running;
  }
  throw new Error("npm start ended without a word");
}

function endSurely(pid: number): void {
  if (isAlive(pid)) process.kill(pid, "SIGKILL");
}

const signals = ["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"] as const;
const ways = (["npm", "starter", "program"] as const).flatMap((whom) =>
  signals.map((signal) => ({ whom, signal })),
);

test.each(ways)(
  "$signal to $whom ends npm, the starter and the program",
  async ({ whom, signal }) => {
    const running = await npmStart();
    process.kill(running[whom], signal);
    for (const pid of [running.program, running.starter, running.npm]) await waitUntilGone(pid);
    expect(Object.values(running).every((pid) => pid > 1)).toBe(true);
  },
  120_000,
);
