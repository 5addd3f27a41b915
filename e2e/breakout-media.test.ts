/** Breakout rooms on real pages and a real SFU: who receives whom, and what a page that does not obey gets (SEC-4). */
import type { StreamMessage } from "@sekisho/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { schedule, type TestMeeting } from "../packages/testkit/src/meetings.ts";
import { startProduct, type Product } from "../packages/testkit/src/product.ts";
import { command, makeStubborn, packetsSeen, watchPackets } from "./in-page.ts";
import {
  address,
  ask,
  inRoom,
  PATIENCE,
  person,
  signInOwner,
  type Page,
  type Person,
  flows,
} from "./people.ts";

let product: Product;
let meeting: TestMeeting;
let host: Person;
let honest: Person;
/** Keeps its connections and devices whatever its own scripts say. */
let stubborn: Person;
let rooms: readonly string[];
const ids = new Map<string, string>();

beforeAll(async () => {
  product = await startProduct();
  const change = { muteOnEntry: false, waitingRoom: false } as const;
  meeting = await schedule(await product.setUp(), change);
  host = await person();
  honest = await person();
  stubborn = await person();
  await makeStubborn(stubborn.page);
  await signInOwner(host, product);
  await host.page.goto(address(product, meeting));
  await host.page.getByRole("button", { name: "会議を始める" }).click();
  await inRoom(host.page);
  for (const [who, name] of [
    [honest, "大庭 修一郎"],
    [stubborn, "桐生 真帆"],
  ] as const) {
    await who.page.goto(address(product, meeting));
    await ask(who.page, meeting, { name });
    await inRoom(who.page);
  }
});

afterAll(async () => {
  await Promise.all([host, honest, stubborn].map((one) => one?.[Symbol.asyncDispose]()));
  await product?.[Symbol.asyncDispose]();
});

/** As the page of this person would send it. Answers when it had its answer, ms since 1970 UTC. */
async function does({ page }: Person, path: string, body?: unknown): Promise<number> {
  const sent = await command(page, `/api/m/${meeting.link}/${path}`, body);
  expect([path, sent.status, sent.body]).toEqual([path, 200, '{"ok":true}']);
  return sent.answeredAt;
}

type Room = Extract<StreamMessage, { type: "room" }>;

/** The room as a page of this person is told it at this moment. */
function told(page: Page): Promise<Room> {
  return page.evaluate(
    (url) =>
      new Promise<Room>((resolve) => {
        const source = new EventSource(url);
        source.addEventListener("message", ({ data }) => {
          const message: StreamMessage = JSON.parse(String(data));
          if (message.type !== "room") return;
          source.close();
          resolve(message);
        });
      }),
    `/api/m/${meeting.link}/stream`,
  );
}

const put = (name: string, breakoutId: string | null) =>
  does(host, "breakouts/assignments", { assignments: [{ admissionId: ids.get(name), breakoutId }] });

/** The last packet that this page received, from a look that began `ms` ago: nothing since. */
async function silentFor({ page }: Person, ms: number): Promise<void> {
  await expect
    .poll(async () => Date.now() - (await packetsSeen(page)).lastAt, { timeout: PATIENCE })
    .toBeGreaterThan(ms);
}

test("[SEC-4] in rooms of their own nobody receives a packet of another, whatever the page keeps open", async () => {
  for (const who of [host, honest, stubborn]) await flows(who);
  await does(host, "breakouts", {
    rooms: [
      { id: null, name: "松" },
      { id: null, name: "竹" },
    ],
    choose: false,
    mayReturn: true,
  });
  const { meta, people } = await told(host.page);
  rooms = (meta.breakouts?.rooms ?? []).map((room) => room.id);
  for (const one of people) ids.set(one.displayName, one.id);
  await does(host, "breakouts/assignments", {
    assignments: [
      { admissionId: ids.get("大庭 修一郎"), breakoutId: rooms[0] },
      { admissionId: ids.get("桐生 真帆"), breakoutId: rooms[1] },
    ],
  });
  for (const who of [host, honest, stubborn]) await watchPackets(who.page);
  const opened = await does(host, "breakouts/open", { minutes: null });
  for (const who of [host, honest, stubborn]) await silentFor(who, 3000);
  const last = await Promise.all(
    [host, honest, stubborn].map(async ({ page }) => Math.round((await packetsSeen(page)).lastAt - opened)),
  );
  expect(Math.max(...last), `ms: ${last.join(" ")}`).toBeLessThan(1000);
});

test("[SEC-4] whoever comes into a room is seen and heard there, and nowhere else", async () => {
  await does(host, "breakouts/go", { breakoutId: rooms[0] });
  await Promise.all([flows(host), flows(honest)]);
  await silentFor(stubborn, 2000);
  await put("大庭 修一郎", rooms[1] ?? null);
  await Promise.all([flows(honest), flows(stubborn)]);
  await silentFor(host, 2000);
});

test("[SEC-4] [ADM-8] a removal in a room stops media to and from that person in under a second", async () => {
  const removed = await does(host, `participants/${ids.get("桐生 真帆")}/remove`, { report: false });
  await Promise.all([silentFor(honest, 3000), silentFor(stubborn, 3000)]);
  const last = await Promise.all(
    [honest, stubborn].map(async ({ page }) => Math.round((await packetsSeen(page)).lastAt - removed)),
  );
  expect(Math.max(...last), `ms: ${last.join(" ")}`).toBeLessThan(1000);
});

test("[SEC-4] when all are brought back, picture and sound are back in the main room", async () => {
  await does(host, "breakouts/close", { atOnce: true });
  await Promise.all([flows(host), flows(honest)]);
  const { people } = await told(honest.page);
  const shown = Object.fromEntries(people.map((one) => [one.displayName, [one.breakoutId, one.connected]]));
  expect(shown).toEqual({ "佐久間 里奈": [null, true], "大庭 修一郎": [null, true] });
});
