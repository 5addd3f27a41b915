import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { renameSync, rmSync, statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { childEnvironment } from "../../config/environment.ts";
import { StartProblem } from "../../config/start-problem.ts";
import { checkoutRoot } from "./checkout.ts";

export type BuildProgress =
  /** Another start builds the same engine. */
  | { readonly phase: "waiting" }
  /** No Go on this machine: the pinned one is fetched. */
  | { readonly phase: "fetching" }
  | { readonly phase: "begin" }
  | {
      readonly phase: "building";
      readonly modules: number;
      readonly packages: number;
      readonly seconds: number;
    };

const neededMegabytes = 1_500;
const engineFlags = ["-v", "-trimpath", "-ldflags=-s -w", "-mod=readonly"];
const enginePackage = "github.com/livekit/livekit-server/cmd/server";

/**
 * Builds LiveKit from the versions and hashes in `engine/`. Written under another name first: an interrupted build
 * leaves nothing that looks whole, and the next one goes on from Go's own cache.
 */
export async function buildEngine(
  go: string,
  binary: string,
  onProgress: (progress: BuildProgress) => void,
): Promise<void> {
  checkSpace(dirname(binary));
  onProgress({ phase: "begin" });
  const fresh = `${binary}.${randomBytes(6).toString("hex")}`;
  const started = performance.now();
  const counts = { modules: 0, packages: 0 };
  const report = () =>
    onProgress({ phase: "building", ...counts, seconds: Math.round((performance.now() - started) / 1_000) });
  const timer = setInterval(report, 1_000);
  const tail: string[] = [];
  try {
    const code = await runGo(go, fresh, (line) => {
      if (line.startsWith("go: downloading ")) counts.modules += 1;
      else if (/^[\w.\-/]+$/.test(line)) counts.packages += 1;
      else tail.push(line);
    });
    if (code !== 0) throw failure(tail, binary);
    renameSync(fresh, binary);
  } finally {
    clearInterval(timer);
    rmSync(fresh, { force: true });
  }
}

function runGo(go: string, output: string, onLine: (line: string) => void): Promise<number | null> {
  const env = childEnvironment({ CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOWORK: "off", GOFLAGS: "" });
  const cwd = join(checkoutRoot(), "engine");
  const child = spawn(go, ["build", ...engineFlags, "-o", output, enginePackage], {
    cwd,
    env: withHome(env, dirname(output)),
    stdio: ["ignore", "ignore", "pipe"],
  });
  createInterface({ input: child.stderr }).on("line", onLine);
  // Stopped in the middle: Go's own cache keeps what is done, nothing goes on in the background.
  const stop = () => void child.kill("SIGTERM");
  process.once("exit", stop);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("exit", stop);
      resolve(code);
    });
  });
}

/** Go wants somewhere for its caches; an account without a home gets them beside the engine. */
function withHome(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  if (env["HOME"] || env["GOPATH"]) return env;
  return { ...env, GOPATH: join(folder, "gopath"), GOCACHE: join(folder, "gocache") };
}

function failure(tail: readonly string[], binary: string): StartProblem {
  const reason = tail.at(-1) ?? "";
  if (tail.some((line) => line.includes("no space left on device"))) return diskFull(dirname(binary));
  return new StartProblem("engine_build_failed", { reason });
}

function checkSpace(path: string): void {
  const { bavail, bsize } = statfsSync(path);
  if ((bavail * bsize) / 1e6 < neededMegabytes) throw diskFull(path);
}

function diskFull(path: string): StartProblem {
  return new StartProblem("disk_full", { path, needed: String(neededMegabytes) });
}
