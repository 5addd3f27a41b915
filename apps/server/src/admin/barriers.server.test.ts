import { initialRules, type BarrierChange } from "@sekisho/domain";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBarrierSource } from "../features/barriers/barrier-source.ts";
import { createHighWaterMark } from "../features/barriers/high-water-mark.ts";
import { createSignedCopy } from "../features/barriers/signed-copy.ts";
import { createBarrierWriter } from "../features/barriers/write-barriers.ts";
import { barrierFolder } from "../platform/barrier-folder.ts";
import { openDatabase } from "../platform/db/database.ts";
import { startEmbeddedPostgres } from "../platform/embedded/postgres.ts";
import { createOrganisationLog } from "../platform/evidence/organisation-log.ts";
import { createKeys } from "../platform/keys/keys.ts";
import { readMasterKey } from "../platform/keys/master-key.ts";
import { runAdmin } from "./run-admin.ts";

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "sekisho-admin-"));
  chmodSync(root, 0o711);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const data = () => join(root, "data");

async function admin(...words: readonly string[]) {
  const out: string[] = [];
  const code = await runAdmin([...words, "--data", data(), "--lang", "en"], {
    env: {},
    root,
    print: (line) => out.push(line),
    printError: (line) => out.push(line),
    askPassword: async () => "a long enough one",
  });
  return { code, out: out.join("\n") };
}

const on: BarrierChange = { type: "rules.put", rules: { ...initialRules, on: true } };
const off: BarrierChange = { type: "rules.put", rules: initialRules };

/** A server on this data folder that lays down versions and decides with them. Answers whether it lets anybody in. */
async function served(...versions: readonly BarrierChange[]) {
  const postgres = await startEmbeddedPostgres({ dataDir: data() });
  const { db, pool, close } = openDatabase(postgres.connectionString, () => undefined, 4);
  const keys = createKeys(readMasterKey(join(data(), "keys")));
  const folder = barrierFolder(data());
  const source = createBarrierSource({
    pool,
    mark: createHighWaterMark(folder, keys),
    copy: createSignedCopy(folder, keys),
    onRefused: () => undefined,
    onFailure: () => undefined,
  });
  const log = createOrganisationLog({ db, keys });
  const writer = createBarrierWriter({
    ...{ db, log, source, onCommitted: () => undefined, onRulesChanged: () => undefined },
  });
  try {
    for (const change of versions) {
      await writer.write([change], {
        ...{ origin: "portal", actor: { kind: "operator" }, reason: "test", baseVersion: null },
      });
      await source.refresh();
    }
    const { denyNew, stamp } = await source.at(1);
    return { denyNew, version: stamp.version };
  } finally {
    await source.settled();
    await close();
    await postgres.stop();
  }
}

test("[BAR-10] a restored back-up with older barriers is refused until an administrator accepts it", async () => {
  const made = await admin(
    ...["owner", "create", "--email", "rina@example.jp", "--name", "佐久間 里奈"],
    ...["--organisation", "みどり野銀行"],
  );
  expect(made.code).toBe(0);
  expect(await served(on)).toEqual({ denyNew: false, version: 1 });
  const file = join(root, "back-up.gz");
  expect(await admin("backup", file)).toMatchObject({ code: 0 });
  expect(await served(off, on, off, on)).toEqual({ denyNew: false, version: 5 });
  rmSync(join(data(), "postgres"), { recursive: true });
  const restored = await admin("restore", file);
  expect(restored.code).toBe(0);
  expect(restored.out).toContain("used version 5 of the barriers; the database has version 1");
  expect(await served()).toMatchObject({ denyNew: true });
  const accepted = await admin("barriers", "accept-version");
  expect(accepted.out).toContain("version 1 are in force as version 6");
  expect(await served()).toEqual({ denyNew: false, version: 6 });
  expect((await admin("barriers", "accept-version")).out).toContain("Nothing to accept: version 6");
  expect((await admin("audit", "verify")).code).toBe(0);
  expect((await admin("barriers", "accept-version", "more")).code).toBe(1);
}, 120_000);
