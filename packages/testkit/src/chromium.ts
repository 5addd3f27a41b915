import { execFile, spawn } from "node:child_process";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";
import { chromium } from "@playwright/test";
import { z } from "zod";
import { checkoutRoot } from "../../../apps/server/src/platform/embedded/checkout.ts";
import { tryLock } from "../../../apps/server/src/platform/embedded/folder-lock.ts";

const run = promisify(execFile);

export type ChromiumProgram = { readonly path: string; readonly env: Readonly<Record<string, string>> };

const systemNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const systemPaths = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** `CHROMIUM_BIN` → installed on this machine → Playwright's own → the one in the development packages. */
export async function findChromium(): Promise<ChromiumProgram> {
  const wanted = process.env["CHROMIUM_BIN"];
  if (wanted) return { path: wanted, env: {} };
  const folders = (process.env["PATH"] ?? "").split(":");
  const installed = [
    ...folders.flatMap((folder) => systemNames.map((name) => join(folder, name))),
    ...systemPaths,
    chromium.executablePath(),
  ].find((path) => existsSync(path));
  return installed === undefined ? packagedChromium() : { path: installed, env: {} };
}

async function packagedChromium(): Promise<ChromiumProgram> {
  const source = join(checkoutRoot(), "node_modules", "@sparticuz", "chromium");
  if (process.platform !== "linux" || process.arch !== "x64" || !existsSync(source)) {
    throw new Error("No Chromium here: install Chromium or Chrome, or name one with CHROMIUM_BIN.");
  }
  const manifest = z.object({ version: z.string() });
  const { version } = manifest.parse(JSON.parse(readFileSync(join(source, "package.json"), "utf8")));
  const home = join(checkoutRoot(), ".cache", "chromium", version);
  await unpackOnce(join(source, "bin"), home);
  const path = join(home, "chromium");
  if (await starts(path, {})) return { path, env: {} };
  // A machine that never had a browser lacks its libraries; they come along.
  const env = { LD_LIBRARY_PATH: join(home, "al2023", "lib") };
  if (await starts(path, env)) return { path, env };
  throw new Error(`${path} does not start on this machine: name a Chromium that does with CHROMIUM_BIN.`);
}

async function starts(path: string, env: Record<string, string>): Promise<boolean> {
  try {
    await run(path, ["--version"], { env: { ...process.env, ...env } });
    return true;
  } catch {
    return false;
  }
}

/** Test files that start at once unpack it once: the others wait for the folder to appear. */
async function unpackOnce(packed: string, home: string): Promise<void> {
  mkdirSync(join(home, ".."), { recursive: true });
  while (!existsSync(home)) {
    const lock = tryLock(`${home}.lock`);
    if (!lock) {
      await delay(200);
      continue;
    }
    try {
      if (!existsSync(home)) await unpack(packed, home);
    } finally {
      lock.release();
    }
  }
}

async function unpack(packed: string, home: string): Promise<void> {
  const fresh = `${home}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(join(fresh, "al2023"), { recursive: true });
  const program = createWriteStream(join(fresh, "chromium"), { mode: 0o755 });
  await pipeline(createReadStream(join(packed, "chromium.br")), createBrotliDecompress(), program);
  await untar(join(packed, "al2023.tar.br"), join(fresh, "al2023"));
  await untar(join(packed, "swiftshader.tar.br"), fresh);
  renameSync(fresh, home);
}

async function untar(archive: string, folder: string): Promise<void> {
  const tar = spawn("tar", ["-x", "-C", folder], { stdio: ["pipe", "ignore", "inherit"] });
  const ended = new Promise<number | null>((resolve, reject) => {
    tar.once("error", reject);
    tar.once("close", resolve);
  });
  // tar stops reading at the archive's end mark; what pads it may find the pipe closed already. Its exit code counts.
  const fed = pipeline(createReadStream(archive), createBrotliDecompress(), tar.stdin).catch(() => undefined);
  if ((await ended) !== 0) throw new Error(`${archive} could not be unpacked`);
  await fed;
}
