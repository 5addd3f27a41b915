import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { BarrierEdit, BarrierRulesView } from "@sekisho/contract";
import { initialRules, maskOf } from "@sekisho/domain";
import {
  by,
  groupId,
  insertPerson,
  policyId,
  write,
} from "../../../../../packages/testkit/src/barriers-world.ts";
import type { Answer, TestBrowserClient } from "../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import {
  meetingInput,
  schedulingWorld,
  text,
  value,
  type SchedulingWorld,
} from "../../../../../packages/testkit/src/scheduling-world.ts";

let postgres: TestPostgres;
let world: SchedulingWorld;
/** Owner; looks after the barriers as well. */
let owner: TestBrowserClient;
let ownerId: string;
let banker: TestBrowserClient;
let bankerId: string;
let analystId: string;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  world = await schedulingWorld(postgres);
  owner = world.host;
  ownerId = text(await owner.send("GET", "/api/me"), "id");
  banker = world.colleague;
  bankerId = world.colleagueId;
  analystId = text(await world.stranger.send("GET", "/api/me"), "id");
});
afterEach(() => world[Symbol.asyncDispose]());

async function walls(): Promise<void> {
  await world.barriers.writer.write(
    [
      ...[write.group("bank", ["bank.example"]), write.group("research"), write.group("free")],
      write.policy("bank", "research", ["meeting", "recording"]),
      write.person(bankerId, "bank", "free"),
      write.person(analystId, "research"),
      write.person(ownerId, "free"),
      write.on,
    ],
    by(ownerId),
  );
}

const rules: BarrierRulesView = { ...initialRules, on: true, exceptions: [] };

async function preview(edits: readonly BarrierEdit[]): Promise<Answer> {
  return owner.send("POST", "/api/barriers/preview", { edits });
}

async function save(edits: readonly BarrierEdit[], baseVersion: number): Promise<Answer> {
  const impact = text(await preview(edits), "digest");
  return owner.send("POST", "/api/barriers/versions", { edits, reason: "監査の指摘", baseVersion, impact });
}

function list(answer: Answer, ...path: readonly string[]): readonly unknown[] {
  const found = value(answer, ...path);
  return Array.isArray(found) ? found : [];
}

function field(row: unknown, name: string): unknown {
  return Reflect.get(Object(row), name);
}

const policyPut = (flags: readonly ("meeting" | "im" | "screen_share")[], enabled = true): BarrierEdit => ({
  ...{ type: "policy.put", policyId: policyId("bank", "free"), name: "", enabled, flags: [...flags] },
  ...{ a: groupId("bank"), b: groupId("free") },
});

test("[BAR-11] only who has the duty sees the portal; an auditor changes nothing; a duty counts at once", async () => {
  for (const path of ["", "/policies", "/groups", "/versions", "/pending", "/export/members"])
    expect([path, (await banker.send("GET", `/api/barriers${path}`)).status]).toEqual([path, 403]);
  const duties = (...given: string[]) => owner.send("PATCH", `/api/accounts/${bankerId}`, { duties: given });
  expect(value(await duties("auditor"), "duties")).toEqual(["auditor"]);
  expect(value(await banker.send("GET", "/api/barriers"), "mayEdit")).toBe(false);
  const edits = [{ type: "rules.put", rules }];
  expect((await banker.send("POST", "/api/barriers/preview", { edits })).status).toBe(403);
  await duties("compliance");
  expect(value(await banker.send("GET", "/api/barriers"), "mayEdit")).toBe(true);
  expect(value(await banker.send("GET", "/api/me"), "duties")).toEqual(["compliance"]);
  await duties();
  expect((await banker.send("GET", "/api/barriers")).status).toBe(403);
});

test("[BAR-6] duties are the owner's to give: not an admin's, and not one's own", async () => {
  await owner.send("PATCH", `/api/accounts/${bankerId}`, { role: "admin" });
  const signedIn = world.newBrowser();
  await signedIn.send("POST", "/api/sign-in", { email: "maho@example.jp", password: "correct horse 電池" });
  const give = (who: string) => signedIn.send("PATCH", `/api/accounts/${who}`, { duties: ["compliance"] });
  expect([(await give(analystId)).status, (await give(bankerId)).status]).toEqual([403, 403]);
});

