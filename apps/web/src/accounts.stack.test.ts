/** The account pages in a real browser against the whole product: set up, schedule, invite, sign in and out. */
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
  browser = await launchBrowser({
    context: { locale: "ja-JP", timezoneId: "Asia/Tokyo", reducedMotion: "reduce" },
  });
  page = await browser.context.newPage();
  page.setDefaultTimeout(15_000);
  watch(page);
});

afterAll(async () => {
  await browser.stop();
  await product[Symbol.asyncDispose]();
});

/** A blocked script or style, or an error in the page, fails the test it happened in. */
function watch(target: Page): void {
  target.on("pageerror", (error) => broken.push(error.message));
  target.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("status of 4")) broken.push(message.text());
  });
}

const button = (name: string | RegExp) => page.getByRole("button", { name });
const field = (name: string) => page.getByLabel(name, { exact: true });

test("[IDN-1] the set-up link makes the organisation and its owner", async () => {
  await page.goto(product.first.setupUrl ?? "");
  await button("次へ").click();
  await page.getByText("組織の名前を入力してください。").waitFor();
  await page.getByLabel("組織の名前").fill(owner.organisationName);
  await button("次へ").click();
  await page.getByLabel("氏名").fill(owner.displayName);
  await page.getByLabel("メールアドレス").fill(owner.email);
  await page.getByLabel("パスワード").fill("short");
  await button("次へ").click();
  await page.getByText("12 文字以上にしてください。").waitFor();
  await page.getByLabel("パスワード").fill(owner.password);
  await button("次へ").click();
  await page.getByText("データベースが動いています").waitFor();
  await button("使い始める").click();
  await page.getByText("予定はありません").waitFor();
  expect(broken).toEqual([]);
});

test("[IDN-1] the used link says so", async () => {
  const other = await (await browser.newContext({ locale: "ja-JP" })).newPage();
  await other.goto(product.first.setupUrl ?? "");
  await other.getByText("この設定リンクは使えません。").waitFor();
  await other.close();
});

test("[MTG-1] [MTG-7] [INV-1] a meeting is scheduled; link and passcode stand apart and the passcode is not shown", async () => {
  await page.goto(`${product.origin}/meetings/new`);
  await button("スケジュール").click();
  await page.getByText("機密性を選んでください。").first().waitFor();
  await page.getByRole("radio", { name: /中/u }).first().check();
  await field("サーバーで万が一復号されるリスクを許容します").check();
  await field("トピック").fill("融資条件のご説明");
  await page.getByRole("complementary").getByText("全員が許可を待ちます").waitFor();
  await button("スケジュール").click();
  await page.getByRole("heading", { name: "融資条件のご説明" }).waitFor();
  await page.getByText("••••-••••-••").waitFor();
  await button("表示する").click();
  const code = page.getByRole("status", { name: "会議パスコード", exact: true });
  await expect
    .poll(() => code.textContent())
    .toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{2}$/u);
  await button("メールの文面").click();
  const mail = page.getByRole("region", { name: "メールの文面" });
  expect(await mail.textContent()).not.toContain((await code.textContent()) ?? "?");
  await page.keyboard.press("Escape");
  await button("隠す").click();
  await page.getByText("••••-••••-••").waitFor();
  expect(broken).toEqual([]);
});

test("[CNF-4] 高 without a mail server is refused with its reason, and the way out is a button", async () => {
  await page.goto(`${product.origin}/meetings/new`);
  await page.getByRole("radio", { name: /高/u }).first().check();
  await field("トピック").fill("経営会議");
  await button("スケジュール").click();
  await page.getByText(/直すところが \d 件あります/u).waitFor();
  await button("サインインした人だけにする").click();
  await page.getByText(/直すところが \d 件あります/u).waitFor({ state: "detached" });
});

test("a draft survives a reload, without the passcode", async () => {
  const before = await page.getByLabel("会議パスコード", { exact: true }).last().inputValue();
  await page.reload();
  await page.getByText("前に書きかけた内容を戻しました。").waitFor();
  expect(await field("トピック").inputValue()).toBe("経営会議");
  expect(await page.getByLabel("会議パスコード", { exact: true }).last().inputValue()).not.toBe(before);
  const stored = await page.evaluate(() => JSON.stringify(localStorage));
  expect(stored).not.toContain(before.replaceAll("-", ""));
  await button("捨てて新しく書く").click();
  expect(await field("トピック").inputValue()).toBe("");
});

