import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { MeetingInput } from "@sekisho/contract";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import {
  localIn,
  lowInput,
  meetingInput,
  outsider,
  text,
  value,
  schedulingWorld,
  type SchedulingWorld,
} from "../../../../../packages/testkit/src/scheduling-world.ts";
import {
  type TestBrowserClient,
  type Answer,
  type FeatureBase,
} from "../../../../../packages/testkit/src/feature-app.ts";
import { verifyAll } from "../evidence/verify.ts";
import { instanceSettingsOf } from "./instance-settings.ts";
import { meetingById, organisationRow, peopleOf } from "./meeting-rows.ts";

let postgres: TestPostgres;
let world: SchedulingWorld;
let base: FeatureBase;
let host: TestBrowserClient;
let colleague: TestBrowserClient;
let colleagueId: string;
let changed: string[];
let create: SchedulingWorld["create"];

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  world = await schedulingWorld(postgres);
  ({ base, host, colleague, colleagueId, changed, create } = world);
});
afterEach(() => world[Symbol.asyncDispose]());

test("[MTG-1] every field of the form comes back as it was sent, and the chain records the meeting", async () => {
  const wish = meetingInput({
    recurrence: "FREQ=WEEKLY;BYDAY=TU",
    invitees: [{ ...outsider, secondEmail: "oba@home.example", phone: "+819012345678", locale: "en" }],
    coHosts: [colleagueId],
    verifier: colleagueId,
    participantVideo: true,
  });
  const made = await host.send("POST", "/api/meetings", { meeting: wish, passcode: null });
  expect(made.status).toBe(200);
  expect(value(made, "meeting", "settings")).toEqual(wish);
  expect(text(made, "passcode")).toMatch(/^[2-9A-HJKMNP-TV-Z]{10}$/u);
  const id = text(made, "meeting", "id");
  expect(changed).toEqual([id]);
  const verified = await verifyAll({ db: base.handle.db, keys: base.keys });
  expect(verified.ok).toBe(true);
});

test("[IDN-2] class high is scheduled and changed with a second factor, where the organisation demands it of hosts", async () => {
  const high = { ...meetingInput(), confidentiality: "high" };
  const send = () => host.send("POST", "/api/meetings", { meeting: high, passcode: null });
  expect(value(await send(), "code")).toBe("contradiction");
  await base.handle.db
    .updateTable("organisation")
    .set({ factor_demands: ["high"] })
    .execute();
  expect(value(await send(), "code")).toBe("second_factor_needed");
  const made = await create(meetingInput());
  const id = text(made, "meeting", "id");
  const change = () =>
    host.send("PUT", `/api/meetings/${id}`, { meeting: high, version: value(made, "meeting", "version") });
  expect(value(await change(), "code")).toBe("second_factor_needed");
  await base.handle.db.updateTable("session").set({ strength: "secondFactor" }).execute();
  expect([value(await send(), "code"), value(await change(), "code")]).toEqual([
    "contradiction",
    "contradiction",
  ]);
});

test("[MTG-7] start now takes the safe defaults", async () => {
  const made = await host.send("POST", "/api/meetings/start-now", {
    topic: "すぐに",
    confidentiality: "low",
    transportRiskAccepted: false,
    timeZone: "Asia/Tokyo",
  });
  expect(value(made, "meeting", "settings")).toMatchObject({
    passcodeRequired: true,
    waitingRoom: true,
    joinBeforeHost: false,
    muteOnEntry: true,
    visibility: "private",
  });
  expect(text(made, "meeting", "status")).toBe("scheduled");
});

test("[MTG-7] a default may be changed by the host, a lock may not; a lock that comes later tightens", async () => {
  const rules = (locks: object) => ({
    name: "みどり野銀行",
    address: "",
    rules: {
      defaults: {
        confidentiality: "low",
        muteOnEntry: true,
        hostVideo: false,
        participantVideo: false,
        durationMinutes: 30,
      },
      locks,
    },
  });
  const open = await create(lowInput({ waitingRoom: false }));
  expect(open.status).toBe(200);
  expect(
    (await host.send("PUT", "/api/organisation", rules({ waitingRoom: true, whoMayJoin: "signedIn" })))
      .status,
  ).toBe(200);
  const refused = await create(lowInput({ waitingRoom: false, whoMayJoin: "named" }));
  expect([refused.status, text(refused, "code"), value(refused, "fields")]).toEqual([
    409,
    "fixed_by_policy",
    ["waitingRoom"],
  ]);
  const id = text(open, "meeting", "id");
  const now = await host.send("GET", `/api/meetings/${id}`);
  const effective = value(now, "effective");
  const waiting = Array.isArray(effective)
    ? effective.find((one) => Reflect.get(one, "field") === "waitingRoom")
    : null;
  expect(waiting).toEqual({
    field: "waitingRoom",
    value: true,
    reasons: ["organisation"],
    fixedBy: ["organisation"],
  });
  const kept = { ...meetingInput(lowInput({ waitingRoom: false })), topic: "新しいトピック" };
  expect((await host.send("PUT", `/api/meetings/${id}`, { meeting: kept, version: 1 })).status).toBe(200);
  expect((await colleague.send("PUT", "/api/organisation", rules({}))).status).toBe(403);
});

