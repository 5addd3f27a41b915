/**
 * The policy server and the copy of it, in every combination of failures (BAR-10, BAR-6). Before each, barriers are on
 * with a wall between two people; in none may a decision let them meet, nor anybody new in where nothing can be trusted.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { by, groupId, insertPerson, write } from "../../../../../packages/testkit/src/barriers-world.ts";
import { featureBase, type FeatureBase } from "../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import { createKeys } from "../../platform/keys/keys.ts";
import { initialRules, type BarrierContext, type BarrierRules } from "@sekisho/domain";
import { defaultRules } from "../accounts/default-rules.ts";
import { folder, lets, openNode, type SyncNode } from "./testing/sync-rig.ts";
import { startUpstream, type TestUpstream } from "./testing/upstream-server.ts";
import { noteAge, writeUpstream } from "./upstream-store.ts";

const minute = 60_000;
const intervalMinutes = 5;

let postgres: TestPostgres;
let base: FeatureBase;
let upstream: TestUpstream;
let disk: ReturnType<typeof folder>;
let banker: string;
let analyst: string;
let free: string;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  base = await featureBase(postgres);
  upstream = await startUpstream();
  disk = folder();
  const rules = JSON.stringify(defaultRules);
  await base.handle.db.insertInto("organisation").values({ name: "みどり野銀行", rules }).execute();
  banker = await insertPerson(base, { name: "桐生 真帆", email: "banker@example.jp" });
  analyst = await insertPerson(base, { name: "外山 恵", email: "analyst@example.jp" });
  free = await insertPerson(base, { name: "自由 人", email: "free@example.jp" });
});
afterEach(async () => {
  await upstream[Symbol.asyncDispose]();
  await base[Symbol.asyncDispose]();
  disk[Symbol.dispose]();
});

function documentOf(change: object = {}) {
  return {
    groups: ["bank", "research", "free"].map((name) => ({ id: groupId(name), name })),
    members: [
      { email: "banker@example.jp", groups: [groupId("bank")] },
      { email: "analyst@example.jp", groups: [groupId("research")] },
      { email: "free@example.jp", groups: [groupId("free")] },
    ],
    policies: [
      {
        assigned_group_id: groupId("bank"),
        to_group_id: groupId("research"),
        settings: { meeting: true },
      },
    ],
    ...change,
  };
}

const limits: BarrierRules["staleLimits"] = { denyNewAfter: 60, closeAfter: 1440 };

/** Barriers are on, and the source has answered once. */
async function synced(staleLimits = limits): Promise<SyncNode> {
  const node = openNode(base, { folder: disk.path });
  const rules = { ...initialRules, on: true, staleLimits };
  await node.writer.write([{ type: "rules.put", rules }], by(banker));
  await ask(upstream.url);
  upstream.offer(documentOf());
  expect(await node.pull.now({ kind: "server" })).toMatchObject({ result: "applied", problem: null });
  await node.source.refresh();
  await node.source.settled();
  return node;
}

function ask(url: string): Promise<void> {
  return base.handle.db
    .transaction()
    .execute((trx) =>
      writeUpstream(trx, base.keys, { url, intervalMinutes, enabled: true, token: "s3cret", by: banker }),
    );
}

function later(node: SyncNode, minutes: number): void {
  node.time.wall += minutes * minute;
  node.time.steady += minutes * minute;
}

/** After every step: the two who are walled off never meet; who may, may only where `open` says so. */
function expectWall(barrier: BarrierContext, open: boolean): void {
  expect(lets(barrier, banker, analyst)).toBe(false);
  expect(lets(barrier, analyst, banker)).toBe(false);
  expect(lets(barrier, banker, free)).toBe(open);
}

async function now(node: SyncNode): Promise<BarrierContext> {
  const model = await node.source.refresh();
  return node.source.at(model.version);
}

