/** The main job, on real parts: host, guest and outsider, each in a browser of their own. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { schedule, type TestMeeting } from "../packages/testkit/src/meetings.ts";
import { startProduct, type Product } from "../packages/testkit/src/product.ts";
import {
  address,
  admit,
  ask,
  inRoom,
  PATIENCE,
  person,
  pressWhenStill,
  received,
  signInOwner,
  type Person,
} from "./people.ts";

let product: Product;
let meeting: TestMeeting;
let host: Person;
let guest: Person;

const guestName = "大庭 修一郎";
const still = { timeout: PATIENCE };

beforeAll(async () => {
  product = await startProduct();
  meeting = await schedule(await product.setUp(), { muteOnEntry: false });
  host = await person();
  guest = await person();
});

afterAll(async () => {
  await host[Symbol.asyncDispose]();
  await guest[Symbol.asyncDispose]();
  await product[Symbol.asyncDispose]();
});

const heading = (who: Person, name: string) => who.page.getByRole("heading", { name }).waitFor();

test("[MTG-4] [ADM-6] a wrong passcode keeps what was typed and says nothing more", async () => {
  await guest.page.goto(address(product, meeting));
  await ask(guest.page, meeting, { passcode: "KH4T-9WRM-3X" });
  await guest.page
    .getByText("入室を申請できませんでした。リンクと会議パスコードを確かめてください。")
    .first()
    .waitFor();
  expect(await guest.page.getByLabel("氏名").inputValue()).toBe(guestName);
  expect(await guest.page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("passcode");
});

test("[ADM-3] whoever comes early waits, and goes on waiting when the host comes", async () => {
  await ask(guest.page, meeting);
  await heading(guest, "開始をお待ちください");
  await signInOwner(host, product);
  await host.page.goto(address(product, meeting));
  await host.page.getByRole("button", { name: "会議を始める" }).click();
  await inRoom(host.page);
  await heading(guest, "入室の許可を待っています");
});

test("[ADM-2] the waiting page holds no media library and shows nobody", async () => {
  const loaded = await guest.page.evaluate(() =>
    performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname),
  );
  expect(loaded.some((path) => path.startsWith("/sfu"))).toBe(false);
  expect(await guest.page.locator("main").textContent()).not.toContain("佐久間");
});

test("[ADM-4] the button with the name admits; picture and sound arrive on both sides", async () => {
  await admit(host.page, guestName);
  await inRoom(guest.page);
  for (const who of [host, guest]) {
    await expect.poll(async () => (await received(who.page)).frames, still).toBeGreaterThan(10);
    await expect.poll(async () => (await received(who.page)).sound, still).toBeGreaterThan(0);
  }
  await host.page
    .getByRole("article", { name: /大庭 修一郎/u })
    .getByText("未確認")
    .waitFor();
  await host.page.getByText("未確認 1 名").first().waitFor();
});

test("[ENC-6] the bar says which algorithms the media connection has negotiated", async () => {
  const bar = guest.page.getByRole("region", { name: "会議の状態" });
  await bar.getByRole("button", { name: /通信を暗号化/u }).click();
  await guest.page.getByText("SRTP AEAD_AES_256_GCM").waitFor(still);
  await guest.page.getByText("CRYPTREC", { exact: false }).first().waitFor(still);
  await guest.page.keyboard.press("Escape");
});

test("[SEC-6] the bar says on every screen that the meeting is locked", async () => {
  await host.page.keyboard.press("Alt+KeyS");
  await host.page.getByRole("switch", { name: "会議をロック" }).click();
  for (const who of [host, guest]) await who.page.getByRole("button", { name: "ロック中" }).first().waitFor();
  await host.page.getByRole("switch", { name: "会議をロック" }).click();
  for (const who of [host, guest])
    await who.page.getByRole("button", { name: "ロックしていません" }).waitFor();
});

test("[SEC-5] chat goes to everyone and to one person, and says to whom", async () => {
  await guest.page.getByRole("button", { name: "チャット" }).first().click();
  await guest.page.getByPlaceholder("全員に送る").fill("聞こえますか");
  await guest.page.keyboard.press("Enter");
  await host.page
    .getByRole("button", { name: /チャット/u })
    .first()
    .click();
  await host.page.getByRole("log").getByText("聞こえますか").waitFor();
  await host.page.getByLabel("宛先").selectOption({ label: "大庭 修一郎（常磐木製作所）" });
  await host.page.getByPlaceholder("大庭 修一郎さんだけに送る").fill("はい");
  await host.page.keyboard.press("Enter");
  await guest.page.getByRole("log").getByText("自分だけへ").waitFor();
});

test("[SEC-3] the host mutes; nobody is unmuted from afar, only asked", async () => {
  await host.page.getByRole("button", { name: "参加者" }).first().click();
  const row = host.page.getByRole("listitem").filter({ hasText: guestName });
  await row.getByRole("button").click();
  await host.page.getByRole("menuitem", { name: "ミュートする" }).click();
  await guest.page.getByText("主催者がマイクをミュートしました。").waitFor();
  await guest.page.getByRole("button", { name: /^マイク ?ミュート中/u }).waitFor();
  await row.getByRole("button").click();
  await host.page.getByRole("menuitem", { name: "ミュート解除を頼む" }).click();
  await guest.page.getByRole("button", { name: "オンにする" }).click();
  await guest.page.getByRole("button", { name: /^マイク ?オン/u }).waitFor();
});

test("[SEC-5] a raised hand and a reaction are seen by the others", async () => {
  await guest.page.getByRole("button", { name: "手を挙げる" }).click();
  await host.page.getByRole("article", { name: /大庭/u }).getByText("手を挙げています").waitFor();
  await guest.page.getByRole("button", { name: "その他" }).click();
  await guest.page.getByRole("button", { name: "拍手" }).click();
  await host.page.getByRole("img", { name: "拍手" }).waitFor();
});

test("[SEC-5] sharing says first what will be visible; the screen fills the others' stage", async () => {
  await guest.page.getByRole("button", { name: "画面共有" }).click();
  await guest.page.getByText("通知や別の窓も見えることがあります。").first().waitFor();
  await guest.page.getByRole("button", { name: "共有するものを選ぶ" }).click();
  await host.page.getByRole("article", { name: "大庭 修一郎さんの画面" }).waitFor();
  await guest.page.getByText("画面を共有しています。").waitFor();
  await guest.page.getByRole("button", { name: "共有を止める" }).first().click();
  await host.page.getByRole("article", { name: "大庭 修一郎さんの画面" }).waitFor({ state: "detached" });
});

test("[SEC-1] stop everything: nothing is sent any more, and only the host resumes, everybody muted", async () => {
  await host.page.keyboard.press("Alt+KeyS");
  await host.page.getByRole("button", { name: "すべて停止" }).click();
  await host.page.getByRole("dialog").getByRole("button", { name: "すべて停止" }).click();
  await guest.page.getByText("主催者が一時停止しました。").waitFor();
  await expect
    .poll(() => guest.page.getByRole("article", { name: /大庭/u }).locator("video").count(), still)
    .toBe(0);
  await host.page.getByRole("button", { name: "再開" }).first().click();
  await guest.page.getByText("主催者が一時停止しました。").waitFor({ state: "detached" });
  await guest.page.getByRole("button", { name: /^マイク ?ミュート中/u }).waitFor();
});

test("a reload comes back into the meeting, and Back asks first", async () => {
  await guest.page.reload();
  await inRoom(guest.page);
  await guest.page.goBack();
  await guest.page.getByRole("dialog", { name: "会議から退出しますか" }).waitFor();
  await guest.page.getByRole("button", { name: "会議に戻る" }).click();
  await expect.poll(async () => (await received(host.page)).frames, still).toBeGreaterThan(10);
});

test("[ADM-1] a second tab of the same browser asks before it takes the seat", async () => {
  const second = await guest.browser.context.newPage();
  second.setDefaultTimeout(PATIENCE);
  await second.goto(address(product, meeting));
  await second.getByRole("heading", { name: "ほかの端末で参加しています" }).waitFor();
  await second.getByRole("button", { name: "この端末に切り替える" }).click();
  await inRoom(second);
  await heading(guest, "ほかの端末で参加しています");
  await guest.page.getByRole("button", { name: "この端末に切り替える" }).click();
  await inRoom(guest.page);
  await second.getByRole("heading", { name: "ほかの端末で参加しています" }).waitFor();
  await second.close();
});

test("[ADM-7] [ADM-9] sent back: the room is forgotten and the waiting room says so", async () => {
  await host.page.getByRole("button", { name: "参加者" }).first().click();
  await host.page.getByRole("listitem").filter({ hasText: guestName }).getByRole("button").click();
  await host.page.getByRole("menuitem", { name: "待機室に戻す" }).click();
  await heading(guest, "待機室に戻りました");
  // Stopping everything has locked the meeting, and resuming did not open it.
  await pressWhenStill(host.page, `${guestName}さんを確認する`);
  await host.page.getByRole("button", { name: "ロックを解除して確認する" }).click();
  await pressWhenStill(host.page, `${guestName}さんの入室を許可`);
  await inRoom(guest.page);
});

test("[ADM-8] removed: the page says it, and no way back in leads anywhere", async () => {
  await host.page.getByRole("listitem").filter({ hasText: guestName }).getByRole("button").click();
  await host.page.getByRole("menuitem", { name: "強制退室…" }).click();
  const dialog = host.page.getByRole("dialog", { name: `${guestName}さんを強制退室させますか` });
  expect(
    await dialog.evaluate(
      (element) => element.contains(document.activeElement) && document.activeElement?.textContent,
    ),
  ).toBe("キャンセル");
  await dialog.getByRole("button", { name: "強制退室させる" }).click();
  await heading(guest, "会議から退室しました");
  await guest.page.getByText(/^[0-9A-Z]{3}-[0-9A-Z]{4}$/u).waitFor();
  await guest.page.reload();
  await heading(guest, "会議から退室しました");
  const tab = await guest.browser.context.newPage();
  await tab.goto(address(product, meeting));
  await tab.getByRole("heading", { name: "会議から退室しました" }).waitFor();
  await tab.close();
});

test("[ADM-8] a stranger with link and passcode is refused until the host takes requests again", async () => {
  await using stranger = await person();
  await stranger.page.goto(address(product, meeting));
  await ask(stranger.page, meeting, { name: "見知らぬ 人" });
  await heading(stranger, "この会議には参加できません");
  await host.page.getByText("この招待リンクからの新しい申請を止めています").waitFor();
  await host.page.getByRole("button", { name: "申請をもう一度受け付ける" }).click();
  await stranger.page.goto(address(product, meeting));
  await ask(stranger.page, meeting, { name: "工藤 彩" });
  await heading(stranger, "入室の許可を待っています");
  await stranger.page.getByRole("button", { name: "取りやめる" }).click();
  await heading(stranger, "申請を取りやめました");
});

test("ending it for everyone ends it for the host too, and nothing broke on the way", async () => {
  await host.page.getByRole("button", { name: "終了する" }).click();
  await host.page.getByRole("menuitem", { name: "全員の会議を終了する" }).click();
  await heading(host, "会議は終了しました");
  expect(host.broken).toEqual([]);
  expect(guest.broken).toEqual([]);
});