test("[MTG-7] contradictions are refused with what they are, and high cannot be saved here", async () => {
  const codes = async (wish: Partial<MeetingInput>) => {
    const answer = await create(wish);
    return [answer.status, text(answer, "code"), value(answer, "details")];
  };
  expect(await codes({ confidentiality: "high", verifier: colleagueId })).toEqual([
    422,
    "contradiction",
    ["e2ee_not_available"],
  ]);
  expect(await codes({ encryption: "e2ee" })).toEqual([422, "contradiction", ["e2ee_not_available"]]);
  expect(await codes({ invitees: [outsider] })).toEqual([
    422,
    "contradiction",
    ["external_without_verifier"],
  ]);
  expect(await codes(lowInput({ waitingRoom: false, passcodeRequired: false }))).toEqual([
    422,
    "contradiction",
    ["nothing_guards_the_link"],
  ]);
  const preview = await host.send(
    "POST",
    "/api/meetings/preview",
    meetingInput({ confidentiality: "high", recurrence: "FREQ=DAILY;COUNT=0" }),
  );
  expect(value(preview, "contradictions", "0", "code")).toBe("e2ee_not_available");
  expect(value(preview, "recurrenceProblem")).toBe("invalid");
});

test("[CNF-1] at medium the host accepts that the server could decrypt; who and when stands in the log", async () => {
  const accepted = () =>
    base.handle.db
      .selectFrom("organisation_event")
      .select(["type", "data"])
      .where("type", "=", "meeting.transportRiskAccepted")
      .execute();
  const refused = await create({ transportRiskAccepted: false });
  expect([refused.status, value(refused, "details")]).toEqual([422, ["risk_not_accepted"]]);
  const now = { topic: "x", confidentiality: "medium", timeZone: "Asia/Tokyo" };
  const start = (transportRiskAccepted: boolean) =>
    host.send("POST", "/api/meetings/start-now", { ...now, transportRiskAccepted });
  expect([(await start(false)).status, (await accepted()).length]).toEqual([422, 0]);
  expect([(await start(true)).status, (await accepted()).length]).toEqual([200, 1]);
  const id = text(await create(lowInput({ transportRiskAccepted: true })), "meeting", "id");
  expect((await accepted()).length).toBe(1);
  const raise = { meeting: meetingInput(), version: 1 };
  expect((await host.send("PUT", `/api/meetings/${id}`, raise)).status).toBe(200);
  const [, last] = await accepted();
  expect(last?.data).toContain(id);
  expect(last?.data).toContain(text(await host.send("GET", "/api/me"), "id"));
});

test("[MTG-2] times in the past, no times, and rules that are none are refused by name", async () => {
  const code = async (wish: Partial<MeetingInput>) => text(await create(wish), "code");
  expect(await code({ start: "2020-01-01T10:00" })).toBe("start_in_past");
  expect(await code({ start: "2027-02-30T10:00" })).toBe("bad_request");
  expect(await code({ timeZone: "Asia/Nowhere" })).toBe("bad_request");
  expect(await code({ recurrence: "FREQ=DAILY;BYHOUR=1,2" })).toBe("recurrence_invalid");
  expect(await code({ coHosts: ["00000000-0000-4000-8000-000000000000"] })).toBe("unknown_account");
});

test("[MTG-3] an edit that was made on an older version is not saved over a newer one", async () => {
  const id = text(await create({ coHosts: [colleagueId] }), "meeting", "id");
  const edit = (by: TestBrowserClient, topic: string) =>
    by.send("PUT", `/api/meetings/${id}`, {
      meeting: meetingInput({ topic, coHosts: [colleagueId] }),
      version: 1,
    });
  const answers = await Promise.all([edit(host, "A"), edit(colleague, "B")]);
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  expect(text(await host.send("GET", `/api/meetings/${id}`), "version")).toBe("2");
});

test("[CNF-5] the class of a live meeting is never lowered, and may be raised", async () => {
  const id = text(await create(lowInput({ screenShare: "everyone" })), "meeting", "id");
  const save = (confidentiality: "medium" | "low", version: number) =>
    host.send("PUT", `/api/meetings/${id}`, { meeting: meetingInput({ confidentiality }), version });
  await base.handle.pool.query(
    `insert into meeting_instance (id, meeting_id, occurrence, sfu_room, starts_at, ends_at, head, evidence_key, phase)
     values ('i', $1, 'once', 'r', now(), now(), '', '', 'live')`,
    [id],
  );
  expect(text(await host.send("GET", `/api/meetings/${id}`), "status")).toBe("live");
  expect((await save("medium", 1)).status).toBe(200);
  expect(text(await save("low", 2), "code")).toBe("class_cannot_be_lowered_live");
  await base.handle.pool.query("update meeting_instance set phase = 'ended'");
  expect((await save("low", 2)).status).toBe(200);
});

