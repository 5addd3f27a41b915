import { id, initialRules } from "@sekisho/domain";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  by,
  groupId,
  insertPerson,
  modelSource,
  write,
} from "../../../../../packages/testkit/src/barriers-world.ts";
import { featureBase, type FeatureBase } from "../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import type { BarrierWriter } from "./barrier-writer.ts";
import type { ModelSource } from "./barriers-deps.ts";
import { openPending } from "./pending-store.ts";
import { applySignInGroups, type SaidGroups } from "./sign-in-groups.ts";
import { createBarrierWriter } from "./write-barriers.ts";

let postgres: TestPostgres;
let base: FeatureBase;
let source: ModelSource;
let writer: BarrierWriter;
let owner: string;
let maho: string;
let committed: number[];

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

beforeEach(async () => {
  base = await featureBase(postgres);
  const { db, pool } = base.handle;
  await db.insertInto("organisation").values({ name: "みどり野銀行", rules: "{}" }).execute();
  source = modelSource(pool);
  committed = [];
  writer = createBarrierWriter({
    ...{ db, log: base.log, source },
    onCommitted: (version) => committed.push(version),
    onRulesChanged: () => undefined,
  });
  owner = await insertPerson(base, { name: "佐久間 里奈", role: "owner" });
  maho = await insertPerson(base, { name: "桐生 真帆" });
  await writer.write(
    [
      ...["融資", "審査", "総務"].map((name) => write.group(name)),
      write.policy("融資", "審査", ["meeting"]),
      write.person(maho, "融資"),
      write.on,
    ],
    by(owner),
  );
  return () => base[Symbol.asyncDispose]();
});

function said(groups: readonly string[], change: Partial<SaidGroups> = {}): Promise<void> {
  const primaryGroup = groups[0] ?? null;
  const all = { accountId: maho, groups, primaryGroup, authority: false, providerName: "IdP", ...change };
  return applySignInGroups({ db: base.handle.db, source, writer }, all);
}

async function person() {
  const model = await source.refresh();
  const { primary = null, groups = [], held = [] } = model.people.get(id.account(maho)) ?? {};
  return { primary, groups: [...groups].toSorted(), held };
}

const pending = async () => (await openPending(base.handle.db)).map((row) => row.source);

test("[IDN-3] [BAR-6] another group at sign-in restricts at once, and lets go of none", async () => {
  await said(["審査"]);
  expect(await person()).toMatchObject({ primary: groupId("審査"), held: [groupId("融資")] });
  expect(committed).toHaveLength(2);
  expect(await pending()).toEqual([]);
  // The same word again changes nothing.
  await said(["審査"]);
  expect(committed).toHaveLength(2);
});

test("[IDN-3] [BAR-6] what would loosen is ignored, and waits for approval of the declared authority", async () => {
  await said(["総務"]);
  expect(await person()).toMatchObject({ primary: groupId("総務"), held: [groupId("融資")] });
  expect(await pending()).toEqual([]);
  await said(["総務"], { authority: true });
  expect(await person()).toMatchObject({ held: [groupId("融資")] });
  expect(await pending()).toEqual(["signIn"]);
  await said(["総務"], { authority: true });
  expect(await pending()).toEqual(["signIn"]);
  // What was said before and said no more does not wait any longer.
  await said(["融資"], { authority: true });
  expect(await pending()).toEqual([]);
});

test("[IDN-3] [BAR-6] no groups, unknown groups and an empty list neither free nor unpeople anybody", async () => {
  for (const authority of [true, false])
    for (const groups of [[], ["経理"], ["", "融資部"]])
      await said(groups, { authority, primaryGroup: groups[0] ?? null });
  expect(await person()).toMatchObject({ primary: groupId("融資"), held: [] });
  expect(committed).toHaveLength(1);
});

test("[IDN-3] [BAR-7] somebody new, who is behind every wall for want of a group, is let out by no sign-in", async () => {
  const fresh = await insertPerson(base, { name: "外山 恵" });
  await said(["総務"], { accountId: fresh });
  expect((await source.refresh()).people.get(id.account(fresh))).toBeUndefined();
  await said(["総務"], { accountId: fresh, authority: true });
  expect((await source.refresh()).people.get(id.account(fresh))).toBeUndefined();
  expect(await pending()).toEqual(["signIn"]);
});

test("[IDN-3] [BAR-6] while barriers are off a sign-in gives somebody a first group, and undoes none that was prepared", async () => {
  await writer.write(
    [{ type: "rules.put", rules: { ...initialRules, on: false, secondPerson: "never" } }],
    by(owner),
  );
  const fresh = await insertPerson(base, { name: "外山 恵" });
  await said(["総務", "審査"], { accountId: fresh });
  expect((await source.refresh()).people.get(id.account(fresh))).toMatchObject({ primary: groupId("総務") });
  await said(["総務"]);
  expect(await person()).toMatchObject({ primary: groupId("総務"), held: [groupId("融資")] });
});

test("[IDN-3] names are compared as people read them, and an id is a name, too", async () => {
  await said([groupId("審査")], { primaryGroup: "  審査 " });
  expect(await person()).toMatchObject({
    primary: groupId("審査"),
    groups: [groupId("審査"), groupId("融資")].toSorted(),
  });
});
