/** Breakout rooms as people use them (SEC-4): a host and two guests, each with a browser, doing only what the pages offer. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { schedule, type TestMeeting } from "../packages/testkit/src/meetings.ts";
import { startProduct, type Product } from "../packages/testkit/src/product.ts";
import { packetsSeen, watchPackets } from "./in-page.ts";
import {
  address,
  ask,
  inRoom,
  PATIENCE,
  person,
  received,
  signInOwner,
  type Page,
  type Person,
  flows,
} from "./people.ts";

let product: Product;
let meeting: TestMeeting;
let host: Person;
let first: Person;
let second: Person;

const names = { first: "大庭 修一郎", second: "桐生 真帆" } as const;

beforeAll(async () => {
  product = await startProduct();
  const change = { muteOnEntry: false, waitingRoom: false } as const;
  meeting = await schedule(await product.setUp(), change);
  host = await person();
  first = await person();
  second = await person();
  for (const { page } of [first, second]) await countDevices(page);
  await signInOwner(host, product);
  await host.page.goto(address(product, meeting));
  await host.page.getByRole("button", { name: "会議を始める" }).click();
  await inRoom(host.page);
  for (const [who, name] of [
    [first, names.first],
    [second, names.second],
  ] as const) {
    await who.page.goto(address(product, meeting));
    await ask(who.page, meeting, { name });
    await inRoom(who.page);
  }
});

afterAll(async () => {
  await Promise.all([host, first, second].map((one) => one?.[Symbol.asyncDispose]()));
  await product?.[Symbol.asyncDispose]();
});

/** How often the page has asked the browser for a device, and how many of those that it got have ended. */
async function countDevices(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const opened: MediaStreamTrack[] = [];
    Reflect.set(globalThis, "devicesOpened", opened);
    const { mediaDevices } = navigator;
    const native = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await native(constraints);
      opened.push(...stream.getTracks());
      return stream;
    };
  });
}

function devicesOf({ page }: Person): Promise<{ opened: number; ended: number }> {
  return page.evaluate(() => {
    const opened: unknown = Reflect.get(globalThis, "devicesOpened");
    const tracks = Array.isArray(opened) ? opened : [];
    return {
      opened: tracks.length,
      ended: tracks.filter((one) => one instanceof MediaStreamTrack && one.readyState === "ended").length,
    };
  });
}

/** Nothing has arrived on any connection of the page for so long. */
async function silentFor({ page }: Person, ms: number): Promise<void> {
  await expect
    .poll(async () => Date.now() - (await packetsSeen(page)).lastAt, { timeout: PATIENCE })
    .toBeGreaterThan(ms);
}

const strip = ({ page }: Person) => page.getByRole("region", { name: "ブレイクアウトルーム" });
const isIn = (who: Person, room: string) => strip(who).getByText(room).first().waitFor();
const tile = ({ page }: Person, name: string) => page.getByRole("article", { name: new RegExp(name, "u") });

async function manage({ page }: Person): Promise<void> {
  await page.getByRole("button", { name: "その他" }).click();
  await page.getByRole("button", { name: "ブレイクアウトルーム" }).click();
}

/** By Tab alone, until the focus stands on the button of this name. */
async function goTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(
      () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
    );
    if (at === name) return;
  }
  throw new Error(`no way by Tab to ${name}`);
}

const dialog = () => host.page.getByRole("dialog", { name: "ブレイクアウトルーム" });

test("[SEC-4] two rooms are made, everybody but the host is divided evenly, and opening moves them", async () => {
  for (const who of [host, first, second]) await flows(who);
  await first.page.getByRole("button", { name: /^マイク ?オン/u }).click();
  await first.page.getByRole("button", { name: /^マイク ?ミュート中/u }).waitFor();
  await manage(host);
  await dialog().getByRole("button", { name: "ルームを作る" }).click();
  await dialog().getByRole("radio", { name: "均等に分ける" }).click();
  await dialog().getByRole("region", { name: "ルーム 1、1 名" }).getByText(names.first).waitFor();
  await dialog().getByRole("region", { name: "ルーム 2、1 名" }).getByText(names.second).waitFor();
  for (const who of [first, second]) expect(await strip(who).count()).toBe(0);
  for (const who of [host, first, second]) await watchPackets(who.page);
  await dialog().getByRole("button", { name: "開く", exact: true }).click();
  await isIn(first, "ルーム 1");
  await isIn(second, "ルーム 2");
  await host.page.getByText("ここには、ほかにだれもいません。").waitFor();
});

test("[SEC-4] in the rooms nobody sees or hears another room, and the devices stayed as they were", async () => {
  for (const who of [host, first, second]) await silentFor(who, 3000);
  expect(await tile(first, names.second).count()).toBe(0);
  expect(await tile(second, names.first).count()).toBe(0);
  await first.page.getByRole("button", { name: /^マイク ?ミュート中/u }).waitFor();
  await second.page.getByRole("button", { name: /^マイク ?オン/u }).waitFor();
  for (const who of [first, second]) expect(await devicesOf(who)).toEqual({ opened: 2, ended: 0 });
});

test("[SEC-4] a host visits a room: picture and sound there, and nothing of it in the other", async () => {
  await manage(host);
  await dialog().getByRole("button", { name: "ルーム 1 に入る" }).click();
  await isIn(host, "ルーム 1");
  await Promise.all([flows(first), tile(host, names.first).waitFor()]);
  await silentFor(second, 2000);
  // Muted is muted in the next room too: frames come, sound does not.
  const before = await received(host.page);
  await expect
    .poll(async () => (await received(host.page)).frames, { timeout: PATIENCE })
    .toBeGreaterThan(before.frames + 5);
  expect((await received(host.page)).sound).toBe(before.sound);
  await first.page.getByRole("button", { name: /^マイク ?ミュート中/u }).click();
  await flows(host);
});

