import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onParentGone } from "./parents.mjs";
import { say } from "./texts.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, "node_modules", ".sekisho-stamp");
const lockFolder = join(root, ".cache", "install.lock");
const wantedNode = 24;

/** Ends the set-up with one sentence and no stack trace. */
export class SetupProblem extends Error {}

/**
 * Installs what is missing. The stamp is written after a good install only, so an interrupted one is repeated.
 * Nothing here may need a package: there are none yet.
 */
export async function prepare(language) {
  if (process.platform === "win32") throw new SetupProblem(say(language, "windows"));
  const stamp = computeStamp();
  if (isInstalled(stamp)) return;
  await holdLock(language);
  try {
    if (!isInstalled(stamp)) install(language, stamp);
  } finally {
    rmSync(lockFolder, { recursive: true, force: true });
  }
}

function computeStamp() {
  const lock = readFileSync(join(root, "package-lock.json"));
  return createHash("sha256").update(lock).update(`\n${process.platform}-${process.arch}`).digest("hex");
}

function isInstalled(stamp) {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
}

/** A folder is made by one process only; one left by a process that is gone is taken over. */
async function holdLock(language) {
  mkdirSync(dirname(lockFolder), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      mkdirSync(lockFolder);
      writeFileSync(join(lockFolder, "pid"), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (!told) console.error(say(language, "waiting"));
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (!isHeld()) rmSync(lockFolder, { recursive: true, force: true });
  }
}

function isHeld() {
  try {
    process.kill(Number(readFileSync(join(lockFolder, "pid"), "utf8")), 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function install(language, stamp) {
  console.error(say(language, "installing"));
  const started = Date.now();
  const options = [
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--include=dev",
    "--include=optional",
  ];
  const npm = process.env.npm_execpath;
  const isScript = npm !== undefined && /npm-cli\.c?js$/.test(npm);
  const [program, ...first] = isScript ? [process.execPath, npm] : ["npm"];
  const result = spawnSync(program, [...first, ...options], { cwd: root, stdio: ["ignore", 2, 2] });
  if (result.error?.code === "ENOENT") throw new SetupProblem(say(language, "npmMissing"));
  if (result.status !== 0) throw new SetupProblem(say(language, "installFailed"));
  writeFileSync(stampFile, stamp);
  console.error(say(language, "installed", { seconds: String(Math.round((Date.now() - started) / 1000)) }));
}

/** The pinned Node among the packages, else this one when it is new enough. */
function findNode(language) {
  const pinned = join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
  if (existsSync(pinned) && spawnSync(pinned, ["--version"], { stdio: "ignore" }).status === 0) return pinned;
  const found = process.versions.node;
  if (Number.parseInt(found, 10) >= wantedNode) return process.execPath;
  const values = { wanted: String(wantedNode), found, platform: `${process.platform}-${process.arch}` };
  throw new SetupProblem(say(language, "nodeMissing", values));
}

/**
 * Runs a TypeScript file under the right Node and ends with its exit code. The channel between the two tells the
 * child when this process is gone, however it ended.
 */
export function runUnderNode(language, file, args) {
  const node = findNode(language);
  const path = [dirname(node), join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  const child = spawn(node, [file, ...args], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PATH: path, npm_config_node_options: "" },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  onParentGone(() => child.kill("SIGTERM"));
  child.once("error", (error) => fail(error));
  child.once("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (signal === "SIGKILL" ? 9 : 15);
    if (child.connected) child.disconnect();
  });
}

export function fail(error) {
  console.error(error instanceof SetupProblem ? error.message : error);
  process.exitCode = 1;
}
