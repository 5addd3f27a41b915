/** Syncs that look broken, sent again and again (BAR-6). */
import { id, maskOf, type BarrierModel } from "@sekisho/domain";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
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
import type { BarrierTarget, BarrierWriter } from "./barrier-writer.ts";
import { approvePending, rejectPending } from "./decide-pending.ts";
import { openPending } from "./pending-store.ts";
import { createBarrierWriter } from "./write-barriers.ts";

let postgres: TestPostgres;
let base: FeatureBase;
let deps: Parameters<typeof createBarrierWriter>[0];
let writer: BarrierWriter;
let owner: string;
let bankers: readonly string[];

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
  owner = await insertPerson(base, { name: "佐久間 里奈", role: "owner" });
  bankers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => insertPerson(base, { name: `行員 ${at}` })),
  );
  const analyst = await insertPerson(base, { name: "外山 恵" });
  deps = {
    ...{ db, log: base.log, source: modelSource(pool) },
    onCommitted: () => undefined,
    onRulesChanged: () => undefined,
  };
  writer = createBarrierWriter(deps);
  await writer.write(
    [
      ...[write.group("bank", ["bank.example"]), write.group("research"), write.group("free")],
      write.policy("bank", "research", ["meeting"]),
      ...bankers.map((one) => write.person(one, "bank")),
      ...[write.person(analyst, "research"), write.on],
    ],
    by(owner),
  );
});
afterEach(() => base[Symbol.asyncDispose]());

const seen = (): Promise<BarrierModel> => modelSource(base.handle.pool).refresh();
const push = () => by(owner, { origin: "push" });
const place = (name: string) => ({ groups: [groupId(name)], primary: groupId(name), held: [] });

/** As a source says it: so many bankers are in a group that no policy names. */
async function moved(count: number): Promise<BarrierTarget> {
  const { groups, policies, people } = await seen();
  const next = new Map(people);
  bankers.forEach((one, at) => next.set(id.account(one), place(at < count ? "free" : "bank")));
  return { groups, policies, people: next };
}

async function held(): Promise<number> {
  const { people } = await seen();
  return [...people.values()].filter((one) => one.held.includes(groupId("bank"))).length;
}

const decision = (pendingId: string | null) => ({
  ...{ pendingId: pendingId ?? "", reason: "確認しました" },
  by: { kind: "account" as const, id: owner },
});

test("[BAR-6] a dangerous sync does not let go of itself by being sent again, nor after it was turned down", async () => {
  const all = await moved(20);
  const first = await writer.replace(all, push());
  expect(await held()).toBe(20);
  expect(await writer.replace(all, push())).toEqual({ ...first, changes: 0 });
  expect(await held()).toBe(20);
  await rejectPending(deps, decision(first.pendingId));
  const again = await writer.replace(all, push());
  expect(again.pendingId).not.toBeNull();
  expect(await held()).toBe(20);
  await approvePending(deps, decision(again.pendingId));
  expect(await held()).toBe(0);
});

test("[BAR-6] who is held stays so under a sync that is no danger, and what it asks for waits", async () => {
  await writer.replace(await moved(20), push());
  const back = await writer.replace(await moved(1), push());
  expect(await held()).toBe(1);
  expect((await openPending(base.handle.db)).map((one) => one.id)).toEqual([back.pendingId]);
  expect(await writer.replace(await moved(0), push())).toMatchObject({ pendingId: null });
  expect(await held()).toBe(0);
});

test("[BAR-6] many who leave a walled group for one that nothing names are as dangerous as many without one", async () => {
  expect(await writer.replace(await moved(1), push())).toMatchObject({ pendingId: null });
  await writer.replace(await moved(19), push());
  const [pending] = await openPending(base.handle.db);
  expect(pending?.why).toEqual(["many_ungrouped"]);
  expect(await held()).toBe(18);
});

test("[BAR-6] a domain that a walled group loses waits", async () => {
  const target = await moved(0);
  const groups = new Map(target.groups);
  groups.set(groupId("bank"), { id: groupId("bank"), name: "bank", domains: [] });
  await writer.replace({ ...target, groups }, push());
  expect((await openPending(base.handle.db))[0]?.why).toEqual(["domain_removed"]);
  expect((await seen()).groups.get(groupId("bank"))?.domains).toEqual(["bank.example"]);
});

test("[BAR-6] a source that gives a policy's id to another pair loses neither wall", async () => {
  const target = await moved(0);
  const of = (policy: string, a: string, b: string) =>
    [
      id.barrierPolicy(policy),
      {
        ...{ id: id.barrierPolicy(policy), name: "", enabled: true, mask: maskOf(["meeting"]) },
        ...{ a: groupId(a), b: groupId(b) },
      },
    ] as const;
  const here = policyId("bank", "research");
  const swapped = new Map([of(here, "free", "research"), of("another-policy-id-00", "bank", "research")]);
  await writer.replace({ ...target, policies: swapped }, push());
  const pairs = async () => [...(await seen()).policies.values()].map((one) => [one.a, one.b].toSorted());
  expect(await pairs()).toEqual([
    [groupId("bank"), groupId("research")],
    [groupId("free"), groupId("research")],
  ]);
  expect(await writer.replace({ ...target, policies: swapped }, push())).toMatchObject({ changes: 0 });
});

test("[BAR-6] a policy that would be there twice is refused, and nothing of the sync is written", async () => {
  const target = await moved(0);
  const known = target.policies.get(policyId("bank", "research"));
  if (known === undefined) throw new Error("no policy");
  const twice = new Map([
    ...target.policies,
    [id.barrierPolicy("another-policy-id-00"), { ...known, mask: 0 }],
  ]);
  await expect(writer.replace({ ...target, policies: twice }, push())).rejects.toMatchObject({
    body: { code: "barrier_edit_invalid", details: ["policy_exists"] },
  });
});

test("[BAR-15] what a newer sync makes pointless is closed in the log as well", async () => {
  const { pendingId } = await writer.replace(await moved(20), push());
  await writer.replace(await moved(0), push());
  const entry = await base.handle.db
    .selectFrom("organisation_event")
    .select("data")
    .where("type", "=", "barrier.superseded")
    .executeTakeFirstOrThrow();
  expect(JSON.parse(entry.data)).toMatchObject({ pendingId, actor: { kind: "server" } });
  const row = await base.handle.db
    .selectFrom("barrier_pending")
    .select(["state", "decided_by"])
    .where("id", "=", pendingId ?? "")
    .executeTakeFirstOrThrow();
  expect(row).toEqual({ state: "superseded", decided_by: { kind: "server" } });
});
