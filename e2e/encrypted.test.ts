/** An end-to-end encrypted meeting on real pages, a real gate and a real SFU: what people do, see and hear (ENC-1 … ENC-7). */
import { command } from "./in-page.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { schedule, type TestMeeting } from "../packages/testkit/src/meetings.ts";
import { startProduct, type Product } from "../packages/testkit/src/product.ts";
import {
  address,
  ask,
  inRoom,
  PATIENCE,
  person,
  pressWhenStill,
  signInOwner,
  type Person,
  flows,
} from "./people.ts";

let product: Product;
let meeting: TestMeeting;
let host: Person;
let guest: Person;

const still = { timeout: PATIENCE };
const name = "大庭 修一郎";

beforeAll(async () => {
  product = await startProduct();
  const client = await product.setUp();
  const { id } = await client.ok<{ id: string }>("GET", "/api/me");
  meeting = await schedule(client, { muteOnEntry: false, encryption: "e2ee", verifier: id });
  [host, guest] = [await person(), await person()];
});

afterAll(async () => {
  await Promise.all([host, guest].map((one) => one?.[Symbol.asyncDispose]()));
  await product?.[Symbol.asyncDispose]();
});

async function openChat({ page }: Person): Promise<void> {
  await page.locator('[data-control="chat"]').click();
  await page.getByRole("log", { name: "メッセージ" }).waitFor();
}

async function write({ page }: Person, text: string): Promise<void> {
  await page.locator("textarea").fill(text);
  await page.getByRole("button", { name: "送る" }).click();
}

/** What the server answers to the person of this page. */
function answer({ page }: Person, path: string): Promise<string> {
  return page.evaluate(async (where) => (await fetch(where)).text(), path);
}

test("[ENC-1] [ENC-7] the host begins the keys and comes in", async () => {
  await signInOwner(host, product);
  await host.page.goto(address(product, meeting));
  await host.page.getByRole("button", { name: "会議を始める" }).click();
  await inRoom(host.page);
});

test("[ADM-13] [ENC-2] the verification call has keys of its own: both hear and see each other", async () => {
  await guest.page.goto(address(product, meeting));
  await ask(guest.page, meeting, { name });
  await pressWhenStill(host.page, `${name}さんを確認する`);
  await host.page.getByRole("button", { name: "確認通話を始める" }).click();
  await guest.page.getByRole("button", { name: "確認を受ける" }).click();
  await guest.page.getByRole("heading", { name: "本人確認の通話中" }).waitFor();
  await Promise.all([flows(host), flows(guest)]);
});

test("[ENC-2] [ENC-7] admitted, added to the keys, and in: picture and sound on both sides", async () => {
  const method = host.page.getByRole("radio", { name: "声と顔", exact: true });
  await expect.poll(() => method.getAttribute("aria-disabled"), still).toBeNull();
  await host.page.getByText("声と顔", { exact: true }).click();
  await pressWhenStill(host.page, `${name}さんの入室を許可`);
  await inRoom(guest.page);
  await Promise.all([flows(host), flows(guest)]);
});

const chatOf = ({ page }: Person) => page.getByRole("log", { name: "メッセージ" });

test("[ENC-5] chat is read by both, and the server keeps nothing that it could read", async () => {
  await openChat(guest);
  await openChat(host);
  await write(guest, "口座番号は 1234567 です");
  await expect.poll(() => chatOf(host).textContent(), still).toContain("口座番号は 1234567 です");
  await write(host, "確かめました");
  await expect.poll(() => chatOf(guest).textContent(), still).toContain("確かめました");
  const kept = await answer(host, `/api/m/${meeting.link}/messages`);
  expect(kept.split('"text":""').length - 1).toBe(2);
  expect(kept).not.toContain("1234567");
});

test("[ENC-5] text in clear is refused by the server", async () => {
  const sent = await command(host.page, `/api/m/${meeting.link}/messages`, {
    ...{ to: "everyone", toId: null, text: "clear" },
    clientId: "clear-clear-clear-clear",
  });
  expect([sent.status, sent.body]).toEqual([409, expect.stringContaining("not_with_e2ee")]);
});

test("[ENC-2] a page that is loaded anew comes back with keys of its own, and sees and hears again", async () => {
  await guest.page.reload();
  await inRoom(guest.page);
  await Promise.all([flows(host), flows(guest)]);
});

test("[ENC-2] the host's page too: alone in holding the right to add, it begins the keys anew", async () => {
  await host.page.reload();
  await inRoom(host.page);
  await Promise.all([flows(host), flows(guest)]);
});

test("[ENC-1] nobody's page broke on the way", () => {
  for (const { broken } of [host, guest]) expect(broken).toEqual([]);
});