test("[BAR-11] save: preview, version, status, policy, history, each as they stand", async () => {
  await walls();
  const edits = [policyPut(["meeting", "im"])];
  const seen = await preview(edits);
  expect(value(seen, "problems")).toEqual([]);
  expect(value(seen, "otherGroupsMatter")).toBe(1);
  const saved = await save(edits, 1);
  expect([saved.status, saved.body]).toEqual([200, { version: 2, pendingId: null }]);
  expect(world.barriers.committed).toEqual([1, 2]);
  const status = await owner.send("GET", "/api/barriers");
  expect(status.body).toMatchObject({ version: 2, groups: 3, policies: 2, editors: 1, otherGroupsMatter: 1 });
  const policies = await owner.send("GET", "/api/barriers/policies");
  expect(list(policies, "policies")).toMatchObject([
    {
      id: policyId("bank", "free"),
      a: { name: "bank" },
      b: { name: "free" },
      flags: ["meeting", "im"],
      notYetInForce: ["im"],
      effectiveState: "in_force",
      changedBy: "佐久間 里奈",
      reason: "監査の指摘",
      version: 2,
    },
    { id: policyId("bank", "research"), version: 1 },
  ]);
  const both = `groupId=${groupId("free")}&otherGroupId=${groupId("bank")}`;
  expect(value(await owner.send("GET", `/api/barriers/policies?${both}`), "total")).toBe(1);
  const history = await owner.send("GET", "/api/barriers/versions?limit=1");
  expect(history.body).toMatchObject({
    versions: [
      {
        version: 2,
        by: "佐久間 里奈",
        approvedBy: null,
        source: "portal",
        changes: [{ kind: "policy.put", names: ["bank", "free"], flags: ["meeting", "im"], enabled: true }],
      },
    ],
    next: "1",
  });
  const first = await owner.send("GET", "/api/barriers/versions?cursor=1");
  const person = list(first, "versions", "0", "changes").find((line) => field(line, "kind") === "person.put");
  expect(field(person, "names")).toEqual(["桐生 真帆", "bank", "free"]);
});

test("[BAR-11] what was shown is what is saved: other numbers, or another version, and nothing is written", async () => {
  await walls();
  const edits = [policyPut(["meeting"])];
  const impact = text(await preview(edits), "digest");
  await insertPerson(world.base, { name: "新人" });
  const send = (baseVersion: number, shown: string) =>
    owner.send("POST", "/api/barriers/versions", { edits, reason: "r", baseVersion, impact: shown });
  const refused = await send(1, impact);
  expect([refused.status, text(refused, "code")]).toEqual([409, "impact_changed"]);
  await world.barriers.writer.write([write.group("other")], by(ownerId));
  expect(text(await send(1, text(await preview(edits), "digest")), "code")).toBe("barriers_changed");
  expect(value(await owner.send("GET", "/api/barriers"), "version")).toBe(2);
  const nonsense = await save([{ type: "policy.remove", policyId: policyId("no", "such") }], 2);
  expect(nonsense.body).toEqual({ code: "barrier_edit_invalid", details: ["policy_unknown"] });
  const byHand = await save([{ type: "group.put", groupId: groupId("hand"), name: "hand", domains: [] }], 2);
  expect(text(byHand, "code")).toBe("manual_edits_off");
});

test("[BAR-11] the preview counts meetings to come and names them to who asks; looking is recorded", async () => {
  await walls();
  const made = await banker.send("POST", "/api/meetings", {
    meeting: meetingInput({ invitees: [{ name: "佐久間", organisation: "", email: "rina@example.jp" }] }),
    passcode: null,
  });
  expect(made.status).toBe(200);
  const edits = [policyPut(["meeting"])];
  expect(value(await preview(edits), "upcoming")).toEqual({ meetings: 1, people: 1 });
  expect(value(await preview([policyPut(["screen_share"])]), "upcoming")).toEqual({ meetings: 0, people: 0 });
  const named = await owner.send("POST", "/api/barriers/impact", { edits });
  expect(list(named, "items")).toMatchObject([
    { kind: "upcoming", topic: "住宅ローンのご相談", people: ["佐久間 里奈"] },
    { kind: "otherGroup", people: ["桐生 真帆"] },
  ]);
  const entry = await lastEntry();
  expect(entry).toMatchObject({ type: "barrier.impactRead" });
});

test("[BAR-8] switching on tells of people without a group, public meetings and guests", async () => {
  await world.create({
    ...{ confidentiality: "low", visibility: "public" },
    invitees: [{ name: "大庭 俊", organisation: "大庭設計", email: "oba@example.com" }],
  });
  const seen = await preview([{ type: "rules.put", rules }]);
  expect(seen.body).toMatchObject({ ungrouped: 3, publicMeetings: 1, guestMeetings: 1, loosens: false });
});

