import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type {
  OrganisationRulesView,
  OrganisationSettingRow,
  OwnSettings,
  SettingRowView,
} from "@sekisho/contract";
import { by, write } from "../../../../../packages/testkit/src/barriers-world.ts";
import type { TestBrowserClient } from "../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import {
  schedulingWorld,
  text,
  type SchedulingWorld,
} from "../../../../../packages/testkit/src/scheduling-world.ts";
import { defaultRules } from "../accounts/default-rules.ts";
import { verifyAll } from "../evidence/verify.ts";

let postgres: TestPostgres;
let world: SchedulingWorld;
let owner: TestBrowserClient;
let member: TestBrowserClient;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  world = await schedulingWorld(postgres);
  owner = world.host;
  member = world.colleague;
});
afterEach(() => world[Symbol.asyncDispose]());

async function page(who: TestBrowserClient): Promise<OwnSettings> {
  const answer = await who.send("GET", "/api/me/settings");
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  const parsed: OwnSettings = JSON.parse(answer.text);
  return parsed;
}
async function row(who: TestBrowserClient, id: SettingRowView["id"]): Promise<SettingRowView> {
  return (await page(who)).rows.find((one) => one.id === id) ?? expect.fail(id);
}
async function changedRows(who: TestBrowserClient) {
  return (await page(who)).rows.filter(({ changed }) => changed !== null);
}
async function confirm(who: TestBrowserClient) {
  return who.send("POST", "/api/me/settings/seen", { stamp: (await page(who)).stamp });
}
function choose(who: TestBrowserClient, set: object, clear: readonly string[] = []) {
  return who.send("PATCH", "/api/me/settings", { set, clear });
}
function rule(change: Partial<OrganisationRulesView>) {
  const rules = { ...defaultRules, ...change };
  return owner.send("PUT", "/api/organisation", { name: "みどり野銀行", address: "", rules });
}

test("[AUD-3] the first look shows no change; what the organisation does after it is told once, until confirmed", async () => {
  expect(await changedRows(member)).toEqual([]);
  await rule({ locks: { waitingRoom: true, muteOnEntry: true } });
  const changes = await changedRows(member);
  expect(changes.map(({ id, source, changed }) => [id, source, changed?.by, changed?.source])).toEqual([
    ["muteOnEntry", "locked", "organisation", "default"],
    ["waitingRoom", "locked", "organisation", "default"],
  ]);
  expect(changes[0]?.changed?.at).toBeGreaterThan(Date.now() - 60_000);
  expect((await confirm(member)).status).toBe(200);
  expect([await changedRows(member), (await page(member)).seenAt === null]).toEqual([[], false]);
});

test("[AUD-3] what came between look and confirmation is not passed over", async () => {
  const { stamp } = await page(member);
  await rule({ locks: { chat: "hosts" } });
  const answer = await member.send("POST", "/api/me/settings/seen", { stamp });
  expect([answer.status, text(answer, "code")]).toEqual([409, "settings_changed"]);
  expect((await changedRows(member)).map(({ id }) => id)).toEqual(["chat"]);
});

test("[AUD-3] an own choice is in force at once, is named as mine, and can be taken back", async () => {
  await page(member);
  expect((await choose(member, { muteOnEntry: false, durationMinutes: 30 })).status).toBe(200);
  const { rows, defaults } = await page(member);
  expect(defaults).toMatchObject({ muteOnEntry: false, durationMinutes: 30 });
  expect(rows.find(({ id }) => id === "muteOnEntry")).toMatchObject({
    value: false,
    source: "mine",
    changed: { by: "mine", value: true, source: "default" },
  });
  // Nobody else's.
  expect(await row(world.stranger, "muteOnEntry")).toMatchObject({ value: true, source: "default" });
  await choose(member, {}, ["muteOnEntry"]);
  expect(await row(member, "muteOnEntry")).toMatchObject({ value: true, source: "default", changed: null });
  expect(await row(member, "durationMinutes")).toMatchObject({ value: 30, source: "mine" });
});

test("[AUD-3] [MTG-7] what the organisation has locked cannot be chosen; a choice from before gives way", async () => {
  await choose(member, { muteOnEntry: false });
  await rule({ locks: { muteOnEntry: true } });
  expect(await row(member, "muteOnEntry")).toMatchObject({ value: true, source: "locked" });
  expect((await page(member)).defaults.muteOnEntry).toBe(true);
  const refused = await choose(member, { muteOnEntry: false });
  expect([refused.status, text(refused, "code")]).toEqual([409, "fixed_by_policy"]);
  expect((await choose(member, { muteOnEntry: true }, ["muteOnEntry"])).status).toBe(400);
  expect((await choose(member, { waitingRoom: false })).status).toBe(400);
});

test("[AUD-3] [BAR-8] barriers that are switched on show as what holds a setting, with the time", async () => {
  await page(member);
  const ownerId = text(await owner.send("GET", "/api/me"), "id");
  await world.barriers.writer.write([write.on], by(ownerId));
  const changes = await changedRows(member);
  expect(changes.map(({ id, source, changed }) => [id, source, changed?.by])).toEqual([
    ["visibility", "barriers", "barriers"],
    ["joinBeforeHost", "barriers", "barriers"],
    ["whoMayJoin", "barriers", "barriers"],
  ]);
  expect(changes.every(({ changed }) => (changed?.at ?? 0) > Date.now() - 60_000)).toBe(true);
});

test("[AUD-3] many changes of one account at one instant all count, and each stands in the log", async () => {
  await Promise.all([10, 20, 30, 40, 50].map((durationMinutes) => choose(member, { durationMinutes })));
  const rows = await world.base.handle.db
    .selectFrom("organisation_event")
    .select("data")
    .where("type", "=", "account.settingsChanged")
    .execute();
  expect(rows).toHaveLength(5);
  const { problems } = await verifyAll({ db: world.base.handle.db, keys: world.base.keys });
  expect(problems).toEqual([]);
});

async function organisationRow(
  who: TestBrowserClient,
  kind: OrganisationSettingRow["kind"],
  id: OrganisationSettingRow["id"],
): Promise<OrganisationSettingRow> {
  const { rows }: { rows: OrganisationSettingRow[] } = JSON.parse(
    (await who.send("GET", "/api/organisation/settings")).text,
  );
  return rows.find((one) => one.kind === kind && one.id === id) ?? expect.fail(id);
}

test("[AUD-3] administrators see what is set and locked, since when and by whom; members do not", async () => {
  expect(await organisationRow(owner, "lock", "waitingRoom")).toMatchObject({
    value: null,
    by: null,
    standard: true,
  });
  const before = Date.now();
  await rule({ locks: { waitingRoom: true } });
  await rule({ locks: { waitingRoom: true, chat: "hosts" } });
  const locked = await organisationRow(owner, "lock", "waitingRoom");
  expect(locked).toMatchObject({ value: true, standard: false, by: "佐久間 里奈" });
  expect(locked.since).toBeGreaterThanOrEqual(before);
  expect((await organisationRow(owner, "lock", "chat")).since).toBeGreaterThanOrEqual(locked.since);
  expect(await organisationRow(owner, "default", "muteOnEntry")).toMatchObject({ by: null, standard: true });
  expect((await member.send("GET", "/api/organisation/settings")).status).toBe(403);
});
