/** The policy server and the meetings in progress, over two server processes of the whole product (BAR-10, BAR-11). */
import type { BarrierStatus, BarrierSyncRow, BarrierUpstream, StreamMessage } from "@sekisho/contract";
import { emptyBarriers, type BarrierChange, type BarrierRules } from "@sekisho/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { barriersOn, group, layDown, policy } from "../../../../../packages/testkit/src/barrier-versions.ts";
import { colleague, type Colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import {
  startProduct,
  type Client,
  type Product,
  type ProductProcess,
} from "../../../../../packages/testkit/src/index.ts";
import { admit, ask, follow, schedule, until } from "../../../../../packages/testkit/src/meetings.ts";
import { openDatabase, type DatabaseHandle } from "../../platform/db/database.ts";
import { startUpstream, type TestUpstream } from "./testing/upstream-server.ts";

let product: Product;
let second: ProductProcess;
let upstream: TestUpstream;
/** The database itself, as its owner. */
let behind: DatabaseHandle;
let host: Client;
let hostId: string;
let banker: Colleague;
let analyst: Colleague;
/** Of the host's group: behind no wall. */
let waiting: Colleague;
let newcomer: Colleague;

beforeAll(async () => {
  product = await startProduct({ page: false });
  upstream = await startUpstream();
  behind = openDatabase(product.database.adminConnectionString, () => undefined, 1);
  host = await product.setUp();
  hostId = (await host.ok<{ id: string }>("GET", "/api/me")).id;
  second = await product.startProcess();
  banker = await colleague(product, host);
  analyst = await colleague(product, host);
  waiting = await colleague(product, host);
  newcomer = await colleague(product, host);
}, 300_000);
afterAll(async () => {
  await behind?.close();
  await upstream?.[Symbol.asyncDispose]();
  await product?.[Symbol.asyncDispose]();
});

async function sql<Row extends object>(
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  return (await behind.pool.query<Row>(text, [...values])).rows;
}

const status = () => host.ok<BarrierStatus>("GET", "/api/barriers");

async function eventually(what: () => Promise<boolean>, withinMs = 10_000): Promise<number> {
  const began = performance.now();
  while (!(await what())) {
    if (performance.now() - began > withinMs) throw new Error(`it did not happen within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return performance.now() - began;
}

const groupOf = (name: string) => `group-${name}`.padEnd(20, "-");
const accountOf = (one: Colleague) => one.me.id;

function documentOf(settings: object) {
  const [bank, research] = [groupOf("bank"), groupOf("research")];
  return {
    groups: [
      { id: bank, name: "投資銀行部" },
      { id: research, name: "調査部" },
      { id: groupOf("rest"), name: "営業部" },
    ],
    members: [
      ...[hostId, accountOf(waiting), accountOf(newcomer)].map((account_id) => ({
        account_id,
        groups: [groupOf("rest")],
      })),
      { account_id: accountOf(banker), groups: [bank] },
      { account_id: accountOf(analyst), groups: [research] },
    ],
    policies: [{ assigned_group_id: bank, to_group_id: research, settings }],
  };
}

const setTo = (url: string, change: object = {}) =>
  host.send("PUT", "/api/barriers/upstream", {
    ...{ url, intervalMinutes: 60, enabled: true, token: "s3cret token" },
    ...change,
  });

function rules(change: Partial<BarrierRules>): BarrierChange {
  return { type: "rules.put", rules: { ...emptyBarriers.rules, on: true, ...change } };
}

test("[BAR-10] the policy server is named in the portal, asked at once, and its token never leaves again", async () => {
  for (const url of ["http://169.254.169.254/latest", "http://[fe80::1]/x", "http://a:b@127.0.0.1/"])
    expect(await setTo(url)).toMatchObject({ status: 422, body: { code: "upstream_not_allowed" } });
  for (const url of ["file:///etc/passwd", "ftp://example.jp/", "policies"])
    expect((await setTo(url)).status).toBe(400);
  expect((await banker.client.send("GET", "/api/barriers/upstream")).status).toBe(403);
  expect((await host.send("POST", "/api/barriers/upstream/pull")).status).toBe(404);
  await layDown(product, [barriersOn]);
  upstream.offer(documentOf({ screen_share: true }));
  const { body } = await setTo(upstream.url);
  expect(body).toMatchObject({ upstream: { hasToken: true, lastProblem: null, intervalMinutes: 60 } });
  expect(upstream.asked.at(-1)?.headers.authorization).toBe("Bearer s3cret token");
  const { upstream: shown } = await host.ok<{ upstream: BarrierUpstream }>("GET", "/api/barriers/upstream");
  expect(JSON.stringify(shown)).not.toContain("s3cret");
  expect(shown.lastContactAt).toBeGreaterThan(Date.now() - 60_000);
  const pulled = await host.ok<BarrierSyncRow>("POST", "/api/barriers/upstream/pull");
  expect(pulled).toMatchObject({ source: "pull", result: "unchanged", by: "佐久間 里奈" });
  const { syncs, next } = await host.ok<{ syncs: BarrierSyncRow[]; next: string | null }>(
    "GET",
    "/api/barriers/syncs?limit=1",
  );
  expect(syncs).toEqual([pulled]);
  const older = await host.ok<{ syncs: BarrierSyncRow[] }>("GET", `/api/barriers/syncs?cursor=${next}`);
  expect(older.syncs[0]?.id).not.toBe(pulled.id);
  expect((await host.send("GET", "/api/barriers/syncs?cursor=%27--")).status).toBe(200);
});

test("[BAR-11] a pulled version is swept for at every process before it is said to be applied", async () => {
  upstream.offer(documentOf({ screen_share: true, meeting: true }));
  const { version, result } = await host.ok<BarrierSyncRow>("POST", "/api/barriers/upstream/pull");
  expect(result).toBe("applied");
  await eventually(async () => (await status()).applied);
  const now = await status();
  expect(now).toMatchObject({
    version,
    applied: true,
    freshness: "fresh",
    ageMinutes: 0,
    syncedGroups: true,
  });
  expect(now.nodes.map((node) => node.version)).toEqual([version, version]);
  await second.stop();
  await eventually(async () => (await status()).nodes.length === 1);
  second = await product.startProcess();
  await eventually(async () => (await status()).nodes.length === 2);
});

type Insiders = { meeting: Awaited<ReturnType<typeof schedule>>; inside: Awaited<ReturnType<typeof follow>> };

async function meetingWith(person: Colleague): Promise<Insiders> {
  const meeting = await schedule(host);
  const hosting = await follow(host, meeting);
  const inside = await follow(person.client, meeting);
  await admit(host, meeting, { id: inside.admissionId });
  await until(inside, "admitted");
  await hosting.stream.close();
  return { meeting, inside };
}

/** What each process has on record of how fresh its copy was. */
async function freshnessOnRecord(): Promise<Map<string, string[]>> {
  const rows = await sql<{ data: string }>(
    "select data from organisation_event where type = 'barrier.freshnessChanged' order by seq",
  );
  const told = new Map<string, string[]>();
  for (const { data } of rows) {
    const { node, freshness } = z.object({ node: z.string(), freshness: z.string() }).parse(JSON.parse(data));
    told.set(node, [...(told.get(node) ?? []), freshness]);
  }
  return told;
}

/** As if the source had answered well for the last time so many minutes ago. */
const silentFor = (minutes: number) =>
  sql(
    "update barrier_upstream set contacts = contacts + 1, last_contact_at = $1, next_at = now() + interval '1 h'",
    [Date.now() - minutes * 60_000],
  );

test("[BAR-10] source down: the copy decides, then nobody new comes in, then meetings end; back again: as before", async () => {
  await layDown(product, [rules({ staleLimits: { denyNewAfter: 120, closeAfter: 240 } })]);
  const { meeting, inside } = await meetingWith(banker);
  await upstream.down();
  /** At both processes. */
  const freshness = async (wanted: BarrierStatus["freshness"]) =>
    eventually(async () => {
      const told = [...(await freshnessOnRecord()).values()];
      return told.length === 2 && told.every((one) => one.at(-1) === wanted);
    });
  expect(await host.ok<BarrierSyncRow>("POST", "/api/barriers/upstream/pull")).toMatchObject({
    ...{ result: "failed", problem: "unreachable" },
  });
  expect((await status()).freshness).toBe("fresh");

  await silentFor(90);
  await freshness("stale");
  expect((await status()).ageMinutes).toBe(90);
  expect((await ask(analyst.client, meeting)).body).toMatchObject({ code: "entry_refused" });
  const asked = await follow(waiting.client, meeting);

  await silentFor(130);
  await freshness("expired");
  for (const somebody of [analyst, newcomer])
    expect((await ask(somebody.client, meeting)).body).toMatchObject({ code: "entry_refused" });
  const hosting = await follow(host, meeting).catch(() => null);
  expect(hosting).toBeNull();
  await admit(host, meeting, { id: asked.admissionId });
  expect(asked.stream.messages.filter((message) => /"admitted"/u.test(JSON.stringify(message)))).toEqual([]);
  expect(inside.stream.ended).toBe(false);

  await silentFor(250);
  await inside.stream.untilAny(
    (message: StreamMessage) => message.type === "admission" && message.admission.state !== "admitted",
  );
  await Promise.all([inside, asked].map((one) => one.stream.close()));

  await upstream.up();
  expect(await host.ok<BarrierSyncRow>("POST", "/api/barriers/upstream/pull")).toMatchObject({
    ...{ problem: null },
  });
  await freshness("fresh");
  const told = await freshnessOnRecord();
  for (const one of told.values()) expect(one).toEqual(["stale", "expired", "fresh"]);
  const again = await meetingWith(banker);
  expect((await ask(analyst.client, again.meeting)).body).toMatchObject({ code: "entry_refused" });
  await again.inside.stream.close();
}, 120_000);

test("[BAR-5] [BAR-10] a version whose notice is lost reaches a meeting in progress all the same, soon", async () => {
  await setTo(upstream.url, { enabled: false });
  await layDown(product, [
    rules({}),
    ...group("one", accountOf(banker)),
    ...group("two", accountOf(analyst)),
  ]);
  const { meeting, inside } = await meetingWith(banker);
  const other = await follow(analyst.client, meeting);
  await admit(host, meeting, { id: other.admissionId });
  await until(other, "admitted");
  await sql(
    `with next as (update barrier_head set version = version + 1 returning version)
     insert into barrier_version (version, source, actor, reason, changes, lines, line_count, digest)
     select version, 'portal', '{"kind":"server"}', 'test', $1, '[]', 1, '\\x00' from next`,
    [JSON.stringify([policy("one", "two", ["meeting"])])],
  );
  const began = performance.now();
  await until(other, "removed");
  expect(performance.now() - began).toBeLessThan(3000);
  await Promise.all([inside, other].map((one) => one.stream.close()));
});