test("[BAR-6] a loosening waits for the other editor, who sees what acts already and what waits", async () => {
  await walls();
  await owner.send("PATCH", `/api/accounts/${bankerId}`, { duties: ["compliance"] });
  const edits: BarrierEdit[] = [
    {
      ...{ type: "policy.put", policyId: policyId("bank", "research"), name: "", enabled: true },
      ...{ a: groupId("bank"), b: groupId("research"), flags: ["meeting", "im"] },
    },
  ];
  expect((await preview(edits)).body).toMatchObject({ loosens: true, needsSecondPerson: true });
  const saved = await save(edits, 1);
  const pendingId = text(saved, "pendingId");
  expect(value(saved, "version")).toBe(2);
  const mine = await owner.send("GET", "/api/barriers/pending");
  expect(list(mine, "pending")).toMatchObject([
    {
      id: pendingId,
      mine: true,
      by: "佐久間 里奈",
      why: ["loosening"],
      inForce: [{ flags: ["meeting", "recording", "im"] }],
      waiting: [{ flags: ["meeting", "im"] }],
    },
  ]);
  const policies = await owner.send("GET", "/api/barriers/policies");
  expect(field(list(policies, "policies")[0], "effectiveState")).toBe("pending_approval");
  const decide = (who: TestBrowserClient, what: string) =>
    who.send("POST", `/api/barriers/pending/${pendingId}/${what}`, { reason: "確認済み" });
  expect(text(await decide(owner, "approve"), "code")).toBe("own_request");
  expect((await decide(world.stranger, "approve")).status).toBe(403);
  expect((await decide(banker, "approve")).body).toEqual({ version: 3 });
  expect((await decide(banker, "reject")).status).toBe(404);
  const history = await owner.send("GET", "/api/barriers/versions?limit=1");
  expect(list(history, "versions")).toMatchObject([
    { source: "approval", by: "佐久間 里奈", approvedBy: "桐生 真帆" },
  ]);
});

test("[BAR-2] members with their main group; who is without a group; people of both sides for who looks after walls", async () => {
  await walls();
  const free = await owner.send("GET", `/api/barriers/groups/${groupId("free")}/members`);
  expect(list(free, "members")).toMatchObject([
    { displayName: "佐久間 里奈", primary: true, primaryGroupName: null, otherGroups: 0 },
    { displayName: "桐生 真帆", primary: false, primaryGroupName: "bank", otherGroups: 1, held: false },
  ]);
  const groups = await owner.send("GET", "/api/barriers/groups?q=Ｂａｎｋ");
  expect(list(groups, "groups")).toMatchObject([
    { name: "bank", members: 1, primaryMembers: 1, policies: 1 },
  ]);
  const newcomer = await insertPerson(world.base, { name: "新人" });
  const without = await owner.send("GET", "/api/barriers/groups/ungrouped/members");
  expect(list(without, "members")).toMatchObject([{ accountId: newcomer, primary: false }]);
  expect((await owner.send("GET", `/api/barriers/groups/${groupId("none")}/members`)).status).toBe(404);
  const person = await owner.send("GET", `/api/barriers/people/${bankerId}`);
  expect(person.body).toMatchObject({
    groups: [{ name: "bank" }, { name: "free" }],
    primary: groupId("bank"),
  });
  const found = await owner.send("GET", `/api/barriers/people?q=${encodeURIComponent("外山")}`);
  expect(list(found, "people")).toMatchObject([{ accountId: analystId, primaryGroupName: "research" }]);
});

test("[BAR-11] the matrix: now, with a draft, in windows", async () => {
  await walls();
  const side = { offset: 0, count: 200, q: "" };
  const ask = (more: object) =>
    owner.send("POST", "/api/barriers/matrix", { rows: side, columns: side, ...more });
  const masks = (answer: Answer, name: string) => [...Buffer.from(text(answer, name), "base64")];
  const now = await ask({ draft: [policyPut(["im"])] });
  expect(list(now, "rows").map((row) => field(row, "name"))).toEqual(["bank", "free", "research"]);
  const wall = maskOf(["meeting", "recording"]);
  expect(masks(now, "masks")).toEqual([0, 0, wall, 0, 0, 0, wall, 0, 0]);
  const im = maskOf(["im"]);
  expect(masks(now, "after")).toEqual([0, im, wall, im, 0, 0, wall, 0, 0]);
  const small = await ask({ onlyWithPolicy: true, rows: { offset: 1, count: 1, q: "" } });
  expect([small.body, masks(small, "masks")]).toMatchObject([{ rowTotal: 2, after: null }, [wall, 0]]);
  expect((await ask({ rows: { offset: 0, count: 201, q: "" } })).status).toBe(400);
});

