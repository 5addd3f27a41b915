import type { MeetingInput } from "@sekisho/contract";
import { id as brand } from "@sekisho/domain";
import type { FastifyInstance } from "fastify";
import { Temporal } from "temporal-polyfill";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import {
  featureApp,
  featureBase,
  TestBrowserClient,
  testOrigin,
  testSessionLimits,
  type Answer,
  type FeatureBase,
} from "../../../../../packages/testkit/src/feature-app.ts";
import { createAccountsFeature } from "../accounts/accounts-feature.ts";
import { verifyAll } from "../evidence/verify.ts";
import { createOrganisationFeature } from "../organisation/organisation-feature.ts";
import { findMeetingByLinkOrNumber } from "./find-meeting.ts";
import { instanceSettingsOf } from "./instance-settings.ts";
import { meetingById, organisationRow, peopleOf } from "./meeting-rows.ts";
import { createMeetingsFeature, type MeetingsFeature } from "./meetings-feature.ts";
import { passcodeMatches } from "./passcode.ts";

let postgres: TestPostgres;
let base: FeatureBase;
let app: FastifyInstance;
let meetings: MeetingsFeature;
let changed: string[];
let notes: string[];
let host: TestBrowserClient;
let colleague: TestBrowserClient;
let stranger: TestBrowserClient;
let colleagueId: string;

const password = "correct horse 電池";

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  base = await featureBase(postgres);
  changed = [];
  notes = [];
  const { db } = base.handle;
  const accounts = createAccountsFeature({
    ...base,
    db,
    sessionLimits: testSessionLimits,
    origin: () => testOrigin,
    facts: async () => [],
    onSessionsEnded: () => undefined,
  });
  const organisation = createOrganisationFeature({ db, log: base.log, onRulesChanged: () => undefined });
  meetings = createMeetingsFeature({
    ...base,
    db,
    origin: () => testOrigin,
    liveInstanceOf: async () => null,
    onMeetingChanged: (id) => changed.push(id),
    noteInInstance: async (id, event) => notes.push(`${id} ${event.type}`),
  });
  app = featureApp(base, {
    routes: [...accounts.routes, ...organisation.routes, ...meetings.routes],
    meetingGuard: (access, caller, _request, params) =>
      meetings.guard(access, caller, String(Reflect.get(Object(params), "meetingId"))),
  });
  host = new TestBrowserClient(app);
  await host.send("POST", `/api/setup/${await accounts.ensureSetupLink()}`, {
    organisationName: "みどり野銀行",
    organisationAddress: "",
    email: "rina@example.jp",
    displayName: "佐久間 里奈",
    password,
    locale: "ja",
  });
  colleague = await join("maho@example.jp", "桐生 真帆");
  stranger = await join("nobody@example.jp", "外山 恵");
  colleagueId = text(await colleague.send("GET", "/api/me"), "id");
});
afterEach(async () => {
  await app.close();
  await base[Symbol.asyncDispose]();
});

async function join(email: string, displayName: string): Promise<TestBrowserClient> {
  const invited = await host.send("POST", "/api/accounts/invitations", {
    email,
    displayName,
    role: "member",
  });
  const browser = new TestBrowserClient(app);
  const token = text(invited, "url").split("/").at(-1);
  await browser.send("POST", `/api/invitations/${token}`, { displayName, password, locale: "ja" });
  return browser;
}

function value(answer: Answer, ...path: readonly string[]): unknown {
  let found: unknown = answer.body;
  for (const name of path)
    found = typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined;
  return found;
}

function text(answer: Answer, ...path: readonly string[]): string {
  return String(value(answer, ...path));
}

function localIn(hours: number): string {
  return Temporal.Now.zonedDateTimeISO("Asia/Tokyo")
    .add({ hours })
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });
}

function input(wish: Partial<MeetingInput> = {}): MeetingInput {
  return {
    topic: "住宅ローンのご相談",
    description: "資料をご用意ください",
    confidentiality: "medium",
    encryption: "transport",
    visibility: "private",
    start: localIn(2),
    timeZone: "Asia/Tokyo",
    durationMinutes: 60,
    recurrence: null,
    meetingNumber: "automatic",
    passcodeRequired: true,
    waitingRoom: true,
    joinBeforeHost: false,
    muteOnEntry: true,
    whoMayJoin: "anyoneWithLink",
    allowedDomains: [],
    hostVideo: false,
    participantVideo: false,
    audio: "computer",
    screenShare: "nobody",
    chat: "everyone",
    rename: "nobody",
    unmute: "everyone",
    invitees: [],
    coHosts: [],
    verifier: null,
    ...wish,
  };
}

