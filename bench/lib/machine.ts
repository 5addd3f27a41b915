/** What a figure was measured on; it stands beside every result. */
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";

export const root = join(import.meta.dirname, "..", "..");

export type Machine = {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
};

export function machine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.versions.node,
  };
}

/** Load average of the last minute. */
export function load(): number {
  return loadavg()[0] ?? 0;
}

/** Waits for a quieter machine, for at most `limitMs`; a busy one is written down, not hidden. */
export async function quietMoment(most = 1.5, limitMs = 120_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (load() > most && Date.now() < deadline) await delay(2000);
}

const manifest = z.object({ version: z.string() });

/** The installed version of a package: the root's copy, or the one in `folder`. */
export function versionOf(name: string, folder = root): string {
  const file = join(folder, "node_modules", name, "package.json");
  return manifest.parse(JSON.parse(readFileSync(file, "utf8"))).version;
}
