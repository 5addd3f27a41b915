import type { ClassEffect, MeetingDetail, OrganisationClasses } from "@sekisho/contract";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import {
  lowInput,
  meetingInput,
  schedulingWorld,
  text,
  type SchedulingWorld,
} from "../../../../../packages/testkit/src/scheduling-world.ts";
import { defaultRules } from "../accounts/default-rules.ts";
import { verifyAll } from "../evidence/verify.ts";

let postgres: TestPostgres;
let world: SchedulingWorld;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  world = await schedulingWorld(postgres);
});
afterEach(() => world[Symbol.asyncDispose]());

async function read(): Promise<OrganisationClasses> {
  const answer = await world.host.send("GET", "/api/organisation/classes");
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  const parsed: OrganisationClasses = JSON.parse(answer.text);
  return parsed;
}
type Level = keyof OrganisationClasses["classes"];
type Rules = OrganisationClasses["classes"][Level];

/** The classes as they are, with a change of one. */
async function changed(level: Level, change: (rules: Rules) => Partial<Rules>) {
  const { version, home, classes } = await read();
  return {
    version,
    home,
    classes: { ...classes, [level]: { ...classes[level], ...change(classes[level]) } },
  };
}
async function save(level: Level, change: (rules: Rules) => Partial<Rules>) {
  return world.host.send("PUT", "/api/organisation/classes", await changed(level, change));
}
async function valueOf(id: string, field: string) {
  const answer = await world.host.send("GET", `/api/meetings/${id}`);
  const meeting: MeetingDetail = JSON.parse(answer.text);
  return meeting.effective.find((one) => one.field === field)?.value;
}

test("[CNF-2] a class is changed by who administers, with a version, a hand and a record of its own", async () => {
  const before = await read();
  expect(before.classes).toEqual(before.standard);
  expect(before.versions).toEqual([]);
  const definition = { ja: "与信の判断", en: "Credit decisions" };
  expect((await save("high", () => ({ definition }))).status).toBe(200);
  expect((await save("medium", ({ locks }) => ({ locks: { ...locks, chat: "hosts" } }))).status).toBe(422);
  expect((await save("high", ({ locks }) => ({ locks: { ...locks, chat: "hosts" } }))).status).toBe(200);
  expect((await save("medium", ({ locks }) => ({ locks: { ...locks, chat: "hosts" } }))).status).toBe(200);
  const after = await read();
  expect(after.versions.map(({ by, changed: what }) => ({ by, what }))).toEqual([
    { by: "佐久間 里奈", what: [{ level: "medium", part: "lock", field: "chat" }] },
    { by: "佐久間 里奈", what: [{ level: "high", part: "lock", field: "chat" }] },
    { by: "佐久間 里奈", what: [{ level: "high", part: "definition", field: null }] },
  ]);
  const hosts = await world.colleague.send("GET", "/api/classes");
  expect(JSON.parse(hosts.text)).toMatchObject({ high: { definition }, medium: { defaults: {} } });
  expect((await world.colleague.send("GET", "/api/organisation/classes")).status).toBe(403);
  const { handle, keys } = world.base;
  expect((await verifyAll({ db: handle.db, keys })).ok).toBe(true);
});

test("[CNF-2] the page of other rules leaves the classes as they are, and classes of an older page are not saved", async () => {
  await save("medium", ({ locks }) => ({ locks: { ...locks, screenShare: "hosts" } }));
  const stale = await changed("low", () => ({ definition: { ja: "説明会", en: "Briefings" } }));
  const rules = {
    name: "みどり野銀行",
    address: "",
    rules: { ...defaultRules, locks: { muteOnEntry: true } },
  };
  expect((await world.host.send("PUT", "/api/organisation", rules)).status).toBe(200);
  expect((await read()).classes.medium.locks.screenShare).toBe("hosts");
  const late = await world.host.send("PUT", "/api/organisation/classes", stale);
  expect([late.status, text(late, "code")]).toEqual([409, "settings_changed"]);
});

test("[CNF-2] what is tightened holds for meetings at once and is counted before; what is loosened waits for the host", async () => {
  const id = text(await world.create({ chat: "everyone" }), "meeting", "id");
  await world.create({ chat: "nobody" });
  await world.create(lowInput());
  const strict = (rules: Rules) => ({ locks: { ...rules.locks, chat: "hosts" as const } });
  await save("high", strict);
  const wish = await changed("medium", strict);
  const preview = await world.host.send("POST", "/api/organisation/classes/preview", {
    home: wish.home,
    classes: wish.classes,
  });
  const effect: ClassEffect = JSON.parse(preview.text);
  expect(effect).toEqual({ problems: [], tightened: { high: 0, medium: 1, low: 0 }, live: 0 });
  expect(await valueOf(id, "chat")).toBe("everyone");
  await save("medium", strict);
  expect(await valueOf(id, "chat")).toBe("hosts");

  const made = text(await world.create({ chat: "everyone" }), "meeting", "id");
  await save("medium", ({ locks: { chat: _chat, ...locks } }) => ({ locks }));
  expect(await valueOf(made, "chat")).toBe("hosts");
  const same = { meeting: meetingInput({ chat: "everyone" }), version: 1 };
  expect((await world.host.send("PUT", `/api/meetings/${made}`, same)).status).toBe(200);
  expect(await valueOf(made, "chat")).toBe("everyone");
});

test("[CNF-2] high without E2EE, waiting room or verification is refused, with where", async () => {
  for (const field of ["encryption", "waitingRoom", "verifierRequired"] as const) {
    const refused = await save("high", ({ locks: { [field]: _dropped, ...locks } }) => ({ locks }));
    expect([refused.status, text(refused, "code")]).toEqual([422, "class_rules_contradict"]);
    expect(refused.text).toContain(`high.${field}`);
  }
  expect((await read()).classes.high).toEqual((await read()).standard.high);
});

test("[CNF-1] [INV-5] at low a course is registered for; a meeting that starts now asks nobody to have registered", async () => {
  const { standard } = await read();
  expect(standard.low.defaults).toMatchObject({ registration: "required" });
  const now = { topic: "x", confidentiality: "low", transportRiskAccepted: false, timeZone: "Asia/Tokyo" };
  const made = await world.host.send("POST", "/api/meetings/start-now", now);
  expect(made.status).toBe(200);
  expect([text(made, "meeting", "settings", "registration"), text(made, "passcode").length]).toEqual([
    "none",
    10,
  ]);
});

test("[CNF-2] start now begins with what the class begins with", async () => {
  await save("low", () => ({ defaults: { chat: "hosts" } }));
  const now = { topic: "x", confidentiality: "low", transportRiskAccepted: false, timeZone: "Asia/Tokyo" };
  const made = await world.host.send("POST", "/api/meetings/start-now", now);
  expect(text(made, "meeting", "settings", "chat")).toBe("hosts");
});
