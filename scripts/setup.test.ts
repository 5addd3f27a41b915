import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runScript, waitUntilGone } from "../packages/testkit/src/child-script.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sekisho-setup-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A starter around a small program, as `npm start` puts one around the server. */
function start(program: string) {
  const file = join(folder, "program.ts");
  writeFileSync(file, program);
  const setup = JSON.stringify(join(import.meta.dirname, "setup.mjs"));
  return runScript(`
    import { runUnderNode } from ${setup};
    runUnderNode("en", ${JSON.stringify(file)}, ["one", "two"]);
    process.on("exit", (code) => console.log("exit " + code));`);
}

test("the program runs under Node 24 with its arguments, and its exit code is passed on", async () => {
  await using starter = start(
    "console.log(process.versions.node, ...process.argv.slice(2)); process.exitCode = 7;",
  );
  expect(await starter.nextLine()).toMatch(/^2[4-9]\.\d+\.\d+ one two$/);
  expect(await starter.nextLine()).toBe("exit 7");
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s reaches the program", async (signal) => {
  await using starter = start(`
    process.on("${signal}", () => process.exit(5));
    console.log("ready");
    setInterval(() => undefined, 1_000);`);
  expect(await starter.nextLine()).toBe("ready");
  process.kill(starter.pid, signal);
  expect(await starter.nextLine()).toBe("exit 5");
});

test("a starter that is killed takes the program with it", async () => {
  await using starter = start(`
    process.on("disconnect", () => process.exit(0));
    console.log(process.pid);
    setInterval(() => undefined, 1_000);`);
  const pid = Number(await starter.nextLine());
  await starter.kill("SIGKILL");
  await waitUntilGone(pid);
});
