import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runScript } from "../../../../../packages/testkit/src/child-script.ts";
import { buildInto } from "./page-build.ts";

const key = (number: number) => number.toString(16).padStart(16, "0");

async function build(folder: string): Promise<void> {
  mkdirSync(folder);
  writeFileSync(join(folder, "index.html"), "<!doctype html>");
}

/** Another process that serves one build and, told to, ends. */
function server(parent: string, number: number) {
  return runScript(`
    import { mkdirSync } from "node:fs";
    import { buildInto } from ${JSON.stringify(join(import.meta.dirname, "page-build.ts"))};
    const build = async (folder) => mkdirSync(folder);
    console.log(await buildInto(${JSON.stringify(parent)}, ${JSON.stringify(key(number))}, build));
    setInterval(() => undefined, 1_000);`);
}

test("a running server keeps its pages whatever is built after it; old ones go when nobody serves them", async () => {
  const parent = mkdtempSync(join(tmpdir(), "sekisho-page-"));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const builds = () => readdirSync(parent).filter((name) => /^[0-9a-f]{16}$/.test(name));
  await using running = server(parent, 1);
  const served = await running.nextLine();
  expect(served).toBe(join(parent, key(1)));
  {
    await using second = server(parent, 1);
    expect(await second.nextLine()).toBe(served);
    await second.kill("SIGKILL");
  }
  // Others build and end, as starts of later versions do.
  for (let number = 2; number <= 9; number += 1) {
    await using later = server(parent, number);
    await later.nextLine();
  }
  expect(existsSync(served)).toBe(true);
  expect(builds()).toHaveLength(6);
  await running.kill("SIGKILL");
  expect(await buildInto(parent, key(10), build)).toBe(join(parent, key(10)));
  expect(existsSync(served)).toBe(false);
  expect(builds()).toHaveLength(5);
});
