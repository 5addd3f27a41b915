/** Ways around the second person: another hat, another's hand, and making the other one go (BAR-6). */
import { maskOf } from "@sekisho/domain";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { apiWorld, type ApiWorld } from "../../../../../packages/testkit/src/api-world.ts";
import {
  by,
  insertPerson,
  modelSource,
  policyId,
  write,
  type BarrierParts,
} from "../../../../../packages/testkit/src/barriers-world.ts";
import type { TestBrowserClient } from "../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import {
  schedulingWorld,
  text,
  type SchedulingWorld,
} from "../../../../../packages/testkit/src/scheduling-world.ts";
import { approvePending } from "./decide-pending.ts";
import { openPending } from "./pending-store.ts";

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const wall = policyId("bank", "research");
const walls = [
  ...[write.group("bank"), write.group("research")],
  ...[write.policy("bank", "research", ["meeting"]), write.on],
];
const open = [write.policy("bank", "research", [])];

async function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => {
      const code: unknown = Reflect.get(Object(Reflect.get(Object(error), "body")), "code");
      return code;
    },
  );
}

let api: ApiWorld;
let world: SchedulingWorld;
let owner: TestBrowserClient;
let ownerId: string;
let barriers: BarrierParts;
beforeEach(async () => {
  api = await apiWorld(postgres);
  world = await schedulingWorld(postgres);
  ({ host: owner, barriers } = world);
  ownerId = text(await owner.send("GET", "/api/me"), "id");
});
afterEach(async () => {
  await api[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

async function stands(parts: Pick<ApiWorld | SchedulingWorld, "base">): Promise<boolean> {
  const { policies } = await modelSource(parts.base.handle.pool).refresh();
  return policies.get(wall)?.enabled === true && policies.get(wall)?.mask === maskOf(["meeting"]);
}

test("[BAR-6] what an owner's own API client asks for, the owner does not approve", async () => {
  const second = await insertPerson(api.base, { name: "三枝 小百合", duties: ["compliance"] });
  await api.writer.write(walls, by(api.owner));
  await api.call("PATCH", `/v2/information_barriers/policies/${wall}`, { body: { status: 0 } });
  const [pending] = await openPending(api.base.handle.db);
  const deps = {
    ...{ db: api.base.handle.db, log: api.base.log, source: modelSource(api.base.handle.pool) },
    ...{ onCommitted: () => undefined, onRulesChanged: () => undefined },
  };
  const decide = (who: string) =>
    approvePending(deps, {
      ...{ pendingId: pending?.id ?? "", reason: "確認しました" },
      by: { kind: "account", id: who },
    });
  expect(await refusal(decide(api.owner))).toBe("own_request");
  expect(await stands(api)).toBe(true);
  await decide(second);
  expect(await stands(api)).toBe(false);
});

test("[BAR-6] an API client makes nobody go, or come back, who looks after the barriers", async () => {
  const second = await insertPerson(api.base, { name: "三枝 小百合", duties: ["compliance"] });
  await api.writer.write(walls, by(api.owner));
  for (const action of ["deactivate", "activate"])
    expect((await api.call("PUT", `/v2/users/${second}/status`, { body: { action } })).status).toBe(400);
  await api.call("PATCH", `/v2/information_barriers/policies/${wall}`, { body: { status: 0 } });
  expect(await stands(api)).toBe(true);
});

const setTo = (who: TestBrowserClient, accountId: string, change: object) =>
  who.send("PATCH", `/api/accounts/${accountId}`, change);

async function approve(who: TestBrowserClient): Promise<number> {
  const [pending] = await openPending(world.base.handle.db);
  const path = `/api/barriers/pending/${pending?.id}/approve`;
  return (await who.send("POST", path, { reason: "自分で" })).status;
}

test("[BAR-6] making the other one go leaves nobody alone with the walls: not with what waits, and for a week with nothing", async () => {
  const { db } = world.base.handle;
  await setTo(owner, world.colleagueId, { duties: ["compliance"] });
  await barriers.writer.write(walls, by(ownerId));
  await barriers.writer.write(open, by(ownerId));
  expect(await approve(owner)).toBe(403);
  await setTo(owner, world.colleagueId, { duties: [] });
  expect(await approve(owner)).toBe(403);
  await db.updateTable("barrier_pending").set({ state: "rejected" }).execute();
  expect((await barriers.writer.write(open, by(ownerId))).pendingId).not.toBeNull();
  expect(await stands(world)).toBe(true);
  await db.updateTable("barrier_pending").set({ state: "rejected" }).execute();
  const daysAgo = (days: number) =>
    db
      .updateTable("barrier_head")
      .set({ fewer_editors_at: new Date(Date.now() - days * 86_400_000) })
      .execute();
  await daysAgo(6.9);
  expect((await barriers.writer.write(open, by(ownerId))).pendingId).not.toBeNull();
  await daysAgo(7.1);
  expect(await approve(owner)).toBe(403);
  expect((await barriers.writer.write(open, by(ownerId))).pendingId).toBeNull();
  expect(await stands(world)).toBe(false);
});

test("[BAR-6] whoever was given the duty after it was asked does not approve", async () => {
  await setTo(owner, world.colleagueId, { duties: ["compliance"] });
  await barriers.writer.write(walls, by(ownerId));
  await barriers.writer.write(open, by(ownerId));
  const strangerId = text(await world.stranger.send("GET", "/api/me"), "id");
  await setTo(owner, strangerId, { duties: ["compliance"] });
  expect(await approve(world.stranger)).toBe(403);
  expect(await approve(world.colleague)).toBe(200);
});

test("[BAR-6] an admin makes nobody go, or come back, who looks after the barriers", async () => {
  const strangerId = text(await world.stranger.send("GET", "/api/me"), "id");
  await setTo(owner, strangerId, { duties: ["compliance"] });
  await setTo(owner, world.colleagueId, { role: "admin" });
  const admin = world.newBrowser();
  await admin.send("POST", "/api/sign-in", { email: "maho@example.jp", password: "correct horse 電池" });
  for (const disabled of [true, false])
    expect((await setTo(admin, strangerId, { disabled })).status).toBe(403);
  expect((await setTo(owner, strangerId, { disabled: true })).status).toBe(200);
  expect((await setTo(admin, strangerId, { disabled: false })).status).toBe(403);
});