test("[SEC-4] a notice reaches every room; a call for help says where, and leads there", async () => {
  await strip(host).getByRole("button", { name: "お知らせを送る" }).click();
  const ask = host.page.getByRole("dialog", { name: "お知らせを送る" });
  await ask.getByLabel("お知らせ").fill("あと 5 分でまとめてください");
  await ask.getByRole("button", { name: "送る" }).click();
  for (const who of [first, second]) {
    await strip(who).getByText("佐久間 里奈さんからのお知らせ：あと 5 分でまとめてください").waitFor();
    await strip(who).getByRole("button", { name: "閉じる" }).click();
  }
  await strip(second).getByRole("button", { name: "主催者を呼ぶ" }).click();
  await strip(second).getByText("主催者を呼んでいます").waitFor();
  await strip(host).getByText(`${names.second}さんが呼んでいます（ルーム 2）`).waitFor();
  await strip(host).getByRole("button", { name: "行く" }).click();
  await isIn(host, "ルーム 2");
  await Promise.all([flows(host), flows(second)]);
  await strip(second).getByText("主催者を呼んでいます").waitFor({ state: "detached" });
  await silentFor(first, 2000);
});

test("[SEC-4] a reload in a room comes back into it", async () => {
  await second.page.reload();
  await inRoom(second.page);
  await isIn(second, "ルーム 2");
  await Promise.all([flows(host), flows(second)]);
});

test("[SEC-4] somebody is moved by the list beside the name, and goes back to the main meeting", async () => {
  await strip(host).getByRole("button", { name: "ルームを管理する" }).click();
  await dialog().getByLabel(`${names.first}さんのルーム`).selectOption({ label: "ルーム 2" });
  await isIn(first, "ルーム 2");
  await dialog().getByRole("button", { name: "閉じる" }).click();
  await tile(second, names.first).waitFor();
  await Promise.all([flows(first), flows(second)]);
  await strip(first).getByRole("button", { name: "全体に戻る" }).click();
  await strip(first).getByRole("button", { name: "ルーム 2 に入る" }).waitFor();
  await tile(second, names.first).waitFor({ state: "detached" });
  await strip(first).getByRole("button", { name: "ルーム 2 に入る" }).click();
  await tile(second, names.first).waitFor();
});

test("[SEC-4] bringing everyone back is counted down for all, can be taken back, and then all are together", async () => {
  await strip(host).getByRole("button", { name: "全員を戻す（60 秒）" }).click();
  for (const who of [host, first, second])
    await strip(who)
      .getByText(/あと 0:\d\dで、全員が全体に戻ります/u)
      .waitFor();
  await strip(host).getByRole("button", { name: "戻すのをやめる" }).click();
  await strip(first)
    .getByText(/全員が全体に戻ります/u)
    .waitFor({ state: "detached" });
  await strip(host).getByRole("button", { name: "ルームを管理する" }).click();
  await dialog().getByRole("button", { name: "すぐに全員を戻す" }).click();
  for (const who of [host, first, second]) await strip(who).waitFor({ state: "detached" });
  await Promise.all([host, first, second].map(flows));
  for (const name of Object.values(names)) await tile(host, name).waitFor();
  expect(await devicesOf(first)).toEqual({ opened: 2, ended: 0 });
});

test("[SEC-4] [ADM-8] rooms open again as they were, and a removal holds inside one", async () => {
  await manage(host);
  await dialog().getByRole("button", { name: "開く", exact: true }).click();
  await isIn(first, "ルーム 2");
  const people = host.page.getByRole("button", { name: "参加者" }).first();
  if ((await host.page.getByRole("tab", { name: "参加者" }).count()) === 0) await people.click();
  const row = host.page.getByRole("listitem").filter({ hasText: names.first });
  await row.getByText("ルーム 2").waitFor();
  await row.getByRole("button").click();
  await host.page.getByRole("menuitem", { name: "強制退室…" }).click();
  await host.page.getByRole("dialog").getByRole("button", { name: "強制退室させる" }).click();
  await first.page.getByRole("heading", { name: "会議から退室しました" }).waitFor();
  await tile(second, names.first).waitFor({ state: "detached" });
  expect(await second.page.getByRole("heading", { name: "会議から退室しました" }).count()).toBe(0);
});

test("[SEC-4] where people choose, a guest picks a room and comes back by keys alone", async () => {
  await strip(host).getByRole("button", { name: "ルームを管理する" }).click();
  await dialog().getByRole("button", { name: "すぐに全員を戻す" }).click();
  await strip(second).waitFor({ state: "detached" });
  await manage(host);
  await dialog().getByRole("radio", { name: "自分で選ぶ" }).click();
  await dialog().getByLabel(`${names.second}さんのルーム`).selectOption({ label: "未定" });
  await dialog().getByLabel("時間").selectOption({ label: "3 分" });
  await dialog().getByRole("region", { name: "ルーム 2、0 名" }).waitFor();
  await dialog().getByRole("button", { name: "開く", exact: true }).click();
  const { page } = second;
  await strip(second)
    .getByText(/^ルームを選べます・あと [23]:\d\d$/u)
    .waitFor();
  await goTo(page, "ルームを選ぶ");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "ルームを選ぶ" }).waitFor();
  await goTo(page, "ルーム 1 に入る");
  await page.keyboard.press("Enter");
  await isIn(second, "ルーム 1");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await goTo(page, "全体に戻る");
  await page.keyboard.press("Enter");
  await tile(second, "佐久間 里奈").waitFor();
  await Promise.all([flows(host), flows(second)]);
});

test("nothing broke on any page on the way", () => {
  for (const who of [host, first, second]) expect(who.broken).toEqual([]);
});
