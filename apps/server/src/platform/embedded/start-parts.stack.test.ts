import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { isAlive, runScript, waitUntilGone } from "../../../../../packages/testkit/src/child-script.ts";
import { loadConfig } from "../../config/load-config.ts";
import { startTexts } from "../../config/start-texts.ts";
import { createProgress } from "./progress.ts";
import { startParts } from "./start-parts.ts";

const here = (file: string) => JSON.stringify(join(import.meta.dirname, file));

function startScript(dataDir: string): string {
  return `
    import { readFileSync } from "node:fs";
    import { loadConfig } from ${here("../../config/load-config.ts")};
    import { createProgress } from ${here("progress.ts")};
    import { startParts } from ${here("start-parts.ts")};
    const argv = ["--data", ${JSON.stringify(dataDir)}, "--port", "0"];
    const config = loadConfig({ argv, env: {}, root: "/" });
    const stack = new AsyncDisposableStack();
    const progress = createProgress("en", { write: () => undefined });
    const parts = await startParts(config, progress, { stack, buildPage: async () => "/" });
    process.on("SIGTERM", () => stack.disposeAsync().then(() => process.exit(0)));
    const postgres = readFileSync(${JSON.stringify(join(dataDir, "postgres", "postmaster.pid"))}, "utf8");
    console.log(JSON.stringify({ pids: [Number.parseInt(postgres), parts.livekit.pid], origin: parts.listener.origin }));
    setInterval(() => undefined, 1_000);`;
}

const told = z.object({ pids: z.array(z.number()), origin: z.string() });

test("whether it is asked to stop or killed, nothing is left running, and it starts again", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "sekisho-start-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  for (const signal of ["SIGTERM", "SIGKILL", "SIGTERM"] as const) {
    await using server = runScript(startScript(dataDir));
    const { pids, origin } = told.parse(JSON.parse(await server.nextLine()));
    expect(pids.map(isAlive)).toEqual([true, true]);
    expect((await fetch(origin)).status).toBe(503);
    await server.kill(signal);
    for (const pid of pids) await waitUntilGone(pid);
  }
});

test("each step has its line, in the reader's language, and a failure ends what ran before it", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "sekisho-start-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const config = loadConfig({
    argv: ["--data", dataDir, "--port", "0", "--lang", "ja"],
    env: {},
    root: dataDir,
  });
  let said = "";
  const progress = createProgress(config.language, { write: (text) => (said += text) });
  let postgres = 0;
  {
    await using stack = new AsyncDisposableStack();
    const buildPage = () => {
      postgres = Number.parseInt(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8"), 10);
      return Promise.reject(new Error("no pages"));
    };
    await expect(startParts(config, progress, { stack, buildPage })).rejects.toThrow("no pages");
    expect(isAlive(postgres)).toBe(true);
  }
  await waitUntilGone(postgres);
  for (const text of ["database", "engineBuild", "engine"] as const)
    expect(said).toContain(`✓ ${startTexts[text].ja}`);
  expect(said).toContain(`✗ ${startTexts.page.ja}`);
});