test("[BAR-10] source down: fresh while the last contact is young, then the copy, then nobody new, then the end", async () => {
  await using node = await synced();
  expect(node.source.current().stamp.freshness).toBe("fresh");
  await upstream.down();
  const seen: string[] = [];
  for (const minutes of [4, 4, 50, 4, 1380]) {
    later(node, minutes);
    expect(await node.pull.now({ kind: "server" })).toMatchObject({
      result: "failed",
      problem: "unreachable",
    });
    const barrier = await now(node);
    seen.push(barrier.stamp.freshness);
    expectWall(barrier, barrier.stamp.freshness === "fresh" || barrier.stamp.freshness === "stale");
  }
  expect(seen).toEqual(["fresh", "stale", "stale", "expired", "expired"]);
  expect(node.source.mustClose()).toBe(true);
  await upstream.up();
  expect(await node.pull.now({ kind: "server" })).toMatchObject({ result: "unchanged" });
  expectWall(await now(node), true);
  expect(node.source.mustClose()).toBe(false);
  expect(node.health.ageMinutes()).toBe(0);
});

test("[BAR-10] without a limit the last synced copy holds until the source is back", async () => {
  await using node = await synced({ denyNewAfter: null, closeAfter: null });
  await upstream.down();
  later(node, 60 * 24 * 30);
  const barrier = await now(node);
  expect(barrier.stamp.freshness).toBe("stale");
  expectWall(barrier, true);
  expect(node.source.mustClose()).toBe(false);
});

/** A process that starts on this machine while the source has been silent for a while. */
async function restarted(node: SyncNode, minutes: number, wish: object = {}): Promise<SyncNode> {
  later(node, minutes);
  const { time } = node;
  await node.close();
  return openNode(base, { folder: disk.path, time: { wall: time.wall, steady: 0 }, ...wish });
}

const copyFile = () => join(disk.path, "last-synced.jsonl");

test("[BAR-10] a start with the source down decides with the signed copy, as old as it is", async () => {
  const first = await synced();
  await upstream.down();
  await using node = await restarted(first, 30);
  const barrier = await now(node);
  expect(barrier.stamp.freshness).toBe("stale");
  expectWall(barrier, true);
  expect(node.health.ageMinutes()).toBe(30);
});

