/** Several processes on one database that are told nothing, and a database that dies (BAR-10, BAR-11). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { by, insertPerson, write } from "../../../../../packages/testkit/src/barriers-world.ts";
import { featureBase, type FeatureBase } from "../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import { defaultRules } from "../accounts/default-rules.ts";
import { folder, lets, openNode } from "./testing/sync-rig.ts";

let postgres: TestPostgres;

beforeAll(async () => {
  postgres = await startPostgres({ durable: true });
});
afterAll(() => postgres.stop());

async function organisation(): Promise<FeatureBase & { banker: string; analyst: string }> {
  const base = await featureBase(postgres);
  const rules = JSON.stringify(defaultRules);
  await base.handle.db.insertInto("organisation").values({ name: "みどり野銀行", rules }).execute();
  const banker = await insertPerson(base, { name: "桐生 真帆" });
  const analyst = await insertPerson(base, { name: "外山 恵" });
  return { ...base, banker, analyst };
}

async function eventually(what: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 15_000;
  while (!(await what().catch(() => false))) {
    if (Date.now() > until) throw new Error("it did not happen within 15 s");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const walls = ({ banker, analyst }: { banker: string; analyst: string }) => [
  write.on,
  write.group("bank"),
  write.group("research"),
  write.person(banker, "bank"),
  write.person(analyst, "research"),
  write.policy("bank", "research", ["meeting"]),
];

test("[BAR-10] a version whose notice nobody hears is found, swept for, and decided with all the same", async () => {
  await using base = await organisation();
  using disk = folder();
  await using one = openNode(base, { folder: disk.path, realTime: true });
  await using two = openNode(base, { folder: disk.path, realTime: true });
  await Promise.all([one.start(), two.start()]);
  const { version } = await one.writer.write(walls(base), by(base.banker));
  await eventually(async () => two.live.swept.includes(version) && one.live.swept.includes(version));
  expect(lets(two.source.current(), base.banker, base.analyst)).toBe(false);
});

test("[BAR-11] applied is never claimed before every process that is alive has swept; who is silent is named", async () => {
  await using base = await organisation();
  using disk = folder();
  const slow = Promise.withResolvers<void>();
  await using one = openNode(base, { folder: disk.path, realTime: true });
  await using two = openNode(base, { folder: disk.path, realTime: true, beforeSweep: () => slow.promise });
  // Before the processes end: they wait for a sweep that is under way.
  using _end = { [Symbol.dispose]: () => slow.resolve() };
  await Promise.all([one.start(), two.start()]);
  const { version } = await one.writer.write(walls(base), by(base.banker));
  await eventually(async () => one.live.swept.includes(version));
  await eventually(async () => two.source.model().version === version);
  // The first process has said so by its next sign of life.
  await eventually(async () => (await one.nodes.status(version)).pending.length === 1);
  expect(await one.nodes.status(version)).toMatchObject({ applied: false, nodes: [{}, {}] });
  expect((await one.nodes.status(version + 1)).applied).toBe(false);
  slow.resolve();
  await eventually(async () => (await one.nodes.status(version)).applied);
  await base.handle.pool.query(
    `insert into barrier_node (process_id, name, version, swept, seen_at)
     values ('gone', 'a machine that went dark', 9, 9, clock_timestamp() - interval '5 seconds')`,
  );
  expect(await one.nodes.status(version)).toMatchObject({
    applied: true,
    pending: ["a machine that went dark"],
  });
});

test("[BAR-10] PostgreSQL dies in the middle of edits: nobody gets through, and what was committed stands everywhere", async () => {
  await using base = await organisation();
  using disk = folder();
  using other = folder();
  await using one = openNode(base, { folder: disk.path, realTime: true });
  await using two = openNode(base, { folder: other.path, realTime: true });
  await Promise.all([one.start(), two.start()]);
  await one.writer.write(walls(base), by(base.banker));
  let acknowledged = (await one.source.refresh()).version;
  let wrong = 0;
  let failed = 0;
  let stop = false;
  const deciding = (async () => {
    while (!stop) {
      for (const node of [one, two]) {
        const barrier = await node.source.at(acknowledged);
        if (lets(barrier, base.banker, base.analyst)) wrong += 1;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  const editing = (async () => {
    for (let round = 0; !stop; round += 1) {
      const written = await one.writer.write([write.group(`g${round}`)], by(base.banker)).catch(() => null);
      if (written !== null) acknowledged = written.version;
      else failed += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  try {
    await eventually(async () => acknowledged > 5);
    process.kill(postgres.pid, "SIGKILL");
    await eventually(async () => failed > 0);
    const before = acknowledged;
    await eventually(async () => acknowledged > before + 5);
  } finally {
    // Whatever became of it: a loop on a pool that has ended would never let go of this process.
    stop = true;
    await Promise.all([deciding, editing]);
  }
  expect(wrong).toBe(0);
  const model = await one.source.refresh();
  expect(model.version).toBeGreaterThanOrEqual(acknowledged);
  expect((await two.source.refresh()).version).toBe(model.version);
  expect([...one.refusals, ...two.refusals]).toEqual([]);
}, 60_000);

test("[BAR-10] a process that has not heard from its database for three seconds knows nothing", async () => {
  await using base = await organisation();
  using disk = folder();
  await using node = openNode(base, { folder: disk.path });
  await node.writer.write(walls(base), by(base.banker));
  await node.source.refresh();
  expect(lets(node.source.current(), base.banker, base.banker)).toBe(true);
  node.time.steady += 3001;
  expect(node.source.current()).toMatchObject({ denyNew: true, stamp: { freshness: "none" } });
  expect((await node.source.at(1)).denyNew).toBe(false);
});
