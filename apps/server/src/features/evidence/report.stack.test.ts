/** The report of a meeting that was really held, as its host, a stranger and an auditor get it (AUD-2). */
import type { MeetingReport } from "@sekisho/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { barriersOn, group, layDown, policy } from "../../../../../packages/testkit/src/barrier-versions.ts";
import { colleague, type Colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import { startProduct, type Client, type Product } from "../../../../../packages/testkit/src/index.ts";
import {
  ask,
  asked,
  admit,
  follow,
  idOf,
  schedule,
  until,
  type TestMeeting,
} from "../../../../../packages/testkit/src/meetings.ts";

let product: Product;
let host: Client;
let hostId: string;
let analyst: Colleague;
let auditor: Colleague;
let meeting: TestMeeting;
let instanceId: string;

beforeAll(async () => {
  product = await startProduct({ page: false });
  host = await product.setUp();
  hostId = (await host.ok<{ id: string }>("GET", "/api/me")).id;
  analyst = await colleague(product, host);
  auditor = await colleague(product, host);
  await host.ok("PATCH", `/api/accounts/${auditor.me.id}`, { duties: ["auditor"] });
  await hold();
}, 300_000);
afterAll(() => product?.[Symbol.asyncDispose]());

/** A guest is let in and removed, comes back and is refused; a colleague is let in; the door is locked; it ends. */
async function hold(): Promise<void> {
  meeting = await schedule(host);
  const hosting = await follow(host, meeting);
  const guest = product.client();
  const removed = idOf(await asked(guest, meeting, { name: "=HYPERLINK(1)", affiliation: "常磐木製作所" }));
  const inside = await follow(analyst.client, meeting);
  await admit(host, meeting, { id: removed }, { id: inside.admissionId });
  await until(inside, "admitted");
  const link = `/api/m/${meeting.link}`;
  await host.ok("POST", `${link}/messages`, {
    ...{ to: "everyone", toId: null, text: "ようこそ" },
    clientId: "welcome-to-everybody",
  });
  await host.ok("POST", `${link}/participants/${removed}/remove`, { report: false });
  expect((await ask(guest, meeting, { name: "大庭" })).status).toBe(403);
  await host.ok("POST", `${link}/lock`, { locked: true });
  expect(await list()).toEqual([]);
  await host.ok("POST", `${link}/end`);
  await Promise.all([hosting, inside].map((one) => one.stream.close()));
  instanceId = (await list())[0]?.instanceId ?? "";
}

const list = () => listOf(meeting);
async function listOf({ id }: TestMeeting): Promise<readonly { instanceId: string }[]> {
  return (await host.ok<{ reports: { instanceId: string }[] }>("GET", `/api/meetings/${id}/reports`)).reports;
}
const address = () => `/api/meetings/${meeting.id}/reports/${instanceId}`;
const read = () => host.ok<MeetingReport>("GET", address());

test("[AUD-2] who asked, who was admitted by whom, removed and refused, what was done and in force", async () => {
  const report = await read();
  const people = report.people.map((one) => [one.displayName, one.outcome, one.admittedBy, one.endedBy]);
  expect(people).toEqual([
    ["佐久間 里奈", "left", null, null],
    ["=HYPERLINK(1)", "removed", "佐久間 里奈", "佐久間 里奈"],
    [analyst.me.displayName, "left", "佐久間 里奈", null],
  ]);
  expect(report.refusals).toMatchObject([{ displayName: "大庭", reason: null }]);
  expect(report.acts.map(({ type, by }) => [type, by])).toContainEqual(["meeting.locked", "佐久間 里奈"]);
  expect(report.settings).toContainEqual({ field: "recording", value: "off", reasons: ["server"] });
  expect(report.chain.records).toBeGreaterThan(8);
  await expect.poll(async () => (await read()).chain.anchored).toBe(report.chain.records);
});

test("[AUD-2] an auditor sees why somebody was refused; others get neither this nor the meeting", async () => {
  const audit = `/api/audit/reports/${instanceId}`;
  const { refusals } = await auditor.client.ok<MeetingReport>("GET", audit);
  expect(refusals).toMatchObject([{ reason: "removed_before" }]);
  expect((await analyst.client.send("GET", audit)).status).toBe(403);
  expect((await analyst.client.send("GET", address())).status).toBe(404);
  const other = await schedule(host);
  expect((await host.send("GET", `/api/meetings/${other.id}/reports/${instanceId}`)).status).toBe(404);
});

test("[AUD-2] the report says what was deleted when it ended: the chat, counted, or that nothing was stored", async () => {
  await expect.poll(async () => (await read()).erased?.messages).toBe(1);
  const quiet = await schedule(host);
  const alone = await follow(host, quiet);
  await host.ok("POST", `/api/m/${quiet.link}/end`);
  await alone.stream.close();
  const [row] = await listOf(quiet);
  const path = `/api/meetings/${quiet.id}/reports/${row?.instanceId}`;
  const erased = async () => (await host.ok<MeetingReport>("GET", path)).erased;
  await expect.poll(erased).toMatchObject({ messages: 0 });
  expect((await erased())?.at).toBeGreaterThan(Date.now() - 3_600_000);
});

test("[AUD-2] the CSV runs nothing in a spreadsheet", async () => {
  const { body } = await host.send("GET", `${address()}/people.csv`);
  const text = String(body);
  expect(text).toContain('"\'=HYPERLINK(1)"');
  expect(text).toMatch(/"大庭".*"refused"/u);
});

test("[AUD-2] [BAR-14] by today's walls nobody reads of whom they must not know", async () => {
  await layDown(product, [
    barriersOn,
    ...group("rest", hostId),
    ...group("research", analyst.me.id),
    policy("rest", "research", ["meeting"]),
  ]);
  const report = JSON.stringify(await read());
  expect(report).not.toContain(analyst.me.displayName);
  expect(report).not.toMatch(/barrier_/u);
  expect(report).toContain("=HYPERLINK(1)");
});
