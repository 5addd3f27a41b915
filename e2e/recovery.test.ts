/** What the line and the engine do to people who are in the meeting, and how the page comes back by itself. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { schedule, type TestMeeting } from "../packages/testkit/src/meetings.ts";
import { startProduct, type Product } from "../packages/testkit/src/product.ts";
import { address, admit, ask, inRoom, person, received, signInOwner, type Person } from "./people.ts";

let product: Product;
let meeting: TestMeeting;
let host: Person;
let guest: Person;

const long = { timeout: 60_000 };

beforeAll(async () => {
  product = await startProduct();
  meeting = await schedule(await product.setUp(), { muteOnEntry: false });
  host = await person();
  guest = await person();
  await signInOwner(host, product);
  await host.page.goto(address(product, meeting));
  await host.page.getByRole("button", { name: "会議を始める" }).click();
  await inRoom(host.page);
  await guest.page.goto(address(product, meeting));
  await ask(guest.page, meeting);
  await admit(host.page, "大庭 修一郎");
  await inRoom(guest.page);
});

afterAll(async () => {
  await host[Symbol.asyncDispose]();
  await guest[Symbol.asyncDispose]();
  await product[Symbol.asyncDispose]();
});

test("the media engine dies: picture and sound come back by themselves, on connections made anew", async () => {
  for (const who of [host, guest])
    await expect.poll(async () => (await received(who.page)).frames, long).toBeGreaterThan(10);
  const before = await Promise.all([host, guest].map(async (who) => (await received(who.page)).connections));
  process.kill(product.livekit.pid, "SIGKILL");
  for (const [at, who] of [host, guest].entries()) {
    await expect
      .poll(async () => (await received(who.page)).connections, long)
      .toBeGreaterThan(before[at] ?? 0);
    await expect.poll(async () => (await received(who.page)).frames, long).toBeGreaterThan(20);
    await expect.poll(async () => (await received(who.page)).sound, long).toBeGreaterThan(0);
  }
  expect(product.livekit.restarts).toBe(1);
});

test("[ADM-1] the seat is kept through it: nobody asked again, and nothing is said of it any more", async () => {
  for (const who of [host, guest]) {
    await who.page.getByText("つなぎ直しています…").waitFor({ state: "detached" });
    await who.page
      .getByRole("article", { name: /大庭 修一郎/u })
      .locator("video")
      .waitFor();
  }
  expect(await host.page.getByRole("button", { name: /さんを確認する$/u }).count()).toBe(0);
});