test("[BAR-11] why two people cannot meet, now and at a time; looking is recorded", async () => {
  const before = Date.now();
  await walls();
  const ask = (at: number | null, b = analystId) =>
    owner.send("POST", "/api/barriers/explain", { a: bankerId, b, at });
  const now = await ask(null);
  expect(now.body).toMatchObject({
    on: true,
    why: "pair",
    flags: ["meeting", "recording"],
    a: { groups: ["bank"], otherGroups: ["free"] },
    b: { groups: ["research"] },
    policies: [{ name: "bank – research", version: 1 }],
  });
  expect(await lastEntry()).toMatchObject({ type: "barrier.explained" });
  expect((await ask(before - 60_000)).body).toMatchObject({ version: 0, on: false, why: "off", flags: [] });
  expect((await ask(null, bankerId)).body).toMatchObject({ why: "samePerson" });
  expect((await ask(null, "00000000-0000-4000-8000-000000000000")).status).toBe(404);
});

test("[BAR-11] tables go out and come in again unchanged; what does not fit is named by line; formulas stay text", async () => {
  await walls();
  await world.barriers.writer.write(
    [write.group("=cmd()"), write.policy("free", "=cmd()", ["im"])],
    by(ownerId),
  );
  for (const what of ["policies", "groups", "members"]) {
    const out = await owner.send("GET", `/api/barriers/export/${what}`);
    expect(out.text.startsWith("\uFEFF")).toBe(true);
    expect(out.text).not.toMatch(/(?:^|,)=/mu);
    const back = await owner.send("POST", `/api/barriers/import/${what}`, { csv: out.text });
    expect([what, back.body]).toEqual([what, { edits: [], problems: [] }]);
  }
  const read = await owner.send("POST", "/api/barriers/import/members", {
    csv: `email,group,primary\r\nmaho@example.jp,research,\r\nnobody@example.jp,bank,はい\r\nNOBODY@example.jp,free,yes\r\nx@example.jp,bank,\r\nrina@example.jp,"no ""such"" group",1\r\n`,
  });
  expect(read.body).toEqual({
    edits: [
      {
        type: "person.put",
        accountId: bankerId,
        groups: [groupId("research")],
        primary: groupId("research"),
      },
    ],
    problems: [
      { line: 5, column: "email", code: "unknown_person" },
      { line: 6, column: "group", code: "unknown_group" },
      { line: 3, column: "primary", code: "two_primaries" },
    ],
  });
  const bad = await owner.send("POST", "/api/barriers/import/policies", { csv: "name\nx\n" });
  expect(list(bad, "problems")).toMatchObject([{ column: "group_a", code: "missing" }, {}, {}]);
  const flags = await owner.send("POST", "/api/barriers/import/policies", {
    csv: "group_a,group_b,flags\nbank,free,meeting;fly\nbank,bank,meeting\n",
  });
  expect(flags.body).toMatchObject({
    edits: [{ type: "policy.put", flags: ["meeting"], enabled: true }],
    problems: [{ line: 2, column: "flags", code: "unknown_flag" }],
  });
});

test("[BAR-15] every change, approval and look stands in a chain that verifies", async () => {
  await walls();
  await save([policyPut(["meeting"])], 1);
  const { rows } = await world.base.handle.pool.query(
    "select v.digest, v.version from barrier_version v order by v.version",
  );
  const entries = await world.base.handle.db
    .selectFrom("organisation_event")
    .select("data")
    .where("type", "=", "barrier.changed")
    .orderBy("seq")
    .execute();
  expect(entries.map((entry) => field(JSON.parse(entry.data), "digest"))).toEqual(rows.map(digestText));
});

function digestText(row: unknown): string {
  const digest = field(row, "digest");
  return Buffer.isBuffer(digest) ? digest.toString("base64url") : "";
}

async function lastEntry(): Promise<unknown> {
  return world.base.handle.db
    .selectFrom("organisation_event")
    .select(["type", "data"])
    .orderBy("seq", "desc")
    .executeTakeFirst();
}
