/** The organisation's classes, a meeting at medium, and the check before it starts, in a real browser (CNF-1, CNF-2, CNF-6). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type TestBrowser } from "../../../packages/testkit/src/browser.ts";
import { owner, startProduct, type Product } from "../../../packages/testkit/src/product.ts";

type Page = Awaited<ReturnType<TestBrowser["context"]["newPage"]>>;

let product: Product;
let browser: TestBrowser;
let page: Page;
const broken: string[] = [];

beforeAll(async () => {
  product = await startProduct({ config: { regionLabel: "東京", regionCountry: "JP" } });
  await product.setUp();
  browser = await launchBrowser({
    context: { locale: "ja-JP", timezoneId: "Asia/Tokyo", reducedMotion: "reduce" },
  });
  page = await browser.context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => broken.push(error.message));
  await page.goto(`${product.origin}/signin`);
  await page.getByLabel("メールアドレス").fill(owner.email);
  await page.getByLabel("パスワード").fill(owner.password);
  await page.getByLabel("パスワード").press("Enter");
  await page.getByText("予定はありません").waitFor();
});

afterAll(async () => {
  await browser?.stop();
  await product?.[Symbol.asyncDispose]();
});

const button = (name: string) => page.getByRole("button", { name, exact: true });
const field = (name: string) => page.getByLabel(name, { exact: true });

test("[CNF-2] an administrator edits a class: the way out of a contradiction, what it does, and who did it", async () => {
  await page.goto(`${product.origin}/admin/organisation`);
  await page.getByRole("link", { name: "決まりを開く" }).click();
  await field("この組織での意味（日本語）").fill("与信の判断（文書規程 第 4 条）");
  // High keeps what makes it high: there is nothing to choose.
  expect(await field("待機室の固定").count()).toBe(0);
  await page.getByText("変えられません").first().waitFor();
  await page.getByRole("tab", { name: "機密性 中" }).click();
  await field("チャットの固定").selectOption({ label: "主催者だけができます" });
  await page.getByText("機密性 高の「チャット」").waitFor();
  await button("こちらも同じように固定する").click();
  await page.getByText("きびしくなる予定の会議はありません。", { exact: false }).waitFor();
  await button("保存する").click();
  await page.getByText("機密性ごとの決まりを保存しました").waitFor();
  const versions = page.getByRole("table", { name: "変更の記録" });
  await versions.getByText(owner.displayName).waitFor();
  expect(await versions.textContent()).toContain("機密性 中の「チャット」（固定）");
  expect(broken).toEqual([]);
});

test("[CNF-1] [CNF-6] a host schedules at medium, accepts the risk, checks, and starts", async () => {
  await page.goto(`${product.origin}/meetings/new`);
  await page.getByText("与信の判断（文書規程 第 4 条）").waitFor();
  await page.getByRole("radio", { name: /中/u }).first().check();
  await field("サーバーで万が一復号されるリスクを許容します").check();
  await field("トピック").fill("四半期の打ち合わせ");
  await button("スケジュール").click();
  await page.getByRole("heading", { name: "四半期の打ち合わせ" }).waitFor();
  await field("資料は、前もって安全な方法で送りました").check();
  await button("確かめる").click();
  const lines = page.getByRole("list", { name: "確かめたこと" });
  await lines.getByText("強制退室が動きます", { exact: false }).waitFor();
  const told = (await lines.textContent()) ?? "";
  for (const fact of [
    "メディアサーバーの場所：東京",
    "エンドツーエンド暗号化を使えますが、この会議では使いません",
    "主催者が確かめました",
  ])
    expect(told).toContain(fact);
  await page.reload();
  await button("もう一度確かめる").waitFor();
  await page.getByRole("link", { name: "会議を始める" }).click();
  await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/m\//u);
  expect(broken).toEqual([]);
});
