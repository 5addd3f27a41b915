/** Information barriers on real pages and a real SFU: what stops, for whom, and how soon (BAR-4, BAR-5). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { barriersOn, group, layDown, policy } from "../packages/testkit/src/barrier-versions.ts";
import { colleague, type Colleague } from "../packages/testkit/src/colleagues.ts";
import { schedule, type TestMeeting } from "../packages/testkit/src/meetings.ts";
import { startProduct, type Product } from "../packages/testkit/src/product.ts";
import { makeStubborn, packetsSeen, stopWatching, watchPackets } from "./in-page.ts";
import { address, inRoom, person, pictureFlows, signInOwner, type Person } from "./people.ts";

const rounds = 30;

let product: Product;
let meeting: TestMeeting;
let host: Person;
let analyst: Person;
let banker: Person;
let hostId: string;
let research: Colleague;
let banking: Colleague;

beforeAll(async () => {
  product = await startProduct();
  const owner = await product.setUp();
  hostId = (await owner.ok<{ id: string }>("GET", "/api/me")).id;
  research = await colleague(product, owner);
  banking = await colleague(product, owner);
  await layDown(product, walls([]));
  meeting = await schedule(owner, {
    muteOnEntry: false,
    waitingRoom: false,
    passcodeRequired: false,
    whoMayJoin: "signedIn",
  });
  [host, analyst, banker] = await Promise.all([person(), person(), person()]);
  await signInOwner(host, product);
  await signedIn(analyst, research);
  await signedIn(banker, banking);
  await makeStubborn(analyst.page);
  await host.page.goto(address(product, meeting));
  await host.page.getByRole("button", { name: "会議を始める" }).click();
  await inRoom(host.page);
});

afterAll(async () => {
  await Promise.all([host, analyst, banker].map((one) => one?.[Symbol.asyncDispose]()));
  await product?.[Symbol.asyncDispose]();
});

function walls(hard: readonly "meeting"[], soft: readonly "screen_share"[] = []) {
  return [
    barriersOn,
    ...group("hosts", hostId),
    ...group("research", research.me.id),
    ...group("banking", banking.me.id),
    policy("hosts", "research", hard),
    policy("research", "banking", soft),
  ];
}

/** By the page's own route; the form has journeys of its own. */
async function signedIn({ page }: Person, { me, password }: Colleague): Promise<void> {
  await page.goto(product.origin);
  const status = await page.evaluate(
    async (body) => {
      const headers = { "content-type": "application/json" };
      return (await fetch("/api/sign-in", { method: "POST", headers, body: JSON.stringify(body) })).status;
    },
    { email: me.email, password },
  );
  expect(status).toBe(200);
}

async function enter({ page }: Person): Promise<void> {
  await page.goto(address(product, meeting));
  await page.getByRole("button", { name: "入室を申請する" }).click();
  await inRoom(page);
}

test("[BAR-5] [I19] a block is saved: the last packet of the one who goes is at the others within a second, 30 times", async () => {
  const late: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await layDown(product, walls([]));
    await enter(analyst);
    await pictureFlows(host);
    await watchPackets(host.page);
    await layDown(product, walls(["meeting"]));
    const committedAt = Date.now();
    await analyst.page.getByRole("heading", { name: "会議から退室しました" }).waitFor();
    await host.page.waitForFunction((from) => Date.now() - from > 1500, committedAt);
    const { lastAt } = await packetsSeen(host.page);
    await stopWatching(host.page);
    late.push(Math.round(lastAt - committedAt));
  }
  expect(Math.max(...late)).toBeLessThan(1000);
});

test("[BAR-4] [I6] a share that runs has ended before the first packet of the one who causes it arrives", async () => {
  await layDown(product, walls([], ["screen_share"]));
  await enter(analyst);
  await pictureFlows(host);
  await host.page.getByRole("button", { name: "画面共有" }).click();
  await host.page.getByRole("button", { name: "共有するものを選ぶ" }).click();
  await analyst.page.getByRole("article", { name: /画面/u }).waitFor();
  await enter(banker);
  await pictureFlows(banker);
  expect(await banker.page.getByRole("article", { name: /画面/u }).count()).toBe(0);
  await analyst.page.getByRole("article", { name: /画面/u }).waitFor({ state: "detached" });
  await host.page.getByText("画面共有を終了しました。組織のポリシーにより、いまは使えません。").waitFor();
});