test("[CNF-3] an instance is given the effective policy, the appointments of active accounts and the known names", async () => {
  const made = await create({
    coHosts: [colleagueId],
    verifier: colleagueId,
    invitees: [outsider, { name: "外山", organisation: "", email: "NOBODY@example.jp" }],
  });
  const { db } = base.handle;
  const row = await meetingById(db, text(made, "meeting", "id"));
  if (row === undefined) throw new Error("no meeting");
  const read = async () => instanceSettingsOf(row, await organisationRow(db), await peopleOf(db, [row]));
  const { settings, names } = await read();
  expect(settings.version).toBe("1:1");
  expect(settings.appointments.coHosts).toEqual([colleagueId]);
  expect(settings.appointments.invitedAccounts).toHaveLength(1);
  expect(names).toMatchObject({
    hosts: ["佐久間 里奈", "桐生 真帆"],
    invited: ["大庭 俊"],
    people: [{ displayName: "大庭 俊", affiliation: outsider.organisation }],
  });
  await host.send("PATCH", `/api/accounts/${colleagueId}`, { disabled: true });
  expect((await read()).settings.appointments).toMatchObject({ coHosts: [], verifier: null });
});

test("[MTG-1] upcoming and past are listed for those who are in them, page by page", async () => {
  for (let n = 0; n < 53; n++) await create(lowInput({ topic: `第 ${n} 回`, start: localIn(n + 1) }));
  const cancelled = text(await create(), "meeting", "id");
  await host.send("POST", `/api/meetings/${cancelled}/cancel`);
  const first = await host.send("GET", "/api/meetings");
  const topics = (answer: Answer) =>
    [...answer.text.matchAll(/"topic":"([^"]+)"/gu)].map(([, topic]) => topic);
  expect(topics(first).slice(0, 2)).toEqual(["第 0 回", "第 1 回"]);
  expect(topics(first)).toHaveLength(50);
  const second = await host.send("GET", `/api/meetings?after=${text(first, "next")}`);
  expect([topics(second), value(second, "next")]).toEqual([["第 50 回", "第 51 回", "第 52 回"], null]);
  const past = await host.send("GET", "/api/meetings?scope=past");
  expect([value(past, "meetings", "0", "id"), value(past, "meetings", "0", "status")]).toEqual([
    cancelled,
    "cancelled",
  ]);
  expect(topics(await colleague.send("GET", "/api/meetings"))).toEqual([]);
});

test("hostile input on the meetings' routes gets a clear code, never a fault", async () => {
  const id = text(await create(), "meeting", "id");
  const wrong: readonly (readonly ["GET" | "POST" | "PUT", string, unknown])[] = [
    ["POST", "/api/meetings", { meeting: { ...meetingInput(), topic: "a\0b" }, passcode: null }],
    ["POST", "/api/meetings", { meeting: { ...meetingInput(), description: "\udfff" }, passcode: null }],
    ["POST", "/api/meetings", { meeting: { ...meetingInput(), extra: true }, passcode: null }],
    ["POST", "/api/meetings", { meeting: { ...meetingInput(), durationMinutes: 1e308 }, passcode: null }],
    ["POST", "/api/meetings", { meeting: { ...meetingInput(), coHosts: ["x"] }, passcode: null }],
    ["POST", "/api/meetings", { meeting: { ...meetingInput(), start: "9999-12-31T23:59" }, passcode: null }],
    ["POST", "/api/meetings", { meeting: { ...meetingInput(), timeZone: "__proto__" }, passcode: null }],
    ["POST", "/api/meetings", { meeting: meetingInput(), passcode: "x".repeat(33) }],
    ["POST", "/api/meetings", []],
    [
      "POST",
      "/api/meetings/start-now",
      { topic: "x", confidentiality: "low", transportRiskAccepted: false, timeZone: "+09:00" },
    ],
    ["PUT", `/api/meetings/${id}`, { meeting: meetingInput(), version: 2 ** 60 }],
    ["GET", "/api/meetings?after=%27%3B--", undefined],
    ["GET", "/api/meetings/%00", undefined],
  ];
  for (const [method, url, body] of wrong) {
    const answer = await host.send(method, url, body);
    expect([url, answer.status, text(answer, "code")], JSON.stringify(body)).toEqual([
      url,
      400,
      "bad_request",
    ]);
  }
  const before = process.cpuUsage();
  const slow = await host.send(
    "POST",
    "/api/meetings/preview",
    meetingInput({ recurrence: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYSETPOS=-1" }),
  );
  expect([slow.status, value(slow, "recurrenceProblem")]).toEqual([200, "invalid"]);
  // Of this process's own work, so that a busy machine does not count.
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000);
});
