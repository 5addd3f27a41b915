import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Config } from "../../config/config.ts";
import { loadConfig } from "../../config/load-config.ts";
import { StartProblem } from "../../config/start-problem.ts";
import { openHouseAuthority } from "../tls/house-authority.ts";
import { readMasterKey } from "../keys/master-key.ts";
import { startDatabase } from "./database-part.ts";
import { keptLiveKitKeys } from "./livekit-config.ts";
import { withClient } from "./postgres-roles.ts";

let root = "";

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "sekisho-damaged-"));
  chmodSync(root, 0o711);
  const config = configOf("good");
  const database = await startDatabase(config, () => undefined);
  await withClient(database.adminConnectionString, (client) =>
    client.query("create table organisation (name text); insert into organisation values ('a')"),
  );
  readMasterKey(config.keysDir);
  await database.stop();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function configOf(data: string): Config {
  return loadConfig({ argv: ["--data", join(root, data)], env: {}, root });
}

/** A copy of good data with something done to it. */
function damaged(name: string, damage: (folder: string) => void): Config {
  const folder = join(root, name);
  // With its owners: PostgreSQL's files stay PostgreSQL's.
  execFileSync("cp", ["-a", join(root, "good"), folder]);
  damage(folder);
  return configOf(name);
}

/** The sentence a start ends with. A defect has none and fails the test with its own error. */
async function refusal(start: () => unknown): Promise<string> {
  try {
    await start();
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error;
    for (const language of ["en", "ja"] as const)
      expect(error.sentence(language)).not.toMatch(/\n {4}at |\{/);
    return error.code;
  }
  throw new Error("it started");
}

const start = (config: Config) => refusal(() => startDatabase(config, () => undefined));

test.each([
  ["no version", "data_damaged", (folder: string) => rmSync(join(folder, "postgres", "PG_VERSION"))],
  [
    "cut control file",
    "postgres_failed",
    (folder: string) => truncateSync(join(folder, "postgres/global/pg_control"), 10),
  ],
  [
    "no tables",
    "data_damaged",
    (folder: string) => rmSync(join(folder, "postgres", "base"), { recursive: true }),
  ],
  [
    "a strange lock",
    "data_damaged",
    (folder: string) => writeFileSync(join(folder, "lock"), "not a lock file\n"),
  ],
  ["no master key", "master_key_missing", (folder: string) => rmSync(join(folder, "keys", "master.key"))],
] as const)("data with %s: %s, in one sentence", async (name, code, damage) => {
  expect(await start(damaged(name.replaceAll(" ", "-"), damage))).toBe(code);
});

test("a folder of somebody else, or a file, is refused and stays as it is", async () => {
  mkdirSync(join(root, "home"));
  writeFileSync(join(root, "home", "thesis.txt"), "");
  writeFileSync(join(root, "file"), "");
  expect(await start(configOf("home"))).toBe("data_foreign");
  expect(await start(configOf("file"))).toBe("data_not_writable");
});

test("a kept secret that is damaged is named, never replaced in silence", async () => {
  const keysDir = join(root, "keys");
  mkdirSync(keysDir);
  for (const name of ["master.key", "livekit.json", "house-authority.pem"])
    writeFileSync(join(keysDir, name), "damaged");
  const names = { names: ["house"], addresses: ["127.0.0.1"] };
  expect(await refusal(() => readMasterKey(keysDir))).toBe("secret_damaged");
  expect(await refusal(() => keptLiveKitKeys(keysDir))).toBe("secret_damaged");
  expect(await refusal(() => openHouseAuthority(root, keysDir, names))).toBe("secret_damaged");
});
