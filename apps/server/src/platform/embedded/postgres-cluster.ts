import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import { childEnvironment } from "../../config/environment.ts";
import { StartProblem } from "../../config/start-problem.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { ownFolder } from "./postgres-folders.ts";
import type { RunAs } from "./run-as.ts";

/** The superuser of an embedded server; reachable through the private socket only. */
export const adminRole = "sekisho";

const neededMegabytes = 500;

/** Refuses data written by another major version, before PostgreSQL would. Throws `postgres_version`. */
export function checkVersion(cluster: string, binaries: PostgresBinaries): void {
  const found = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (found === String(binaries.major)) return;
  throw new StartProblem("postgres_version", { path: cluster, found, expected: String(binaries.major) });
}

/**
 * Throws `data_damaged` where files lie already that are no cluster, `disk_full`, `postgres_failed`.
 * Makes the cluster under another name and renames it when it is whole: an interrupted first start leaves no half
 * of one behind. The caller holds the data folder's lock.
 */
export function createCluster(cluster: string, binaries: PostgresBinaries, runAs: RunAs): void {
  const parent = dirname(cluster);
  if (existsSync(cluster) && readdirSync(cluster).length > 0) {
    throw new StartProblem("data_damaged", { path: cluster, reason: "PG_VERSION" });
  }
  checkSpace(parent);
  for (const name of readdirSync(parent)) {
    if (name.startsWith("postgres.new-")) rmSync(join(parent, name), { recursive: true, force: true });
  }
  const fresh = ownFolder(join(parent, `postgres.new-${randomBytes(6).toString("hex")}`), runAs);
  const options = ["--auth=trust", "--data-checksums", "--encoding=UTF8", "--no-instructions"];
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const command = [binaries.initdb, "-D", fresh, "-U", adminRole, ...options, ...locale];
  const [program = "", ...rest] = [...runAs.prefix, ...command];
  const env = childEnvironment({ ...binaries.env, LC_ALL: "C", TZ: "UTC" });
  const result = spawnSync(program, rest, { ...runAs.ids, cwd: "/", env, encoding: "utf8" });
  if (result.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    checkSpace(parent);
    throw new StartProblem("postgres_failed", { reason: lastLine(result.stderr), log: cluster });
  }
  renameSync(fresh, cluster);
}

export function clusterExists(cluster: string): boolean {
  return existsSync(join(cluster, "PG_VERSION"));
}

function checkSpace(path: string): void {
  const { bavail, bsize } = statfsSync(path);
  if ((bavail * bsize) / 1e6 < neededMegabytes) {
    throw new StartProblem("disk_full", { path, needed: String(neededMegabytes) });
  }
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
