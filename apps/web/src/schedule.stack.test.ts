/** The form that makes a meeting, in a real browser of several sizes against the whole product. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type TestBrowser } from "../../../packages/testkit/src/browser.ts";
import { owner, startProduct, type Product } from "../../../packages/testkit/src/product.ts";

type Page = Awaited<ReturnType<TestBrowser["context"]["newPage"]>>;

let product: Product;
let browser: TestBrowser;
let page: Page;
const broken: string[] = [];

beforeAll(async () => {
  product = await startProduct();
  await product.setUp();
  browser = await launchBrowser({
    context: { locale: "ja-JP", timezoneId: "Asia/Tokyo", reducedMotion: "reduce" },
  });
  page = await browser.context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => broken.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("status of 4")) broken.push(message.text());
  });
  await page.goto(`${product.origin}/signin`);
  await page.getByLabel("メールアドレス").fill(owner.email);
  await page.getByLabel("パスワード").fill(owner.password);
  await page.getByLabel("パスワード").press("Enter");
  await page.getByText("予定はありません").waitFor();
});

afterAll(async () => {
  await browser.stop();
  await product[Symbol.asyncDispose]();
});

const button = (name: string) => page.getByRole("button", { name, exact: true });
const field = (name: string) => page.getByLabel(name, { exact: true });

async function newMeeting(topic: string): Promise<void> {
  await page.goto(`${product.origin}/meetings/new`);
  await page.getByRole("radio", { name: /中/u }).first().check();
  await field("サーバーで万が一復号されるリスクを許容します").check();
  await field("トピック").fill(topic);
}

test("[MTG-1] somebody from outside is added in a dialog of the form, stays in it, and is saved", async () => {
  await newMeeting("融資条件のご説明");
  await button("組織外の人を加える").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("氏名").fill("大庭 修一郎");
  await dialog.getByLabel("所属").fill("大庭設計");
  await dialog.getByLabel(/^メールアドレス/u).fill("oba@example.com");
  await dialog.getByRole("button", { name: "加える" }).click();
  await dialog.waitFor({ state: "detached" });
  const chosen = page.getByRole("list", { name: "招待する人の一覧" });
  expect(await chosen.textContent()).toContain("大庭 修一郎");
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe("/meetings/new");
  expect(await field("トピック").inputValue()).toBe("融資条件のご説明");
  // Whoever makes the meeting verifies, until somebody else is named.
  const verifier = page.getByRole("list", { name: "選んだ確認担当者" });
  expect(await verifier.textContent()).toContain(owner.displayName);
  await button("スケジュール").click();
  await page.getByRole("heading", { name: "融資条件のご説明" }).waitFor();
  await page.getByText("大庭 修一郎").first().waitFor();
  expect(broken).toEqual([]);
});

test.each([
  { width: 1200, height: 720 },
  { width: 360, height: 740 },
])("a press on the button sends the form at $width × $height, however soon it comes", async (size) => {
  await page.setViewportSize(size);
  const pressed = Promise.withResolvers<void>();
  // The answer about the settings is still on its way when the button is pressed.
  await page.route("**/api/meetings/preview", async (route) => {
    await pressed.promise;
    await route.continue();
  });
  const topic = `すぐに押す ${size.width}`;
  await newMeeting(topic);
  await button("スケジュール").click();
  await button("スケジュールしています…").waitFor();
  pressed.resolve();
  await page.getByRole("heading", { name: topic }).waitFor();
  await page.unroute("**/api/meetings/preview");
  expect(broken).toEqual([]);
});

test.each([
  { width: 1200, height: 720 },
  { width: 360, height: 740 },
])(
  "a complaint that comes up as the press begins leaves the button in its place at $width × $height",
  async (size) => {
    await page.setViewportSize(size);
    await newMeeting("");
    await field("トピック").focus();
    const before = await button("スケジュール").boundingBox();
    if (before === null) throw new Error("the button is not drawn");
    await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
    await page.mouse.down();
    await page.getByText("直すところが 1 件あります").waitFor();
    expect(await button("スケジュール").boundingBox()).toEqual(before);
    await page.mouse.up();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-invalid")))
      .toBe("true");
  },
);

test("[CNF-1] at medium nothing is saved before the risk is accepted, and the complaint stands at its tick", async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await newMeeting("四半期の打ち合わせ");
  const risk = field("サーバーで万が一復号されるリスクを許容します");
  await risk.uncheck();
  await button("スケジュール").click();
  await page.getByText("許容するかどうかを決めてください。", { exact: false }).first().waitFor();
  await expect.poll(() => risk.evaluate((box) => box === document.activeElement)).toBe(true);
  await page.keyboard.press("Space");
  await button("スケジュール").click();
  await page.getByRole("heading", { name: "四半期の打ち合わせ" }).waitFor();
  expect(broken).toEqual([]);
});

test("[CNF-4] a press that the settings do not allow leads to the way out", async () => {
  await page.setViewportSize({ width: 1200, height: 720 });
  await newMeeting("経営会議");
  await page.getByRole("radio", { name: /高/u }).first().check();
  await button("スケジュール").click();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent))
    .toBe("サインインした人だけにする");
});

test("[MTG-7] what an administrator locks stands fixed in the form, and a default does not", async () => {
  await page.setViewportSize({ width: 1200, height: 720 });
  await page.goto(product.origin);
  await page.getByRole("link", { name: "組織の設定" }).click();
  await page.getByLabel("組織の名前").fill("みどり野銀行 本店");
  await field("機密性").selectOption("low");
  await page.getByLabel("待機室を有効化").check();
  await button("保存する").click();
  await page.getByText("組織の設定を保存しました").waitFor();
  await expect.poll(() => page.getByRole("banner").textContent()).toContain("みどり野銀行 本店");
  // Without the draft of the meeting before this one.
  await page.evaluate(() => localStorage.clear());
  await page.goto(`${product.origin}/meetings/new`);
  await page.getByRole("radio", { name: /低/u, checked: true }).waitFor();
  await page.getByRole("button", { name: "詳細オプション" }).click();
  await page.getByText("組織が固定").first().waitFor();
  await page.reload();
  await page.goto(`${product.origin}/admin/organisation`);
  expect(await page.getByLabel("待機室を有効化").isChecked()).toBe(true);
  await page.getByLabel("組織の名前").fill(" ");
  await button("保存する").click();
  await page.getByText("組織の名前を入力してください。").waitFor();
  expect(broken).toEqual([]);
});
