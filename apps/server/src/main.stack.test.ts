import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { waitUntilGone } from "../../../packages/testkit/src/child-script.ts";

const starter = join(import.meta.dirname, "../../../scripts/setup.mjs");

/** `npm start` without the installing: the starter, and the real server under it. */
function startServer(dataDir: string, language: string) {
  const args = ["--port", "0", "--data", dataDir, "--lang", language];
  const source = `import { runUnderNode } from ${JSON.stringify(starter)};
    runUnderNode("en", ${JSON.stringify(join(import.meta.dirname, "main.ts"))}, ${JSON.stringify(args)});`;
  const env = { PATH: process.env["PATH"], HOME: process.env["HOME"] };
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const said: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const setUp = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      said.push(line);
      const link = /http:\/\/\S+\/setup\/\S+/.exec(line)?.[0];
      if (link !== undefined) resolve(link);
    });
    void ended.then(() => reject(new Error(said.join("\n"))));
  });
  return { child, ended, said, setUp };
}

test("[IDN-1] the first start prints a one-time link and serves the page; Ctrl-C or kill leaves nothing", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "sekisho-main-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  for (const [language, signal] of [
    ["ja", "SIGINT"],
    ["en", "SIGKILL"],
    ["en", "SIGINT"],
  ] as const) {
    const { child, ended, said, setUp } = startServer(dataDir, language);
    const link = new URL(await setUp);
    expect(link.pathname.length).toBeGreaterThan("/setup/".length + 22);
    expect((await fetch(new URL("/healthz", link))).status).toBe(200);
    expect(await (await fetch(link, { headers: { accept: "text/html" } })).text()).toContain(
      "<!doctype html>",
    );
    expect(said.join("\n")).toContain(language === "ja" ? "Sekisho が起動しました。" : "Sekisho is running.");
    const postmaster = Number.parseInt(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8"), 10);
    child.kill(signal);
    expect(await ended).toBe(signal === "SIGKILL" ? null : 0);
    await waitUntilGone(postmaster);
    expect(said.join("\n")).not.toContain("database connection lost");
  }
});
