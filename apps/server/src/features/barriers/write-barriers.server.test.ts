import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { id, initialRules, maskOf, type BarrierModel } from "@sekisho/domain";
import {
  by,
  groupId,
  insertPerson,
  modelSource,
  policyId,
  write,
} from "../../../../../packages/testkit/src/barriers-world.ts";
import { featureBase, type FeatureBase } from "../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import { defaultRules } from "../accounts/default-rules.ts";
import { verifyAll } from "../evidence/verify.ts";
import type { BarrierWriter } from "./barrier-writer.ts";
import { approvePending, rejectPending } from "./decide-pending.ts";
import { openPending, policiesPending } from "./pending-store.ts";
import { createBarrierWriter } from "./write-barriers.ts";

let postgres: TestPostgres;
let base: FeatureBase;
let writer: BarrierWriter;
let deps: Parameters<typeof createBarrierWriter>[0];
let committed: number[];
let owner: string;
let banker: string;
let analyst: string;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  base = await featureBase(postgres);
  const { db, pool } = base.handle;
  await db
    .insertInto("organisation")
    .values({ name: "みどり野銀行", rules: JSON.stringify(defaultRules) })
    .execute();
  owner = await insertPerson(base, { name: "佐久間 里奈", role: "owner", email: "rina@example.jp" });
  banker = await insertPerson(base, { name: "桐生 真帆" });
  analyst = await insertPerson(base, { name: "外山 恵" });
  committed = [];
  deps = {
    ...{ db, log: base.log, source: modelSource(pool) },
    onCommitted: (version) => committed.push(version),
    onRulesChanged: () => committed.push(0),
  };
  writer = createBarrierWriter(deps);
});
afterEach(() => base[Symbol.asyncDispose]());

async function walls(): Promise<void> {
  await writer.write(
    [
      write.group("bank"),
      write.group("research"),
      write.group("free"),
      write.policy("bank", "research", ["meeting", "screen_share"]),
      write.person(banker, "bank"),
      write.person(analyst, "research"),
      write.on,
    ],
    by(owner),
  );
}

/** As another process sees it. */
async function seen(): Promise<BarrierModel> {
  return modelSource(base.handle.pool).refresh();
}

async function detailsOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => "no error",
    (error: unknown) => {
      const body: unknown = Reflect.get(Object(error), "body");
      return body ?? error;
    },
  );
}

test("[BAR-5] several changes are one version, which every process folds to the same; the log records it", async () => {
  await walls();
  const model = await seen();
  expect(model.version).toBe(1);
  expect(model.rules.on).toBe(true);
  expect([...model.policies.values()]).toMatchObject([{ mask: maskOf(["meeting", "screen_share"]) }]);
  expect(committed).toEqual([1, 0]);
  const verified = await verifyAll({ db: base.handle.db, keys: base.keys });
  expect(verified.ok).toBe(true);
  const entry = await base.handle.db
    .selectFrom("organisation_event")
    .select(["type", "data"])
    .orderBy("seq", "desc")
    .executeTakeFirstOrThrow();
  expect(entry.type).toBe("barrier.changed");
  expect(entry.data).not.toContain("見直し");
  expect(JSON.parse(entry.data)).toMatchObject({ version: 1, origin: "api", counts: { "group.put": 3 } });
});

test("[BAR-15] versions can only be added to, by anybody", async () => {
  await walls();
  await expect(base.handle.pool.query("update barrier_version set reason = 'x'")).rejects.toThrow(
    "permission",
  );
  await expect(base.handle.pool.query("delete from barrier_version")).rejects.toThrow("permission");
});

test("[BAR-5] the same wish again is no version", async () => {
  await walls();
  const again = await writer.write([write.person(banker, "bank"), write.on], by(owner));
  expect(again).toEqual({ version: 1, changes: 0, pendingId: null });
  expect((await seen()).version).toBe(1);
});

