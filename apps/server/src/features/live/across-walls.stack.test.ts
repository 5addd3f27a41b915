/** What a fresh reader found of ways around and through a wall, each closed and kept as a test (BAR-4, BAR-8, BAR-14). */
import { emptyBarriers, type BarrierChange } from "@sekisho/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { barriersOn, group, layDown, policy } from "../../../../../packages/testkit/src/barrier-versions.ts";
import { colleague, type Colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import { startProduct, type Client, type Product } from "../../../../../packages/testkit/src/index.ts";
import {
  admit,
  asked,
  follow,
  idOf,
  schedule,
  until,
  type TestMeeting,
} from "../../../../../packages/testkit/src/meetings.ts";

let product: Product;
let host: Client;
let hostId: string;
let banker: Colleague;
let analyst: Colleague;

beforeAll(async () => {
  product = await startProduct({ page: false });
  host = await product.setUp();
  hostId = (await host.ok<{ id: string }>("GET", "/api/me")).id;
  banker = await colleague(product, host);
  analyst = await colleague(product, host);
}, 300_000);
afterAll(() => product?.[Symbol.asyncDispose]());

const off: BarrierChange = { type: "rules.put", rules: { ...emptyBarriers.rules, on: false } };

function walls(flags: Parameters<typeof policy>[2]): readonly BarrierChange[] {
  return [
    barriersOn,
    ...group("rest", hostId),
    ...group("bank", banker.me.id),
    ...group("research", analyst.me.id),
    policy("bank", "research", flags),
  ];
}

function say(client: Client, meeting: TestMeeting) {
  const clientId = crypto.randomUUID().replaceAll("-", "");
  const body = { to: "everyone", toId: null, text: "聞こえますか", clientId };
  return client.send("POST", `/api/m/${meeting.link}/messages`, body);
}

test("[BAR-8] a guest who sat in before barriers were switched on does not stay in", async () => {
  await layDown(product, [off]);
  const meeting = await schedule(host);
  const hosting = await follow(host, meeting);
  const guest = await follow(product.client(), meeting, { name: "だれか" });
  await admit(host, meeting, { id: guest.admissionId });
  await until(guest, "admitted");
  await layDown(product, walls(["meeting"]));
  await until(guest, "removed");
  expect((await say(guest.client, meeting)).status).toBe(403);
  await Promise.all([hosting, guest].map((one) => one.stream.close()));
});

test("[BAR-14] a co-host does not read the address of somebody whom a later wall keeps apart, and keeps it on the list", async () => {
  await layDown(product, walls([]));
  const { email, displayName } = analyst.me;
  const invitees = [{ name: displayName, organisation: "", email }];
  const meeting = await schedule(host, { coHosts: [banker.me.id], invitees });
  await layDown(product, walls(["meeting"]));
  const path = `/api/meetings/${meeting.id}`;
  const detail = await banker.client.ok<{ version: number; settings: object }>("GET", path);
  const calendar = await banker.client.send("GET", `${path}/calendar.ics`);
  const lists = await banker.client.send("GET", "/api/meetings");
  for (const seen of [detail, calendar, lists]) expect(JSON.stringify(seen)).not.toContain(email);
  const meetingChanged = { ...detail.settings, topic: "議題を変えました" };
  await banker.client.ok("PUT", path, { meeting: meetingChanged, version: detail.version });
  expect(JSON.stringify(await host.ok("GET", path))).toContain(email);
});

test("[BAR-14] names of people who were turned away are the host's alone", async () => {
  await layDown(product, walls(["meeting"]));
  const meeting = await schedule(host);
  const hosting = await follow(host, meeting);
  const denied = await asked(analyst.client, meeting);
  await host.ok("POST", `/api/m/${meeting.link}/deny`, {
    rows: [{ admissionId: idOf(denied), revision: 1 }],
  });
  const one = await follow(banker.client, meeting);
  await admit(host, meeting, { id: one.admissionId });
  await until(one, "admitted");
  await host.ok("POST", `/api/m/${meeting.link}/participants/${one.admissionId}/role`, { role: "coHost" });
  await one.stream.untilAny((message) => message.type === "room" && message.meta.role === "coHost");
  expect(JSON.stringify(one.stream.messages)).not.toContain(analyst.me.displayName);
  await Promise.all([hosting, one].map((each) => each.stream.close()));
});

test("[BAR-14] whoever was turned away by a wall cannot watch by looking who is inside", async () => {
  await layDown(product, walls(["meeting"]));
  const meeting = await schedule(host);
  const hosting = await follow(host, meeting);
  const waiting = await follow(analyst.client, meeting);
  const one = await follow(banker.client, meeting);
  await admit(host, meeting, { id: one.admissionId });
  await until(waiting, "refused");
  const look = async () =>
    JSON.stringify(
      (await analyst.client.ok<{ admission: unknown }>("GET", `/api/m/${meeting.link}`)).admission,
    );
  const inside = await look();
  await banker.client.ok("POST", `/api/m/${meeting.link}/leave`, { handTo: null });
  expect(await look()).toBe(inside);
  await Promise.all([hosting, waiting, one].map((each) => each.stream.close()));
});

test("[BAR-4] a message that was on its way when a soft block came is neither kept nor delivered", async () => {
  await layDown(product, walls(["in_meeting_chat"]));
  const meeting = await schedule(host);
  const hosting = await follow(host, meeting);
  const first = await follow(banker.client, meeting);
  await admit(host, meeting, { id: first.admissionId });
  await until(first, "admitted");
  for (let round = 0; round < 10; round += 1) {
    const later = await follow(analyst.client, meeting);
    const [, ...sent] = await Promise.all([
      admit(host, meeting, { id: later.admissionId }),
      ...Array.from({ length: 4 }, () => say(host, meeting)),
    ]);
    await until(later, "admitted");
    const found = await analyst.client.ok<{ messages: unknown[] }>("GET", `/api/m/${meeting.link}/messages`);
    expect(found.messages).toEqual([]);
    expect(later.stream.messages.some((message) => message.type === "chat")).toBe(false);
    for (const answer of sent) expect([200, 400, 403]).toContain(answer.status);
    await analyst.client.ok("POST", `/api/m/${meeting.link}/leave`, { handTo: null });
    await later.stream.close();
  }
  await Promise.all([hosting, first].map((each) => each.stream.close()));
});