test("[MTG-1] [MTG-2] a repeated meeting says its rule in words and its next dates", async () => {
  await page.getByRole("radio", { name: /低/u }).first().check();
  await field("トピック").fill("定例");
  await page.getByLabel("繰り返す").check();
  await page.getByText(/^毎週 .曜日$/u).waitFor();
  await expect.poll(() => page.getByRole("list", { name: "次の日程" }).getByRole("listitem").count()).toBe(3);
  await button("スケジュール").click();
  await page.getByText("これからの日程").waitFor();
});

test("a meeting is changed, asked about before leaving, and cancelled", async () => {
  await page.getByRole("link", { name: "編集" }).click();
  await field("トピック").fill("定例（変更）");
  await page.getByRole("link", { name: "会議", exact: true }).click();
  await page.getByRole("dialog", { name: "保存していない変更があります" }).waitFor();
  await button("編集に戻る").click();
  await button("保存する").click();
  await page.getByRole("heading", { name: "定例（変更）" }).waitFor();
  await button("会議を中止する").click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("中止しない");
  await button("中止する").last().click();
  await page.getByText("この会議は中止されました").waitFor();
  expect(broken).toEqual([]);
});

test("[IDN-5] a colleague is invited by link, joins, and is stopped", async () => {
  await page.getByRole("link", { name: "利用者", exact: true }).click();
  await button("利用者を招待").click();
  await page.getByRole("dialog").getByLabel("氏名").fill("桐生 真帆");
  await page.getByRole("dialog").getByLabel("メールアドレス").fill("maho.kiryu@midorino.example");
  await button("招待リンクを作る").click();
  const url = await page.getByRole("status", { name: "招待リンク", exact: true }).textContent();
  await button("閉じる").last().click();
  const theirs = await browser.newContext({ locale: "ja-JP" });
  const other = await theirs.newPage();
  await other.goto(url ?? "");
  await other.getByLabel("パスワード").fill("関所を越えてゆく朝の鐘");
  await other.getByLabel("パスワード").press("Enter");
  await other.getByText("12 文字以上にしてください。").waitFor();
  await other.getByLabel("パスワード").fill("関所を越えてゆく朝の鐘が鳴る");
  await other.getByRole("button", { name: "使い始める" }).click();
  await other.getByText("予定はありません").waitFor();
  expect(await other.getByRole("link", { name: "利用者" }).count()).toBe(0);
  await other.goto(`${product.origin}/admin/users`);
  await other.getByText("ページが見つかりません").waitFor();
  await page.reload();
  await button("桐生 真帆さんの操作").click();
  await page.getByRole("menuitem", { name: "利用を止める…" }).click();
  await button("利用を止める").last().click();
  await page.getByText("停止中").waitFor();
  await other.goto(product.origin);
  await other.getByRole("heading", { name: "サインイン" }).waitFor();
  await theirs.close();
  expect(broken).toEqual([]);
});

test("[IDN-5] the name, the language and the password are changed; sign out and in again", async () => {
  await page.getByRole("link", { name: "自分の設定" }).click();
  await button("変える").click();
  await page.getByRole("dialog").getByLabel("氏名").fill("佐久間 里奈（本店）");
  await button("保存する").click();
  await page.getByRole("navigation").first().waitFor();
  await expect.poll(() => page.getByRole("banner").textContent()).toContain("佐久間 里奈（本店）");
  await field("言語").selectOption("en");
  await page.getByRole("heading", { name: "My settings" }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
  await field("Language").selectOption("ja");
  await page.getByRole("link", { name: "サインインと端末" }).click();
  await page.getByText("この端末", { exact: true }).waitFor();
  await page.getByLabel("いまのパスワード").fill("wrong but long enough");
  await page.getByLabel("新しいパスワード").fill("とても長くて覚えやすい合言葉");
  await button("パスワードを変える").click();
  await page.getByText("いまのパスワードが違います。").waitFor();
  await page.getByLabel("いまのパスワード").fill(owner.password);
  await button("パスワードを変える").click();
  await page.getByText("パスワードを変えました。", { exact: false }).waitFor();
  await button("サインアウト").last().click();
  await page.getByLabel("メールアドレス").fill(owner.email);
  await page.getByLabel("パスワード").fill(owner.password);
  await button("サインイン").click();
  await page.getByText("サインインできませんでした。入力した内容を確かめてください。").waitFor();
  await page.getByLabel("パスワード").fill("とても長くて覚えやすい合言葉");
  await page.getByLabel("パスワード").press("Enter");
  await page.getByRole("heading", { name: "会議", exact: true }).waitFor();
  expect(broken).toEqual([]);
});