test("[BAR-1] what does not fit is refused by name, and nothing of it is written", async () => {
  await walls();
  const attempt = (...changes: Parameters<BarrierWriter["write"]>[0]) =>
    detailsOf(writer.write(changes, by(owner)));
  const invalid = (...details: string[]) => ({ code: "barrier_edit_invalid", details });
  expect(await attempt(write.policy("bank", "nowhere", ["meeting"]))).toEqual(invalid("group_unknown"));
  expect(await attempt(write.policy("research", "bank", ["im"]))).toEqual(invalid("policy_exists"));
  const moved = { name: "", a: groupId("bank"), b: groupId("free"), enabled: true, mask: 1 };
  expect(
    await attempt({ type: "policy.put", policy: { id: policyId("bank", "research"), ...moved } }),
  ).toEqual(invalid("policy_pair_fixed"));
  expect(await attempt({ type: "group.remove", groupId: groupId("bank") })).toEqual(invalid("group_in_use"));
  expect(await attempt(write.person("00000000-0000-4000-8000-000000000000", "free"))).toEqual(
    invalid("person_unknown"),
  );
  const group = { id: groupId("other"), name: " ＢＡＮＫ", domains: [] };
  expect(await attempt({ type: "group.put", group })).toEqual(invalid("name_taken"));
  const exceptions = [{ kind: "domain" as const, value: "example.jp" }];
  expect(await attempt({ type: "rules.put", rules: { ...initialRules, on: true, exceptions } })).toEqual(
    invalid("address_of_own_organisation"),
  );
  expect((await seen()).version).toBe(1);
});

test("[BAR-5] an edit made on an older version is refused", async () => {
  await walls();
  expect(await detailsOf(writer.write([write.group("new")], by(owner, { baseVersion: 0 })))).toEqual({
    code: "barriers_changed",
  });
});

test("[BAR-9] groups by hand only where the organisation has allowed it; an interface may always", async () => {
  await walls();
  const portal = by(owner, { origin: "portal" });
  expect(await detailsOf(writer.write([write.group("new")], portal))).toEqual({ code: "manual_edits_off" });
  expect(await detailsOf(writer.write([write.person(banker, "free")], portal))).toEqual({
    code: "manual_edits_off",
  });
  await writer.write([write.group("synced")], by(owner));
  await writer.write([{ type: "rules.put", rules: { ...write.on.rules, manualGroupEdits: true } }], portal);
  expect((await writer.write([write.group("new")], portal)).changes).toBe(1);
});

test("[BAR-6] with one editor a loosening acts at once; with two it waits, and the restriction of it acts", async () => {
  await walls();
  const open = await writer.write([write.policy("bank", "research", ["meeting"])], by(owner));
  expect(open).toEqual({ version: 2, changes: 1, pendingId: null });
  const second = await insertPerson(base, { name: "三枝 小百合", duties: ["compliance"] });
  const swapped = await writer.write([write.policy("bank", "research", ["screen_share"])], by(second));
  expect(swapped.version).toBe(3);
  const flags = async () => (await seen()).policies.get(policyId("bank", "research"))?.mask;
  expect(await flags()).toBe(maskOf(["meeting", "screen_share"]));
  const pendingId = swapped.pendingId ?? "";
  expect(await policiesPending(base.handle.db)).toEqual(new Set([policyId("bank", "research")]));
  const decide = (who: string) => ({
    ...{ pendingId, reason: "確認しました" },
    by: { kind: "account" as const, id: who },
  });
  expect(await detailsOf(approvePending(deps, decide(second)))).toEqual({ code: "own_request" });
  expect(await approvePending(deps, decide(owner))).toBe(4);
  expect(await flags()).toBe(maskOf(["screen_share"]));
  expect(await detailsOf(approvePending(deps, decide(owner)))).toEqual({ code: "not_found" });
  const row = await base.handle.db
    .selectFrom("barrier_version")
    .select(["source", "actor", "approver"])
    .where("version", "=", 4)
    .executeTakeFirstOrThrow();
  expect(row).toEqual({
    source: "approval",
    actor: { kind: "account", id: second },
    approver: { kind: "account", id: owner },
  });
});