function create(wish: Partial<MeetingInput> = {}, passcode: string | null = null): Promise<Answer> {
  return host.send("POST", "/api/meetings", { meeting: input(wish), passcode });
}

function lowInput(wish: Partial<MeetingInput> = {}): Partial<MeetingInput> {
  return { confidentiality: "low", ...wish };
}

const guest = { name: "大庭 俊", organisation: "大庭設計", email: "oba@example.com" };

test("[MTG-1] every field of the form comes back as it was sent, and the chain records the meeting", async () => {
  const wish = input({
    recurrence: "FREQ=WEEKLY;BYDAY=TU",
    invitees: [guest],
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

test("[MTG-4] links have 128 bits and more, numbers 11 digits, and neither is the other's meeting", async () => {
  const made = await create();
  const link = text(made, "meeting", "link");
  const number = text(made, "meeting", "number");
  expect(link).toMatch(/^[A-Za-z0-9_-]{22}$/u);
  expect(number).toMatch(/^[1-9]\d{10}$/u);
  expect(text(made, "meeting", "joinUrl")).toBe(`${testOrigin}/m/${link}`);
  const { db } = base.handle;
  expect(await findMeetingByLinkOrNumber(db, link)).toMatchObject({ by: "link" });
  expect(await findMeetingByLinkOrNumber(db, number)).toMatchObject({ by: "number" });
  for (const wrong of ["A".repeat(22), "12345678901", "", "' or true --", "__proto__"])
    expect(await findMeetingByLinkOrNumber(db, wrong)).toBeNull();
  await host.send("POST", `/api/meetings/${text(made, "meeting", "id")}/cancel`);
  expect(await findMeetingByLinkOrNumber(db, link)).toBeNull();
});

test("[MTG-4] unknown meetings and those of others answer alike, whatever is asked of them", async () => {
  const id = text(await create({ invitees: [guest], verifier: colleagueId }), "meeting", "id");
  const unknown = "00000000-0000-4000-8000-000000000000";
  const asks = (which: string) =>
    [
      ["GET", `/api/meetings/${which}`, undefined],
      ["GET", `/api/meetings/${which}/calendar.ics`, undefined],
      ["PUT", `/api/meetings/${which}`, { meeting: input(), version: 1 }],
      ["POST", `/api/meetings/${which}/cancel`, undefined],
      ["POST", `/api/meetings/${which}/passcode/show`, undefined],
      ["POST", `/api/meetings/${which}/passcode`, { passcode: null }],
    ] as const;
  for (const [index, [method, url, body]] of asks(id).entries()) {
    const theirs = await stranger.send(method, url, body);
    const other = asks(unknown)[index];
    const nothing = other === undefined ? theirs : await stranger.send(method, other[1], body);
    expect([theirs.status, theirs.text]).toEqual([404, nothing.text]);
    expect((await new TestBrowserClient(app).send(method, url, body)).status).toBe(401);
  }
  // The verifier sees the facts and hosts nothing.
  const seen = await colleague.send("GET", `/api/meetings/${id}`);
  expect([seen.status, value(seen, "settings"), value(seen, "abilities")]).toEqual([200, null, []]);
  expect(seen.text).not.toContain("oba@");
  expect((await colleague.send("POST", `/api/meetings/${id}/passcode/show`)).status).toBe(404);
  expect((await colleague.send("POST", `/api/meetings/${id}/cancel`)).status).toBe(404);
});

test("[MTG-7] start now takes the safe defaults", async () => {
  const made = await host.send("POST", "/api/meetings/start-now", {
    topic: "すぐに",
    confidentiality: "low",
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
      screenShareAtMedium: false,
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
  const kept = { ...input(lowInput({ waitingRoom: false })), topic: "新しいトピック" };
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
  expect(await codes({ invitees: [guest] })).toEqual([422, "contradiction", ["external_without_verifier"]]);
  expect(await codes(lowInput({ waitingRoom: false, passcodeRequired: false }))).toEqual([
    422,
    "contradiction",
    ["nothing_guards_the_link"],
  ]);
  const preview = await host.send(
    "POST",
    "/api/meetings/preview",
    input({ confidentiality: "high", recurrence: "FREQ=DAILY;COUNT=0" }),
  );
  expect(value(preview, "contradictions", "0", "code")).toBe("e2ee_not_available");
  expect(value(preview, "recurrenceProblem")).toBe("invalid");
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
    by.send("PUT", `/api/meetings/${id}`, { meeting: input({ topic, coHosts: [colleagueId] }), version: 1 });
  const answers = await Promise.all([edit(host, "A"), edit(colleague, "B")]);
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409]);
  expect(text(await host.send("GET", `/api/meetings/${id}`), "version")).toBe("2");
});

test("[CNF-5] the class of a live meeting is never lowered, and may be raised", async () => {
  const id = text(await create(lowInput({ screenShare: "everyone" })), "meeting", "id");
  const save = (confidentiality: "medium" | "low", version: number) =>
    host.send("PUT", `/api/meetings/${id}`, { meeting: input({ confidentiality }), version });
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

test("[MTG-8] the passcode is sealed, compared by MAC, shown to hosts only and each time recorded", async () => {
  const made = await create({ coHosts: [colleagueId] }, "khvt-23 45ｐ9");
  expect(text(made, "passcode")).toBe("KHVT2345P9");
  const id = text(made, "meeting", "id");
  const row = await meetingById(base.handle.db, id);
  if (row === undefined) throw new Error("no meeting");
  expect(JSON.stringify(row)).not.toContain("KHVT");
  expect(
    Buffer.concat([row.passcode_sealed ?? Buffer.alloc(0), row.passcode_mac ?? Buffer.alloc(0)]).includes(
      "KHVT",
    ),
  ).toBe(false);
  for (const typed of ["KHVT2345P9", "ｋｈｖｔ－２３４５ー p 9", "khvt–2345−p9"])
    expect(passcodeMatches(base.keys, row, typed), typed).toBe(true);
  for (const typed of ["", "KHVT2345P8", "KHVT2345P99", "\0", "KHVT2345P"])
    expect(passcodeMatches(base.keys, row, typed)).toBe(false);
  expect(passcodeMatches(base.keys, { ...row, passcode_mac: null }, "KHVT2345P9")).toBe(false);
  expect(passcodeMatches(base.keys, { ...row, id: "other" }, "KHVT2345P9")).toBe(false);
  const shown = await colleague.send("POST", `/api/meetings/${id}/passcode/show`);
  expect(shown.body).toEqual({
    passcode: "KHVT2345P9",
    readOut: {
      ja: "けー・えいち・ぶい・てぃー・に・さん・よん・ご・ぴー・数字のきゅう",
      en: "Kilo, Hotel, Victor, Tango, two, three, four, five, Papa, nine",
    },
  });
  const next = await host.send("POST", `/api/meetings/${id}/passcode`, { passcode: null });
  const after = await meetingById(base.handle.db, id);
  if (after === undefined) throw new Error("no meeting");
  expect(passcodeMatches(base.keys, after, "KHVT2345P9")).toBe(false);
  expect(passcodeMatches(base.keys, after, text(next, "passcode"))).toBe(true);
  expect(notes).toEqual([`${id} passcode.shown`, `${id} passcode.changed`]);
  const log = await base.handle.db.selectFrom("organisation_event").select(["type", "data"]).execute();
  expect(log.filter((one) => one.type.startsWith("passcode."))).toHaveLength(2);
  expect(JSON.stringify(log)).not.toContain("KHVT2345P9");
  for (const weak of ["SHORT23", "ABCDEFGH10", "あいうえおかきくけこ"])
    expect((await host.send("POST", `/api/meetings/${id}/passcode`, { passcode: weak })).status).toBe(400);
});

test("[INV-1] no answer but the passcode's own holds the passcode, and no text holds it beside the link", async () => {
  const made = await create({ invitees: [guest], verifier: colleagueId, recurrence: "FREQ=WEEKLY" });
  const passcode = text(made, "passcode");
  const id = text(made, "meeting", "id");
  const reads = [
    await host.send("GET", `/api/meetings/${id}`),
    await host.send("GET", "/api/meetings"),
    await host.send("GET", `/api/meetings/${id}/calendar.ics`),
    await host.send("PUT", `/api/meetings/${id}`, { meeting: input(), version: 1 }),
    await host.send("POST", "/api/meetings/preview", input()),
    await colleague.send("GET", "/api/meetings"),
    await host.send("POST", `/api/meetings/${id}/cancel`),
  ];
  for (const read of reads) {
    expect(read.status).toBe(200);
    expect(read.text).not.toContain(passcode);
  }
  const strings: string[] = [];
  JSON.parse(made.text, (_name, one) => {
    if (typeof one === "string") strings.push(one);
    return one;
  });
  expect(strings.filter((one) => one.includes(passcode))).toEqual([passcode]);
});

test("[INV-7] the invitation says whether its link may be published, and that the passcode comes by another way", async () => {
  const own = await create(lowInput());
  expect(text(own, "meeting", "invitation", "ja")).toContain("このリンクは公開しないでください。");
  expect(text(own, "meeting", "invitation", "en")).toContain("Do not publish this link.");
  expect(text(own, "meeting", "invitation", "ja")).toContain("会議パスコードは、別の方法でお知らせします。");
  const shared = await create(lowInput({ visibility: "public", passcodeRequired: false }));
  expect(text(shared, "meeting", "invitation", "en")).toContain("This link may be seen by anybody.");
  expect([value(shared, "passcode"), value(shared, "meeting", "hasPasscode")]).toEqual([null, false]);
});

test("[MTG-8] personal meetings use the host's link and number; both passcode and link are new after an external was there", async () => {
  const made = await create(lowInput({ meetingNumber: "personal" }));
  const other = await create(lowInput({ meetingNumber: "personal", start: localIn(30) }));
  const me = await host.send("GET", "/api/me");
  const link = text(made, "meeting", "link");
  expect(text(made, "meeting", "number")).toBe(text(me, "personalNumber"));
  expect(text(other, "meeting", "link")).toBe(link);
  const { db } = base.handle;
  const id = text(made, "meeting", "id");
  expect(await findMeetingByLinkOrNumber(db, link)).toMatchObject({ row: { id }, by: "link" });
  expect(await findMeetingByLinkOrNumber(db, text(me, "personalNumber"))).toMatchObject({
    row: { id },
    by: "number",
  });
  const before = await meetingById(db, id);
  expect(await findMeetingByLinkOrNumber(db, before?.link ?? "")).toBeNull();
  await meetings.afterInstance({ meetingId: brand.meeting(id), admissions: new Map() });
  expect(await findMeetingByLinkOrNumber(db, link)).not.toBeNull();
  await meetings.renewPersonalLink(before?.host_id ?? "");
  expect(await findMeetingByLinkOrNumber(db, link)).toBeNull();
  const after = await meetingById(db, id);
  if (after === undefined) throw new Error("no meeting");
  expect(passcodeMatches(base.keys, after, text(made, "passcode"))).toBe(false);
  expect(changed.slice(-2).toSorted()).toEqual([id, text(other, "meeting", "id")].toSorted());
});

test("[CNF-3] an instance is given the effective policy, the appointments of active accounts and the known names", async () => {
  const made = await create({
    coHosts: [colleagueId],
    verifier: colleagueId,
    invitees: [guest, { name: "外山", organisation: "", email: "NOBODY@example.jp" }],
  });
  const { db } = base.handle;
  const row = await meetingById(db, text(made, "meeting", "id"));
  if (row === undefined) throw new Error("no meeting");
  const read = async () => instanceSettingsOf(row, await organisationRow(db), await peopleOf(db, [row]));
  const { settings, names } = await read();
  expect(settings.version).toBe("1:1");
  expect(settings.appointments.coHosts).toEqual([colleagueId]);
  expect(settings.appointments.invitedAccounts).toHaveLength(1);
  expect(names).toEqual({ hosts: ["佐久間 里奈", "桐生 真帆"], invited: ["大庭 俊"] });
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
}, 60_000);

test("hostile input on the meetings' routes gets a clear code, never a fault", async () => {
  const id = text(await create(), "meeting", "id");
  const wrong: readonly (readonly ["GET" | "POST" | "PUT", string, unknown])[] = [
    ["POST", "/api/meetings", { meeting: { ...input(), topic: "a\0b" }, passcode: null }],
    ["POST", "/api/meetings", { meeting: { ...input(), description: "\udfff" }, passcode: null }],
    ["POST", "/api/meetings", { meeting: { ...input(), extra: true }, passcode: null }],
    ["POST", "/api/meetings", { meeting: { ...input(), durationMinutes: 1e308 }, passcode: null }],
    ["POST", "/api/meetings", { meeting: { ...input(), coHosts: ["x"] }, passcode: null }],
    ["POST", "/api/meetings", { meeting: { ...input(), start: "9999-12-31T23:59" }, passcode: null }],
    ["POST", "/api/meetings", { meeting: { ...input(), timeZone: "__proto__" }, passcode: null }],
    ["POST", "/api/meetings", { meeting: input(), passcode: "x".repeat(33) }],
    ["POST", "/api/meetings", []],
    ["POST", "/api/meetings/start-now", { topic: "x", confidentiality: "low", timeZone: "+09:00" }],
    ["PUT", `/api/meetings/${id}`, { meeting: input(), version: 2 ** 60 }],
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
  const started = performance.now();
  const slow = await host.send(
    "POST",
    "/api/meetings/preview",
    input({ recurrence: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYSETPOS=-1" }),
  );
  expect([slow.status, value(slow, "recurrenceProblem")]).toEqual([200, "invalid"]);
  expect(performance.now() - started).toBeLessThan(2000);
});
