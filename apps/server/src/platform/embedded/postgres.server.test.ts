import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runScript, waitUntilGone } from "../../../../../packages/testkit/src/child-script.ts";
import { startEmbeddedPostgres } from "./postgres.ts";
import { withClient } from "./postgres-roles.ts";

const isRoot = process.getuid?.() === 0;
const hasNamespaces = isRoot && spawnSync("unshare", ["--user", "--map-user=65534", "true"]).status === 0;
let dataDir = "";

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "sekisho-pg-"));
  if (isRoot) chmodSync(dataDir, 0o711);
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function writerScript(): string {
  return `
    import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, "postgres.ts"))};
    import { withClient } from ${JSON.stringify(join(import.meta.dirname, "postgres-roles.ts"))};
    const postgres = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    await withClient(postgres.adminConnectionString, async (client) => {
      await client.query("create table if not exists note (n int primary key)");
      console.log(postgres.pid);
      const { rows } = await client.query("select coalesce(max(n), 0) as n from note");
      for (let n = rows[0].n + 1; ; n += 1) {
        await client.query("insert into note values ($1)", [n]);
        console.log(n);
      }
    });`;
}

async function rows(connectionString: string): Promise<number[]> {
  return withClient(connectionString, async (client) => {
    const result = await client.query<{ n: number }>("select n from note order by n");
    return result.rows.map(({ n }) => n);
  });
}

async function startAndStop(folder = dataDir): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  try {
    return await withClient(postgres.connectionString, async (client) => {
      const { rows: found } = await client.query<{ who: string }>("select current_user as who");
      return found[0]?.who ?? "";
    });
  } finally {
    await postgres.stop();
  }
}

test("a killed server leaves no PostgreSQL running and loses no acknowledged row, again and again", async () => {
  let acknowledged = 0;
  for (const alsoPostmaster of [false, true, false]) {
    await using writer = runScript(writerScript());
    const pid = Number(await writer.nextLine());
    const target = acknowledged + 20;
    while (acknowledged < target) acknowledged = Number(await writer.nextLine());
    if (alsoPostmaster) process.kill(pid, "SIGKILL");
    await writer.kill("SIGKILL");
    await waitUntilGone(pid);
  }
  const postgres = await startEmbeddedPostgres({ dataDir });
  const found = await rows(postgres.adminConnectionString);
  await postgres.stop();
  expect(found.length).toBeGreaterThanOrEqual(acknowledged);
  expect(found).toEqual(found.map((_, index) => index + 1));
});

test("a PostgreSQL that is killed comes back on the same address with the same data", async () => {
  const back = Promise.withResolvers<void>();
  const postgres = await startEmbeddedPostgres({ dataDir, onRestart: back.resolve });
  await withClient(postgres.adminConnectionString, (client) =>
    client.query("create table note as select 7 as n"),
  );
  const first = postgres.pid;
  process.kill(first, "SIGKILL");
  await back.promise;
  expect(postgres.pid).not.toBe(first);
  expect(await rows(postgres.adminConnectionString)).toEqual([7]);
  await postgres.stop();
  await waitUntilGone(postgres.pid);
});

test("one server per data folder, in this process and in another one", async () => {
  const postgres = await startEmbeddedPostgres({ dataDir });
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({ code: "data_in_use" });
  await using other = runScript(writerScript());
  await expect(other.nextLine()).rejects.toThrow("is in use by another Sekisho server");
  await postgres.stop();
  expect(await startAndStop()).toBe("sekisho_app");
});

test.runIf(isRoot)("started as root PostgreSQL runs as another account, which stays the same", async () => {
  chownSync(dataDir, 65_534, 65_534);
  await startAndStop();
  expect(statSync(join(dataDir, "postgres")).uid).toBe(65_534);
  chownSync(dataDir, 0, 0);
  chmodSync(dataDir, 0o700);
  // Its owner is settled now, and that one may no longer enter: nobody else is tried behind its back.
  await expect(startAndStop()).rejects.toMatchObject({ code: "postgres_no_user" });
});

test.runIf(hasNamespaces)(
  "as root in a folder nobody else may enter it runs in a user namespace",
  async () => {
    chmodSync(dataDir, 0o700);
    expect(await startAndStop()).toBe("sekisho_app");
    expect(statSync(join(dataDir, "postgres")).uid).toBe(0);
    expect(await startAndStop()).toBe("sekisho_app");
  },
);

test.runIf(isRoot)("started by an ordinary user it runs as that user", async () => {
  chownSync(dataDir, 65_534, 65_534);
  await using writer = runScript(writerScript(), { uid: 65_534, gid: 65_534 });
  const pid = Number(await writer.nextLine());
  expect(Number(await writer.nextLine())).toBe(1);
  expect(statSync(`/proc/${pid}`).uid).toBe(65_534);
  await writer.kill("SIGTERM");
  await waitUntilGone(pid);
});

test("a lock file that names a living stranger does not stand in the way", async () => {
  const postgres = await startEmbeddedPostgres({ dataDir });
  const lockFile = join(dataDir, "postgres", "postmaster.pid");
  const lock = readFileSync(lockFile, "utf8");
  const { uid, gid } = statSync(lockFile);
  await postgres.stop();
  const stranger = spawn("sleep", ["60"], isRoot ? { uid, gid } : {});
  try {
    writeFileSync(lockFile, lock.replace(/^\d+/, String(stranger.pid)), { mode: 0o600 });
    if (isRoot) chownSync(lockFile, uid, gid);
    expect(await startAndStop()).toBe("sekisho_app");
  } finally {
    stranger.kill();
  }
});

test("a folder too deep for a socket address gets its socket elsewhere, and that place is removed", async () => {
  const deep = join(dataDir, "a".repeat(100));
  const postgres = await startEmbeddedPostgres({ dataDir: deep });
  const { socketDir } = postgres;
  expect(socketDir.length).toBeLessThan(90);
  expect(statSync(socketDir).mode & 0o077).toBe(0);
  await postgres.stop();
  expect(statSync(socketDir, { throwIfNoEntry: false })).toBeUndefined();
});

test("data of another PostgreSQL version is refused and left alone", async () => {
  await startAndStop();
  writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "17\n");
  await expect(startAndStop()).rejects.toMatchObject({ code: "postgres_version", details: { found: "17" } });
  writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "18\n");
  expect(await startAndStop()).toBe("sekisho_app");
});

test("there is no way in over the network, and no half of a first start stays", async () => {
  const half = join(dataDir, "postgres.new-0123456789ab");
  mkdirSync(half);
  // What a start makes before anything else.
  writeFileSync(join(dataDir, "lock"), "");
  const postgres = await startEmbeddedPostgres({ dataDir });
  const addresses = await withClient(postgres.adminConnectionString, (client) =>
    client.query("show listen_addresses"),
  );
  await postgres.stop();
  expect(addresses.rows).toEqual([{ listen_addresses: "" }]);
  expect(statSync(half, { throwIfNoEntry: false })).toBeUndefined();
});
