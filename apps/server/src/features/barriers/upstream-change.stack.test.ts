/** One person, and a policy server of that person's own (BAR-6, BAR-10). */
import { emptyBarriers, type BarrierChange } from "@sekisho/domain";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { group, layDown, policy } from "../../../../../packages/testkit/src/barrier-versions.ts";
import { colleague, type Colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import { startProduct, type Client, type Product } from "../../../../../packages/testkit/src/index.ts";
import { ask, schedule } from "../../../../../packages/testkit/src/meetings.ts";
import { openDatabase, type DatabaseHandle } from "../../platform/db/database.ts";
import { startUpstream, type TestUpstream } from "./testing/upstream-server.ts";

let product: Product;
let upstream: TestUpstream;
let behind: DatabaseHandle;
let host: Client;
let hostId: string;
let banker: Colleague;
let second: Colleague;

beforeAll(async () => {
  product = await startProduct({ page: false });
  upstream = await startUpstream();
  behind = openDatabase(product.database.adminConnectionString, () => undefined, 1);
  host = await product.setUp();
  hostId = (await host.ok<{ id: string }>("GET", "/api/me")).id;
  banker = await colleague(product, host);
  second = await colleague(product, host);
}, 300_000);
afterAll(async () => {
  await behind?.close();
  await upstream?.[Symbol.asyncDispose]();
  await product?.[Symbol.asyncDispose]();
});

const [rest, bank, research] = [
  "group-rest-----------",
  "group-bank-----------",
  "group-research-------",
] as const;
const rules: BarrierChange = {
  type: "rules.put",
  rules: { ...emptyBarriers.rules, on: true, staleLimits: { denyNewAfter: 120, closeAfter: null } },
};
const wall = policy(bank, research, ["meeting"]);

/** What a server says that takes the wall away. */
const opening = {
  groups: [rest, bank, research].map((id) => ({ id, name: id })),
  members: [
    { account_id: "", groups: [rest] },
    { account_id: "", groups: [bank] },
  ],
  policies: [{ assigned_group_id: bank, to_group_id: research, status: 0, settings: { meeting: true } }],
};

beforeEach(async () => {
  await host.ok("PATCH", `/api/accounts/${second.me.id}`, { duties: ["compliance"] });
  await behind.pool.query("delete from barrier_upstream");
  await behind.pool.query("delete from barrier_upstream_wish");
  const members = [...group(rest, hostId, second.me.id), ...group(bank, banker.me.id), ...group(research)];
  await layDown(product, [rules, ...members, wall]);
  const [own, other] = opening.members;
  upstream.offer({
    ...opening,
    members: [
      { ...own, account_id: hostId },
      { ...own, account_id: second.me.id },
      { ...other, account_id: banker.me.id },
    ],
  });
});

const setTo = (who: Client, change: object = {}) =>
  who.send("PUT", "/api/barriers/upstream", {
    ...{ url: upstream.url, intervalMinutes: 60, enabled: true },
    ...change,
  });
const codeOf = (answer: { readonly body: unknown }): unknown => {
  const code: unknown = Reflect.get(Object(answer.body), "code");
  return code;
};
type Waiting = { readonly pending: readonly { readonly id: string; readonly mine: boolean }[] };
const pendingOf = async (who: Client) => (await who.ok<Waiting>("GET", "/api/barriers/pending")).pending;

test("[BAR-6] a policy server needs two to be named, and whoever named it approves nothing that it asks for", async () => {
  const own = { token: "a token of one's own" };
  for (const change of [{}, own, own]) {
    const answer = await setTo(second.client, change);
    expect([answer.status, codeOf(answer)]).toEqual([409, "second_person_needed"]);
  }
  expect(upstream.asked).toEqual([]);
  expect((await setTo(host)).status).toBe(200);
  expect(upstream.asked.at(-1)?.headers.authorization).toBe(`Bearer ${own.token}`);
  const [waiting] = await pendingOf(second.client);
  expect([waiting?.mine, (await pendingOf(host))[0]?.mine]).toEqual([true, false]);
  const approve = (who: Client) =>
    who.send("POST", `/api/barriers/pending/${waiting?.id}/approve`, { reason: "確認しました" });
  expect(codeOf(await approve(second.client))).toBe("own_request");
  expect((await approve(host)).status).toBe(200);
});

test("[BAR-6] who confirms another's policy server confirms that one, and had the duty already", async () => {
  await setTo(second.client);
  expect((await setTo(host, { intervalMinutes: 61 })).status).toBe(409);
  expect((await setTo(second.client, { url: `${upstream.url}/other`, intervalMinutes: 61 })).status).toBe(
    409,
  );
  await setTo(second.client);
  await host.ok("PATCH", `/api/accounts/${banker.me.id}`, { duties: ["compliance"] });
  expect((await setTo(banker.client)).status).toBe(409);
  await host.ok("PATCH", `/api/accounts/${banker.me.id}`, { duties: [] });
  await behind.pool.query("delete from barrier_upstream_wish");
  await setTo(second.client);
  await behind.pool.query("update barrier_upstream_wish set at = at - interval '25 hours'");
  expect((await setTo(host)).status).toBe(409);
});

/** The source has answered for the last time so long ago that nobody new comes in. */
async function silent(): Promise<() => Promise<number>> {
  await setTo(second.client);
  await setTo(host);
  await behind.pool.query(
    "update barrier_upstream set contacts = contacts + 1, last_contact_at = $1, next_at = now() + interval '1 h'",
    [Date.now() - 130 * 60_000],
  );
  const meeting = await schedule(host);
  const asks = async () => (await ask(banker.client, meeting)).status;
  await expect.poll(asks).toBe(403);
  return asks;
}

test("[BAR-10] one person does not end the refusal of new people: not by turning the source off, nor by waiting longer for it", async () => {
  const asks = await silent();
  for (const change of [{ enabled: false }, { intervalMinutes: 1440 }, { url: `${upstream.url}?other` }])
    expect(codeOf(await setTo(second.client, change))).toBe("second_person_needed");
  expect(await asks()).toBe(403);
  await setTo(second.client, { enabled: false });
  expect((await setTo(host, { enabled: false })).status).toBe(200);
  await expect.poll(asks).toBe(200);
});

test("[BAR-10] asking the silent source again is always possible", async () => {
  const asks = await silent();
  expect((await second.client.send("POST", "/api/barriers/upstream/pull")).status).toBe(200);
  await expect.poll(asks).toBe(200);
});

test("[BAR-10] whoever is alone with the barriers confirms that new people come in again; it is recorded", async () => {
  const asks = await silent();
  await host.ok("PATCH", `/api/accounts/${second.me.id}`, { duties: [] });
  expect(codeOf(await setTo(host, { enabled: false }))).toBe("second_person_needed");
  await behind.pool.query("update barrier_head set fewer_editors_at = now() - interval '8 days'");
  expect(codeOf(await setTo(host, { enabled: false }))).toBe("confirm_not_fresh");
  expect(await asks()).toBe(403);
  expect((await setTo(host, { enabled: false, confirmed: true })).status).toBe(200);
  await expect.poll(asks).toBe(200);
  const { rows } = await behind.pool.query<{ data: string }>(
    "select data from organisation_event where type = 'barrier.upstreamChanged' order by seq desc limit 1",
  );
  expect(JSON.parse(rows[0]?.data ?? "")).toMatchObject({ enabled: false, confirmed: true });
});
