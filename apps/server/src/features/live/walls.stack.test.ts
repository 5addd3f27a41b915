/** Information barriers in meetings that run, over two server processes, with PostgreSQL and LiveKit (BAR-3 … BAR-5). */
import type { StreamMessage } from "@sekisho/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { barriersOn, group, layDown, policy } from "../../../../../packages/testkit/src/barrier-versions.ts";
import { colleague, type Colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import {
  startProduct,
  type Client,
  type Product,
  type ProductProcess,
} from "../../../../../packages/testkit/src/index.ts";
import {
  admit,
  ask,
  asked,
  follow,
  idOf,
  schedule,
  until,
  type Insider,
} from "../../../../../packages/testkit/src/meetings.ts";

import { openDatabase } from "../../platform/db/database.ts";
import { replayLog } from "../evidence/replay-log.ts";

let product: Product;
let second: ProductProcess;
let host: Client;
let hostId: string;
let banker: Colleague;
let analyst: Colleague;

beforeAll(async () => {
  product = await startProduct({ page: false });
  host = await product.setUp();
  hostId = (await host.ok<{ id: string }>("GET", "/api/me")).id;
  second = await product.startProcess();
  banker = await colleague(product, host);
  analyst = await colleague(product, host);
}, 300_000);
afterAll(() => product?.[Symbol.asyncDispose]());

const walled = ["meeting"] as const;
const soft = ["in_meeting_chat", "screen_share"] as const;

function bank(flags: readonly ("meeting" | (typeof soft)[number])[]) {
  return [
    barriersOn,
    ...group("rest", hostId),
    ...group("banking", banker.me.id),
    ...group("research", analyst.me.id),
    policy("banking", "research", flags),
  ];
}

type Patch = Extract<StreamMessage, { type: "patch" }>;

function rights(insider: Insider, chat: string) {
  return insider.stream.until(
    (message): message is Patch => message.type === "patch" && message.meta?.rights.chat.value === chat,
  );
}

test("[BAR-5] [OPS-4] a new policy removes the later one at another process, and the rest see an ordinary leave", async () => {
  await layDown(product, bank([]));
  const meeting = await schedule(host);
  const hosting = await follow(host, meeting);
  const first = await follow(banker.client, meeting);
  const later = await follow(analyst.client.at(second.origin), meeting);
  await admit(host, meeting, { id: first.admissionId }, { id: later.admissionId });
  await Promise.all([until(first, "admitted"), until(later, "admitted")]);
  await layDown(product, bank(walled));
  await until(later, "removed");
  const gone = await hosting.stream.until(
    (message): message is Patch =>
      message.type === "patch" && message.people.gone.includes(later.admissionId),
  );
  expect(JSON.stringify(gone)).not.toMatch(/barrier|policy/u);
  const again = await ask(analyst.client, meeting);
  expect(again).toMatchObject({ status: 403, body: { code: "entry_refused" } });
  await layDown(product, bank([]));
  expect((await ask(analyst.client, meeting)).status).toBe(200);
  await Promise.all([hosting, first, later].map((one) => one.stream.close()));
});

test("[BAR-4] a soft block is told to everybody as off, fixed by a barrier, and lifts when they are apart", async () => {
  await layDown(product, bank(soft));
  const meeting = await schedule(host);
  const hosting = await follow(host, meeting);
  const first = await follow(banker.client, meeting);
  await admit(host, meeting, { id: first.admissionId });
  await until(first, "admitted");
  const link = `/api/m/${meeting.link}`;
  const say = (client: Client) =>
    client.send("POST", `${link}/messages`, {
      to: "everyone",
      toId: null,
      text: "よろしくお願いします",
      clientId: crypto.randomUUID().replaceAll("-", ""),
    });
  expect((await say(host)).status).toBe(200);
  const later = await follow(analyst.client.at(second.origin), meeting);
  await admit(host, meeting, { id: later.admissionId });
  await until(later, "admitted");
  const told = await rights(hosting, "nobody");
  expect(told.meta?.rights.screenShare).toMatchObject({ value: "nobody", fixedBy: ["barrier"] });
  expect(told.meta?.capabilities).not.toContain("media.screenShare");
  for (const client of [host, banker.client, analyst.client]) expect((await say(client)).status).toBe(403);
  await analyst.client.ok("POST", `${link}/leave`, { handTo: null });
  await rights(hosting, "everyone");
  expect((await say(host)).status).toBe(200);
  await Promise.all([hosting, first, later].map((one) => one.stream.close()));
});

test("[BAR-3] [BAR-5] an edit while somebody waits: the row goes, the page says what every refusal says", async () => {
  await layDown(product, bank([]));
  const meeting = await schedule(host);
  const hosting = await follow(host, meeting);
  const inside = await follow(banker.client, meeting);
  await admit(host, meeting, { id: inside.admissionId });
  const waiting = await follow(analyst.client, meeting);
  await layDown(product, bank(walled));
  await until(waiting, "refused");
  await hosting.stream.untilAny(
    (message) => message.type === "patch" && message.lobby.gone.some((row) => row.id === waiting.admissionId),
  );
  await Promise.all([hosting, inside, waiting].map((one) => one.stream.close()));
});

test("[BAR-3] [ADM-5] two blocked people admitted at one instant through two processes, 1000 times: never both", async () => {
  await layDown(product, bank(walled));
  const meeting = await schedule(host);
  await asked(host, meeting);
  const other = host.at(second.origin);
  const link = `/api/m/${meeting.link}`;
  let both = 0;
  let none = 0;
  const won = { banker: 0, analyst: 0 };
  for (let round = 0; round < 1000; round += 1) {
    const rows = await Promise.all([asked(banker.client, meeting), asked(analyst.client, meeting)]);
    const [a, b] = rows.map((view) => ({ id: idOf(view), revision: 1 }));
    if (a === undefined || b === undefined) throw new Error("nobody asked");
    const answers = await Promise.all(
      round % 2 === 0
        ? [admit(host, meeting, a), admit(other, meeting, b)]
        : [admit(other, meeting, a), admit(host, meeting, b)],
    );
    const inside = answers.map((answer) => answer.status === 200);
    if (inside[0] && inside[1]) both += 1;
    if (!inside[0] && !inside[1]) none += 1;
    if (inside[0]) won.banker += 1;
    if (inside[1]) won.analyst += 1;
    const winner = inside[0] ? banker.client : analyst.client;
    await winner.send("POST", `${link}/leave`, { handTo: null });
  }
  expect({ both, none, rounds: won.banker + won.analyst }).toEqual({ both: 0, none: 0, rounds: 1000 });
}, 300_000);

test("[BAR-15] the log alone makes every decision of these tests again", async () => {
  const database = openDatabase(product.database.adminConnectionString, () => undefined, 2);
  try {
    const replay = await replayLog(database.db);
    expect(replay.problems).toEqual([]);
    expect(replay.decisions).toBeGreaterThan(3000);
  } finally {
    await database.close();
  }
});