test("[BAR-10] a start with the source down and no copy that can be trusted lets nobody in", async () => {
  const damage: Record<string, (text: Buffer) => Buffer | null> = {
    none: () => null,
    empty: () => Buffer.alloc(0),
    changed: (text) => Buffer.from(text.toString().replace('"mask":1', '"mask":0')),
    "cut short": (text) => text.subarray(0, text.length - 40),
    "a line less": (text) => Buffer.from(text.toString().split("\n").toSpliced(3, 1).join("\n")),
    "signature changed": (text) => Buffer.from(text.toString().replace(/"mac":"./u, '"mac":"_')),
    "contact made younger": (text) =>
      Buffer.from(text.toString().replace(/"lastContactAt":\d/u, '"lastContactAt":9')),
    garbage: () => randomBytes(4096),
  };
  let node = await synced();
  await upstream.down();
  const good = readFileSync(copyFile());
  for (const [name, change] of Object.entries(damage)) {
    const bytes = change(good);
    expect(bytes?.equals(good) ?? false, name).toBe(false);
    node = await restarted(node, 10);
    if (bytes === null) rmSync(copyFile());
    else writeFileSync(copyFile(), bytes);
    const barrier = await now(node);
    expect(barrier.stamp.freshness, name).toBe("none");
    expectWall(barrier, false);
    await node.source.settled();
    // What cannot be trusted is not made trustworthy by a restart.
    node = await restarted(node, 0);
    expect((await now(node)).stamp.freshness, name).toBe("none");
    writeFileSync(copyFile(), good);
    node = await restarted(node, 0);
    expect((await now(node)).stamp.freshness, name).not.toBe("none");
  }
  await node.close();
});

test("[BAR-10] a copy of another installation is foreign, and its source's answer makes a new one", async () => {
  const first = await synced();
  await upstream.down();
  later(first, 10);
  await first.close();
  using elsewhere = folder();
  await using stranger = openNode(base, {
    folder: elsewhere.path,
    keys: createKeys(randomBytes(32)),
    time: { wall: first.time.wall - 9 * minute, steady: 0 },
  });
  await now(stranger);
  await stranger.source.settled();
  writeFileSync(copyFile(), readFileSync(join(elsewhere.path, "last-synced.jsonl")));
  await using node = openNode(base, { folder: disk.path, time: { wall: first.time.wall, steady: 0 } });
  expectWall(await now(node), false);
  await upstream.up();
  await node.pull.now({ kind: "server" });
  const barrier = await now(node);
  expect(barrier.stamp.freshness).toBe("fresh");
  expectWall(barrier, true);
  await node.source.settled();
  await upstream.down();
  await using again = openNode(base, {
    folder: disk.path,
    time: { wall: node.time.wall + 30 * minute, steady: 0 },
  });
  expect((await now(again)).stamp.freshness).toBe("stale");
});

test("[BAR-10] a source that never answered is no source to decide with", async () => {
  await using node = openNode(base, { folder: disk.path });
  await node.writer.write([write.on], by(banker));
  await ask(upstream.url);
  await upstream.down();
  await node.pull.now({ kind: "server" });
  expectWall(await now(node), false);
  expect((await now(node)).stamp.freshness).toBe("none");
});

test("[BAR-10] clocks that jump back and forth never make the copy younger, with and without a restart", async () => {
  let node = await synced();
  await upstream.down();
  later(node, 61);
  expectWall(await now(node), false);
  for (const jump of [-120, 30, -600, 5]) {
    node.time.wall += jump * minute;
    const barrier = await now(node);
    expect(barrier.stamp.freshness).toBe("expired");
    expectWall(barrier, false);
  }
  const age = node.source.age();
  await noteAge(base.handle.db, age?.contacts ?? 0, age?.ms ?? 0);
  node = await restarted(node, 0);
  expect((await now(node)).stamp.freshness).toBe("expired");
  node.time.wall -= 60 * 24 * minute;
  node = await restarted(node, 0);
  expect((await now(node)).stamp.freshness).toBe("expired");
  await node.close();
});

test("[BAR-10] whatever the source says wrongly is a failed sync with a code, and nothing is half applied", async () => {
  await using node = await synced();
  const { version } = await node.source.refresh();
  const answers: Record<string, Parameters<TestUpstream["answer"]>[0]> = {
    http_error: (_request, response) => response.writeHead(500).end("oops"),
    unauthorised: (_request, response) => response.writeHead(401).end(),
    not_json: (_request, response) => response.writeHead(200).end("<html>"),
    wrong_shape: (_request, response) => response.writeHead(200).end('{"groups":[],"members":[]}'),
    inconsistent: (_request, response) =>
      response.writeHead(200).end(JSON.stringify(documentOf({ groups: [] }))),
    redirected: (_request, response) => response.writeHead(302, { location: "http://localhost:1/" }).end(),
    unreachable: (_request, response) => {
      response.writeHead(200, { "content-length": "1000" }).write("{");
      response.destroy();
    },
  };
  for (const [problem, answer] of Object.entries(answers)) {
    upstream.answer(answer);
    const row = await node.pull.now({ kind: "server" });
    expect(row).toMatchObject({ result: "failed", problem, version: null, changes: 0 });
    expect((await node.source.refresh()).version, problem).toBe(version);
    expectWall(await now(node), true);
  }
  await ask(upstream.url.replace("http:", "https:"));
  expect(await node.pull.now({ kind: "server" })).toMatchObject({ problem: "tls_failed" });
  await ask("http://169.254.169.254/latest/meta-data");
  expect(await node.pull.now({ kind: "server" })).toMatchObject({ problem: "address_refused" });
  expect(node.failures).toEqual([]);
});

test("[BAR-10] an older document than the last one is not taken, nor one that has stopped counting", async () => {
  await using node = await synced();
  upstream.offer(documentOf({ version: 7 }));
  expect(await node.pull.now({ kind: "server" })).toMatchObject({ result: "unchanged" });
  for (const version of [6, undefined]) {
    upstream.offer(documentOf({ version, policies: [] }));
    expect(await node.pull.now({ kind: "server" })).toMatchObject({ problem: "older_version" });
    expectWall(await now(node), true);
  }
});

test("[BAR-6] an empty answer of the source unblocks nobody: it waits for a second person", async () => {
  await using node = await synced();
  upstream.offer({ groups: [], members: [], policies: [] });
  const row = await node.pull.now({ kind: "server" });
  expect(row).toMatchObject({ result: "quarantined" });
  expect(row?.pendingId).not.toBeNull();
  expect(lets(await now(node), banker, analyst)).toBe(false);
  expect(await node.pull.now({ kind: "server" })).toMatchObject({ result: "unchanged" });
  const empty = JSON.stringify({ groups: [], members: [], policies: [] });
  upstream.answer((_request, response) => response.writeHead(200).end(empty));
  expect(await node.pull.now({ kind: "server" })).toMatchObject({ pendingId: row?.pendingId, changes: 0 });
  expect(lets(await now(node), banker, analyst)).toBe(false);
});

test("[BAR-9] what was edited here is overridden by the next pull, although nothing changed over there", async () => {
  await using node = await synced();
  const policy = [...node.source.model().policies.values()][0];
  if (policy === undefined) throw new Error("no policy");
  expect(await node.pull.now({ kind: "server" })).toMatchObject({ result: "unchanged" });
  expect(upstream.asked.at(-1)?.headers["if-none-match"]).toBeDefined();
  await node.writer.write([{ type: "policy.put", policy: { ...policy, mask: 3 } }], by(banker));
  upstream.offer(documentOf());
  await node.pull.now({ kind: "server" });
  expect(upstream.asked.at(-1)?.headers["if-none-match"]).toBeUndefined();
  expect(upstream.asked.at(-1)?.headers.authorization).toBe("Bearer s3cret");
});

test("[BAR-15] every sync is on record; the log tells a failure once, and when it is over", async () => {
  await using node = await synced();
  await upstream.down();
  for (const _try of [1, 2, 3]) await node.pull.now({ kind: "server" });
  await upstream.up();
  await node.pull.now({ kind: "server" });
  const results = await base.handle.db.selectFrom("barrier_sync").select("result").orderBy("seq").execute();
  expect(results.map((row) => row.result)).toEqual(["applied", "failed", "failed", "failed", "unchanged"]);
  const told = await base.handle.db
    .selectFrom("organisation_event")
    .select("data")
    .where("type", "=", "barrier.synced")
    .orderBy("seq")
    .execute();
  expect(told.map(({ data }) => /"result":"(\w+)"/u.exec(data)?.[1])).toEqual([
    "applied",
    "failed",
    "unchanged",
  ]);
  expect(await node.health.lastSync()).toMatchObject({ source: "pull", result: "unchanged", by: "" });
});

test("[BAR-10] a member without an account is left out and asked for again, until the account is there", async () => {
  await using node = await synced();
  const members = [...documentOf().members, { email: "late@example.jp", groups: [groupId("research")] }];
  upstream.offer(documentOf({ members }));
  expect(await node.pull.now({ kind: "server" })).toMatchObject({ problem: "people_unknown" });
  const late = await insertPerson(base, { name: "後から", email: "Late@example.jp" });
  expect(await node.pull.now({ kind: "server" })).toMatchObject({ result: "applied", problem: null });
  expect(lets(await now(node), banker, late)).toBe(false);
});

test("[BAR-10] only the files of this feature lie in its folder, and no leftovers", async () => {
  await using node = await synced();
  await now(node);
  await node.source.settled();
  expect(readdirSync(disk.path).toSorted()).toEqual(["last-synced.jsonl", "seen-0000000002.json"]);
});