test("[BAR-6] turned down, the restriction stays and the loosening is gone", async () => {
  await walls();
  await insertPerson(base, { name: "三枝 小百合", duties: ["compliance"] });
  const moved = await writer.write([write.person(banker, "free")], by(owner));
  const person = async () => (await seen()).people.get(id.account(banker));
  expect(await person()).toEqual({
    groups: [groupId("free")],
    primary: groupId("free"),
    held: [groupId("bank")],
  });
  await rejectPending(deps, {
    pendingId: moved.pendingId ?? "",
    by: { kind: "account", id: owner },
    reason: "まだ担当中",
  });
  expect(await openPending(base.handle.db)).toEqual([]);
  expect((await person())?.held).toEqual([groupId("bank")]);
});

test("[BAR-6] an approval leaves out what somebody has changed since; with nothing left it says so and is closed", async () => {
  await walls();
  const second = await insertPerson(base, { name: "三枝 小百合", duties: ["compliance"] });
  const off = await writer.write([write.policy("bank", "research", ["meeting"])], by(second));
  await writer.write([write.policy("bank", "research", ["meeting", "screen_share", "im"])], by(second));
  const decision = {
    pendingId: off.pendingId ?? "",
    by: { kind: "account" as const, id: owner },
    reason: "可",
  };
  expect(await detailsOf(approvePending(deps, decision))).toEqual({ code: "barriers_changed" });
  expect(await openPending(base.handle.db)).toEqual([]);
  expect((await seen()).policies.get(policyId("bank", "research"))?.mask).toBe(
    maskOf(["meeting", "screen_share", "im"]),
  );
});

test("[BAR-6] an empty sync opens no wall, ends nobody's group, and waits even where one person looks after all", async () => {
  await walls();
  const target = { groups: new Map(), policies: new Map(), people: new Map() };
  const pull = by(owner, { origin: "pull", actor: { kind: "server" } });
  const done = await writer.replace(target, pull);
  const model = await seen();
  expect(model.policies.size).toBe(1);
  expect(model.people.size).toBe(2);
  const [pending] = await openPending(base.handle.db);
  expect(pending?.id).toBe(done.pendingId);
  expect(pending?.why).toEqual(["many_ungrouped", "policy_removed", "group_removed"]);
  const again = await writer.replace(target, pull);
  expect(again).toEqual({ version: done.version, changes: 0, pendingId: done.pendingId });
  const back = await writer.replace(
    { groups: model.groups, policies: model.policies, people: model.people },
    pull,
  );
  expect(back.pendingId).toBeNull();
  expect(await openPending(base.handle.db)).toEqual([]);
});

test("[BAR-6] the only editor may let a dangerous sync through after seeing it", async () => {
  await walls();
  const { people, groups } = await seen();
  const push = by(owner, { origin: "push" });
  const { pendingId } = await writer.replace({ people, groups, policies: new Map() }, push);
  const decision = {
    pendingId: pendingId ?? "",
    by: { kind: "account" as const, id: owner },
    reason: "移行",
  };
  await approvePending(deps, decision);
  expect((await seen()).policies.size).toBe(0);
});

test("[BAR-5] two processes that write at once: each version is made on the one before, none is lost", async () => {
  await walls();
  const other = createBarrierWriter({ ...deps, source: modelSource(base.handle.pool) });
  const writes = Array.from({ length: 10 }, (_, index) =>
    (index % 2 === 0 ? writer : other).write([write.group(`g${index}`)], by(owner)),
  );
  const versions = (await Promise.all(writes)).map((done) => done.version).toSorted((a, b) => a - b);
  expect(versions).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect((await seen()).groups.size).toBe(13);
  const onOne = await Promise.allSettled([
    writer.write([write.group("x")], by(owner, { baseVersion: 11 })),
    other.write([write.group("y")], by(owner, { baseVersion: 11 })),
  ]);
  expect(onOne.filter((one) => one.status === "fulfilled").length).toBe(1);
});
