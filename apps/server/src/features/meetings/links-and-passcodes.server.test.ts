import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { id as brand } from "@sekisho/domain";
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
  testOrigin,
  type FeatureBase,
  type TestBrowserClient,
} from "../../../../../packages/testkit/src/feature-app.ts";
import { findMeetingByLinkOrNumber } from "./find-meeting.ts";
import { passcodeMatches } from "./passcode.ts";
import { meetingById } from "./meeting-rows.ts";

let postgres: TestPostgres;
let world: SchedulingWorld;
let base: FeatureBase;
let host: TestBrowserClient;
let colleague: TestBrowserClient;
let stranger: TestBrowserClient;
let colleagueId: string;
let changed: string[];
let notes: string[];
let meetings: SchedulingWorld["meetings"];
let create: SchedulingWorld["create"];
let newBrowser: SchedulingWorld["newBrowser"];

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  world = await schedulingWorld(postgres);
  ({ base, host, colleague, stranger, colleagueId, changed, notes, meetings, create, newBrowser } = world);
});
afterEach(() => world[Symbol.asyncDispose]());

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
  const id = text(await create({ invitees: [outsider], verifier: colleagueId }), "meeting", "id");
  const unknown = "00000000-0000-4000-8000-000000000000";
  const asks = (which: string) =>
    [
      ["GET", `/api/meetings/${which}`, undefined],
      ["GET", `/api/meetings/${which}/calendar.ics`, undefined],
      ["PUT", `/api/meetings/${which}`, { meeting: meetingInput(), version: 1 }],
      ["POST", `/api/meetings/${which}/cancel`, undefined],
      ["POST", `/api/meetings/${which}/passcode/show`, undefined],
      ["POST", `/api/meetings/${which}/passcode`, { passcode: null }],
    ] as const;
  for (const [index, [method, url, body]] of asks(id).entries()) {
    const theirs = await stranger.send(method, url, body);
    const other = asks(unknown)[index];
    const nothing = other === undefined ? theirs : await stranger.send(method, other[1], body);
    expect([theirs.status, theirs.text]).toEqual([404, nothing.text]);
    expect((await newBrowser().send(method, url, body)).status).toBe(401);
  }
  // The verifier sees the facts and hosts nothing.
  const seen = await colleague.send("GET", `/api/meetings/${id}`);
  expect([seen.status, value(seen, "settings"), value(seen, "abilities")]).toEqual([200, null, []]);
  expect(seen.text).not.toContain("oba@");
  expect((await colleague.send("POST", `/api/meetings/${id}/passcode/show`)).status).toBe(404);
  expect((await colleague.send("POST", `/api/meetings/${id}/cancel`)).status).toBe(404);
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
  const made = await create({ invitees: [outsider], verifier: colleagueId, recurrence: "FREQ=WEEKLY" });
  const passcode = text(made, "passcode");
  const id = text(made, "meeting", "id");
  const reads = [
    await host.send("GET", `/api/meetings/${id}`),
    await host.send("GET", "/api/meetings"),
    await host.send("GET", `/api/meetings/${id}/calendar.ics`),
    await host.send("PUT", `/api/meetings/${id}`, { meeting: meetingInput(), version: 1 }),
    await host.send("POST", "/api/meetings/preview", meetingInput()),
    await colleague.send("GET", "/api/meetings"),
    await host.send("POST", `/api/meetings/${id}/cancel`),
  ];
  for (const read of reads) {
    expect(read.status).toBe(200);
    expect(read.text).not.toContain(passcode);
  }
  const strings: string[] = [];
  JSON.parse(made.text, (_name, one: unknown) => {
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
