/**
 * Two worlds that differ only in what a walled-off person does. Whoever is on the other side receives the same bytes in
 * both, once what is random in any case has been renamed (BAR-14, I26): bodies, headers, the order and the size of what
 * the streams carry. It finds channels that nobody has thought of.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { barriersOn, group, layDown, policy } from "../../../../../packages/testkit/src/barrier-versions.ts";
import { colleague, type Colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import { startProduct, type Client, type Product } from "../../../../../packages/testkit/src/index.ts";
import {
  admit,
  ask,
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
let observer: Colleague;
let blocked: Colleague;

beforeAll(async () => {
  product = await startProduct({ page: false });
  host = await product.setUp();
  hostId = (await host.ok<{ id: string }>("GET", "/api/me")).id;
  observer = await colleague(product, host);
  blocked = await colleague(product, host);
  await layDown(product, [
    barriersOn,
    ...group("rest", hostId),
    ...group("left", observer.me.id),
    ...group("right", blocked.me.id),
    policy("left", "right", ["meeting", "in_meeting_chat", "screen_share", "im"]),
  ]);
}, 300_000);
afterAll(() => product?.[Symbol.asyncDispose]());

type Act = (meeting: TestMeeting) => Promise<unknown>;
type Scene = {
  readonly beforeEntry: Act;
  readonly whileWaiting: Act;
  readonly whileInside: Act;
  readonly atTheEnd: Act;
};

const nothing: Act = async () => undefined;
const idle: Scene = { beforeEntry: nothing, whileWaiting: nothing, whileInside: nothing, atTheEnd: nothing };

/** Everything that the walled-off person can reach, tried all at once. */
const busy: Act = async (meeting) => {
  const { client } = blocked;
  const link = `/api/m/${meeting.link}`;
  await client.send("GET", link);
  await ask(client, meeting);
  await ask(client, meeting, { passcode: "WRONG-PASS-CODE" });
  await client.send("POST", `${link}/ticket`);
  await client.send("POST", `${link}/messages`, {
    to: "everyone",
    toId: null,
    text: "…",
    clientId: "x".repeat(22),
  });
  await client.send("POST", `${link}/reactions`, { reaction: "clap" });
  await client.send("GET", `/api/meetings/${meeting.id}`);
  await client.send("GET", "/api/people?q=%E5%90%8C%E5%83%9A");
};

/** What the observer received: bodies, statuses and headers of answers, and every message of the stream, in order. */
async function world(scene: Scene): Promise<readonly string[]> {
  const meeting = await schedule(host);
  const seen: string[] = [];
  const look = async (client: Client, path: string) => {
    const answer = await client.send("GET", path);
    seen.push(`${path} ${answer.status} ${JSON.stringify(answer.body)}`);
  };
  await asked(host, meeting);
  await scene.beforeEntry(meeting);
  await look(observer.client, `/api/m/${meeting.link}`);
  const inside = await follow(observer.client, meeting);
  await scene.whileWaiting(meeting);
  await admit(host, meeting, { id: inside.admissionId });
  await until(inside, "admitted");
  await inside.room();
  await scene.whileInside(meeting);
  await look(observer.client, `/api/m/${meeting.link}`);
  await look(observer.client, `/api/m/${meeting.link}/messages`);
  await look(observer.client, `/api/meetings/${meeting.id}`);
  await look(observer.client, "/api/people?q=");
  await host.send("POST", `/api/m/${meeting.link}/lock`, { locked: true });
  await inside.stream.untilAny((message) => message.type === "patch" && message.meta?.locked !== null);
  await scene.atTheEnd(meeting);
  await host.send("POST", `/api/m/${meeting.link}/end`);
  await until(inside, "ended");
  await inside.stream.close();
  const messages = inside.stream.messages.filter((message) => message.type !== "alive");
  return canonical([...seen, ...messages.map((message) => JSON.stringify(message))]);
}

/** Random names and clocks: numbered in the order in which they are first seen. */
function canonical(lines: readonly string[]): readonly string[] {
  const names = new Map<string, string>();
  const nameOf = (value: string, kind: string) => {
    const known = names.get(value) ?? `${kind}${names.size}`;
    names.set(value, known);
    return known;
  };
  return lines.map((line) =>
    line
      .replaceAll(/"seq":\d+/gu, '"seq":n')
      .replaceAll(/\b1[0-9]{12}\b/gu, "t")
      .replaceAll(/[A-Za-z0-9_-]{20,64}/gu, (value) => nameOf(value, "id"))
      .replaceAll(/\b\d{10,11}\b/gu, (value) => nameOf(value, "number")),
  );
}

test("[BAR-14] what somebody walled off does at the link reaches nobody on the other side", async () => {
  const still = await world(idle);
  const moved = await world({
    beforeEntry: nothing,
    whileWaiting: nothing,
    whileInside: busy,
    atTheEnd: busy,
  });
  expect(moved).toEqual(still);
  expect(still.join("\n")).toContain(observer.me.displayName);
  expect(moved.join("\n")).not.toContain(blocked.me.displayName);
});

test("[BAR-14] [ADM-2] nor does having waited, and having been turned away when the other came in", async () => {
  const still = await world(idle);
  const moved = await world({ ...idle, beforeEntry: busy, whileWaiting: busy });
  expect(moved).toEqual(still);
});

test("[BAR-14] [BAR-3] every refusal by the organisation is the same answer: denied, walled off, before and after", async () => {
  const meeting = await schedule(host);
  await asked(host, meeting);
  const first = await asked(observer.client, meeting);
  await admit(host, meeting, { id: idOf(first) });
  const walled = await ask(blocked.client, meeting);
  const stranger = await colleague(product, host);
  await layDown(product, group("rest", hostId, stranger.me.id));
  const waiting = await asked(stranger.client, meeting);
  await host.ok("POST", `/api/m/${meeting.link}/deny`, {
    rows: [{ admissionId: idOf(waiting), revision: 1 }],
  });
  const denied = await ask(stranger.client, meeting);
  const shape = (answer: { status: number; body: unknown }) =>
    JSON.stringify(answer).replaceAll(/[A-Z0-9]{3}-[A-Z0-9]{4}/gu, "reference");
  expect(shape(walled)).toBe(shape(denied));
});
