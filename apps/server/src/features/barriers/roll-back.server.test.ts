/** A database that offers another past than the one that was used: nothing is decided with it (BAR-10, Q79). */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { by, insertPerson, write } from "../../../../../packages/testkit/src/barriers-world.ts";
import { featureBase, type FeatureBase } from "../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import { defaultRules } from "../accounts/default-rules.ts";
import { acceptVersion } from "./accept-version.ts";
import { folder, lets, openNode, type SyncNode } from "./testing/sync-rig.ts";

let postgres: TestPostgres;
let base: FeatureBase;
let disk: ReturnType<typeof folder>;
let banker: string;
let analyst: string;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  base = await featureBase(postgres);
  disk = folder();
  const rules = JSON.stringify(defaultRules);
  await base.handle.db.insertInto("organisation").values({ name: "みどり野銀行", rules }).execute();
  banker = await insertPerson(base, { name: "桐生 真帆" });
  analyst = await insertPerson(base, { name: "外山 恵" });
});
afterEach(async () => {
  await base[Symbol.asyncDispose]();
  disk[Symbol.dispose]();
});

const everybody = () => [
  write.on,
  write.group("bank"),
  write.group("research"),
  write.person(banker, "bank"),
  write.person(analyst, "research"),
];
const wall = write.policy("bank", "research", ["meeting"]);

/** The database as it is now, kept for later. Nobody may be connected to it. */
async function backUp() {
  await base.handle.close();
  const kept = await postgres.createDatabase(base.database);
  return kept.connectionString;
}

async function versionAt(node: SyncNode): Promise<number> {
  return (await node.source.refresh()).version;
}

test("[BAR-10] a database put back to an older day lets nobody in, at once or after a restart", async () => {
  const first = openNode(base, { folder: disk.path });
  await first.writer.write(everybody(), by(banker));
  await first.close();
  const older = await backUp();
  {
    await using node = openNode(base, { folder: disk.path });
    await node.writer.write([wall], by(banker));
    expect(lets(await node.source.at(2), banker, analyst)).toBe(false);
    expect(node.source.current().denyNew).toBe(false);
  }
  await using node = openNode(base, { folder: disk.path, connectionString: older });
  for (const asked of [0, 1, 2]) {
    const barrier = await node.source.at(asked);
    expect(barrier).toMatchObject({ denyNew: true, on: true, stamp: { freshness: "none" } });
    expect(lets(barrier, banker, analyst)).toBe(false);
  }
  expect(node.refusals).toEqual([{ code: "rolledBack", offered: 1, seen: 2 }]);
  expect(lets(node.source.current(), banker, banker)).toBe(false);
  await expect(node.writer.write([wall], by(banker))).rejects.toThrow("busy");
});

test("[BAR-10] the same number with another past is seen too, while it runs and after a restart", async () => {
  const first = openNode(base, { folder: disk.path });
  await first.writer.write(everybody(), by(banker));
  await first.close();
  const older = await backUp();
  {
    await using node = openNode(base, { folder: disk.path });
    await node.writer.write([wall], by(banker));
    await node.writer.write([write.group("free")], by(banker));
    expect(await versionAt(node)).toBe(3);
  }
  using elsewhere = folder();
  await using other = openNode(base, { folder: elsewhere.path, connectionString: older });
  await other.writer.write([write.group("other")], by(banker));
  await other.writer.write([write.group("free")], by(banker));
  await using node = openNode(base, { folder: disk.path, connectionString: older });
  expect(lets(await node.source.at(3), banker, analyst)).toBe(false);
  expect(node.refusals).toEqual([{ code: "otherPast", offered: 3, seen: 3 }]);
});

test("[BAR-10] a mark that was tampered with is no mark to trust", async () => {
  const first = openNode(base, { folder: disk.path });
  await first.writer.write([...everybody(), wall], by(banker));
  await first.source.refresh();
  await first.close();
  const [mark = ""] = readdirSync(disk.path).filter((name) => name.startsWith("seen-"));
  const text = readFileSync(join(disk.path, mark), "utf8");
  writeFileSync(join(disk.path, mark), text.replace(/"history":"./u, '"history":"x'));
  await using node = openNode(base, { folder: disk.path });
  expect((await node.source.at(1)).denyNew).toBe(true);
  expect(node.refusals).toMatchObject([{ code: "markDamaged", seen: 1 }]);
});

test("[BAR-10] an administrator accepts what the database offers: a version above all, from what it holds", async () => {
  const first = openNode(base, { folder: disk.path });
  await first.writer.write([...everybody(), wall], by(banker));
  await first.close();
  const older = await backUp();
  {
    await using node = openNode(base, { folder: disk.path });
    for (const name of ["a", "b", "c"]) await node.writer.write([write.group(name)], by(banker));
    expect(await versionAt(node)).toBe(4);
  }
  await using node = openNode(base, { folder: disk.path, connectionString: older });
  expect((await node.source.at(1)).denyNew).toBe(true);
  const accepted = await acceptVersion({ ...acceptDeps(older), folder: disk.path });
  expect(accepted).toEqual({ kind: "accepted", offered: 1, seen: 4, version: 5 });
  const barrier = await node.source.at(5);
  expect(barrier).toMatchObject({ denyNew: false, stamp: { version: 5, freshness: "fresh" } });
  expect(lets(barrier, banker, analyst)).toBe(false);
  expect(lets(barrier, banker, banker)).toBe(true);
  expect(node.source.model().groups.size).toBe(2);
  expect(await acceptVersion({ ...acceptDeps(older), folder: disk.path })).toEqual({
    kind: "nothing",
    version: 5,
  });
  await node.writer.write([write.group("later")], by(banker));
  expect(await versionAt(node)).toBe(6);
});

function acceptDeps(connectionString: string) {
  return { connectionString, keys: base.keys };
}

test("[BAR-10] what is in memory is never exchanged for less: a head that falls while it runs is refused", async () => {
  await using node = openNode(base, { folder: disk.path });
  await node.writer.write(everybody(), by(banker));
  await node.writer.write([wall], by(banker));
  expect(lets(await node.source.at(2), banker, analyst)).toBe(false);
  await base.handle.pool.query("update barrier_head set version = 1");
  expect(lets(await node.source.at(1), banker, analyst)).toBe(false);
  expect(node.refusals).toEqual([{ code: "rolledBack", offered: 1, seen: 2 }]);
});

test("[BAR-10] two processes in one folder never lower what the other has raised", async () => {
  await using one = openNode(base, { folder: disk.path });
  await using two = openNode(base, { folder: disk.path });
  for (let round = 0; round < 10; round += 1) {
    await one.writer.write([write.group(`g${round}`)], by(banker));
    await Promise.all([one.source.refresh(), two.source.refresh()]);
  }
  const marks = readdirSync(disk.path).filter((name) => name.startsWith("seen-"));
  expect(marks).toEqual(["seen-0000000010.json"]);
});
