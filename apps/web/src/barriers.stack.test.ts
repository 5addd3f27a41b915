/** The pages of information barriers in a real browser, against the whole product. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type TestBrowser } from "../../../packages/testkit/src/browser.ts";
import type { Client } from "../../../packages/testkit/src/client.ts";
import { colleague, type Colleague } from "../../../packages/testkit/src/colleagues.ts";
import { schedule } from "../../../packages/testkit/src/meetings.ts";
import { owner, startProduct, type Product } from "../../../packages/testkit/src/product.ts";

type Page = Awaited<ReturnType<TestBrowser["context"]["newPage"]>>;

const look = { locale: "ja-JP", timezoneId: "Asia/Tokyo", reducedMotion: "reduce" } as const;

let product: Product;
let browser: TestBrowser;
let page: Page;
let asOwner: Client;
let one: Colleague;
let other: Colleague;
const broken: string[] = [];

beforeAll(async () => {
  product = await startProduct();
  asOwner = await product.setUp();
  one = await colleague(product, asOwner);
  other = await colleague(product, asOwner);
  browser = await launchBrowser({ context: look });
  page = await browser.context.newPage();
  watch(page);
  await signIn(page, owner.email, owner.password);
}, 120_000);

afterAll(async () => {
  await browser?.stop();
  await product?.[Symbol.asyncDispose]();
});

function watch(target: Page): void {
  target.setDefaultTimeout(15_000);
  target.on("pageerror", (error) => broken.push(error.message));
  target.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("status of 4")) broken.push(message.text());
  });
}

async function signIn(target: Page, email: string, password: string): Promise<void> {
  await target.goto(`${product.origin}/signin`);
  await target.getByLabel("メールアドレス").fill(email);
  await target.getByLabel("パスワード").fill(password);
  await target.getByLabel("パスワード").press("Enter");
  await target.getByText("予定はありません").waitFor();
}

const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
const dialog = () => page.getByRole("dialog");
const open = (path: string) => page.goto(`${product.origin}/barriers${path}`);

/** In a dialog: the reason, then the press, once the consequences stand there. */
async function confirm(name: string, reason = "試験"): Promise<void> {
  await dialog().getByLabel("変更の理由").fill(reason);
  await dialog().getByRole("button", { name, exact: true }).click();
  await dialog().waitFor({ state: "detached" });
}

async function choose(label: string, name: string, where: Page | ReturnType<typeof dialog> = page) {
  await where.getByRole("combobox", { name: label }).fill(name);
  await where.getByRole("option", { name }).first().click();
}

async function makeGroup(name: string): Promise<void> {
  await open("/groups");
  await button("グループを作る").click();
  await dialog().getByLabel("グループの名前").fill(name);
  await confirm("作る");
  await page.getByRole("link", { name, exact: true }).waitFor();
}

test("[BAR-11] without policies the page says that barriers act on nobody", async () => {
  await page.getByRole("link", { name: "情報バリア" }).click();
  await page.getByText("ポリシーはまだありません。情報バリアは、まだだれにも効いていません。").waitFor();
  await page.getByText("情報バリアは有効になっていません。").waitFor();
});

test("[BAR-2] groups are made and filled; the first group of a person is the primary one", async () => {
  await makeGroup("投資銀行");
  await makeGroup("調査");
  for (const [group, person] of [
    ["投資銀行", one],
    ["調査", other],
  ] as const) {
    await open("/groups");
    await page.getByRole("link", { name: group, exact: true }).click();
    await button("メンバーを加える").click();
    await choose("利用者", person.me.displayName, dialog());
    await dialog().getByText("最初のグループなので").waitFor();
    await confirm("加える");
    await page
      .getByRole("row", { name: new RegExp(person.me.displayName, "u") })
      .getByText("このグループ")
      .waitFor();
  }
  expect(broken).toEqual([]);
});

test("[BAR-1] [BAR-11] a policy is written as a sentence, its effect is shown, then it is saved", async () => {
  await open("");
  await page.getByRole("link", { name: "ポリシーを作る" }).click();
  await dialog().getByRole("button", { name: "わかりました" }).click();
  await button("保存して反映する").click();
  await page.getByText("グループを二つ選んでください。").waitFor();
  await choose("一つ目のグループ", "投資銀行");
  await choose("二つ目のグループ", "調査");
  await page.getByLabel("変更の理由").fill("案件 2026-118 の公表まで");
  await page.getByText("いまの状態で試した結果").waitFor();
  const changed = page.getByRole("gridcell", { name: /会えない/u });
  await expect.poll(() => changed.count()).toBe(2);
  await button("保存して反映する").click();
  const row = page.getByRole("row", { name: /投資銀行 と 調査/u });
  await row.getByText("有効").waitFor();
  expect(await row.textContent()).toContain("案件 2026-118 の公表まで");
  await page.getByText(/反映済み（版 \d+）/u).waitFor();
  expect(broken).toEqual([]);
});

test("[BAR-8] [BAR-7] switching on lists who has no group and what it locks", async () => {
  await open("/settings");
  await button("有効にする…").click();
  await dialog().getByText("グループのない人：1 名").waitFor();
  await dialog().getByText("公開の会議は開けません。").waitFor();
  await dialog().getByText(owner.displayName).waitFor();
  await confirm("有効にする");
  await page.getByText("ポリシーは、すべての会議に効いています。").waitFor();
});

test("[BAR-9] groups by hand are off then, and the dialog of the setting says what overrides them", async () => {
  await open("/groups");
  await page.getByText("情報バリアが有効なあいだ、グループは手で変えられません。").waitFor();
  expect(await button("グループを作る").count()).toBe(0);
  await open("/settings");
  await button("グループの手動編集を変える").click();
  await dialog()
    .getByRole("radio", { name: /^できる/u })
    .check();
  await dialog().getByText("API の同期で上書きされます。").waitFor();
  await confirm("手動編集を有効にする");
  await makeGroup("営業");
});

/** What somebody else saves meanwhile, through the same routes as the page. */
async function saveElsewhere(edits: readonly unknown[]): Promise<void> {
  const { version } = await asOwner.ok<{ version: number }>("GET", "/api/barriers");
  const { digest } = await asOwner.ok<{ digest: string }>("POST", "/api/barriers/preview", { edits });
  const body = { edits, reason: "ほかの人の変更", baseVersion: version, impact: digest };
  await asOwner.ok("POST", "/api/barriers/versions", body);
}

test("[BAR-11] what moves between preview and press is told, and the press has to be repeated", async () => {
  await open("");
  await page.getByRole("link", { name: "ポリシーを作る" }).click();
  await choose("一つ目のグループ", "営業");
  await choose("二つ目のグループ", "調査");
  await page.getByLabel("変更の理由").fill("試験");
  await page.getByText("影響する予定はありません。").waitFor();
  await page.getByText("いまの状態で試した結果").waitFor();

  await saveElsewhere([{ type: "group.put", groupId: "g".repeat(22), name: "人事", domains: [] }]);
  await button("保存して反映する").click();
  await page.getByText("ほかの人の変更が先に保存されました。").waitFor();

  const people = await asOwner.ok<{ people: { accountId: string; displayName: string }[] }>(
    "GET",
    `/api/barriers/people?q=${encodeURIComponent(owner.displayName)}`,
  );
  const { groups } = await asOwner.ok<{ groups: { id: string; name: string }[] }>(
    "GET",
    "/api/barriers/groups",
  );
  const sales = groups.find(({ name }) => name === "営業")?.id ?? "";
  await saveElsewhere([
    { type: "person.put", accountId: people.people[0]?.accountId, groups: [sales], primary: sales },
  ]);
  await schedule(asOwner, {
    invitees: [{ name: other.me.displayName, organisation: "", email: other.me.email }],
  });
  await button("保存して反映する").click();
  await page.getByText("ほかの人の変更が先に保存されました。").waitFor();
  await page.getByText("予定の会議に影響").waitFor();
  await page.getByText("招待済みの 1 名が入れなくなります。").waitFor();

  await schedule(asOwner, {
    invitees: [{ name: other.me.displayName, organisation: "", email: other.me.email }],
  });
  await button("保存して反映する").click();
  await page.getByText("いまの影響が変わりました（予定 1 件 → 2 件）。").waitFor();
  await button("対象の一覧を見る（閲覧は記録されます）").click();
  await dialog().getByText(other.me.displayName).first().waitFor();
  await page.keyboard.press("Escape");
  await button("保存して反映する").click();
  await page.getByRole("row", { name: /営業 と 調査/u }).waitFor();
  expect(broken).toEqual([]);
});

test("[BAR-11] the matrix is walked by keyboard, and a cell opens its pair", async () => {
  await open("/matrix");
  const grid = page.getByRole("grid", { name: "だれとだれが会えるか" });
  await grid
    .getByRole("gridcell", { name: /会えない/u })
    .first()
    .waitFor();
  await grid.getByRole("gridcell").first().focus();
  await page.keyboard.press("Control+End");
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-colindex"));
  await expect.poll(focused).toBe("5");
  await page.keyboard.press("Control+Home");
  await expect.poll(focused).toBe("2");
  await grid
    .getByRole("gridcell", { name: /会えない/u })
    .first()
    .focus();
  await page.keyboard.press("Enter");
  await dialog().getByText("たがいにできないこと").waitFor();
  await dialog().getByRole("link", { name: "ポリシーを編集する" }).click();
  await page.getByRole("heading", { name: "ポリシーの編集" }).waitFor();
  expect(broken).toEqual([]);
});

test("an unsaved draft is not lost by a link", async () => {
  await page.getByLabel("変更の理由").fill("書きかけ");
  await page.getByRole("link", { name: "グループ", exact: true }).click();
  await dialog().getByText("保存していない変更があります").waitFor();
  await button("編集に戻る").click();
  expect(await page.getByLabel("変更の理由").inputValue()).toBe("書きかけ");
});

test("[BAR-11] two people are looked up: one sentence and its reasons, on record", async () => {
  await open("/explain");
  await choose("一人目", one.me.displayName);
  await choose("二人目", other.me.displayName);
  await button("調べる").click();
  await page.getByText("この二人は、会議では会えません。").waitFor();
  await page.getByText(`${one.me.displayName}のメイングループ：投資銀行`).waitFor();
  await choose("二人目", owner.displayName);
  await page.getByText("この二人は、会議では会えません。").waitFor({ state: "detached" });
});

test("[BAR-6] a loosening waits for a second person, who is told what is in force and what waits", async () => {
  await page.goto(`${product.origin}/admin/users`);
  await button(`${one.me.displayName}さんの操作`).click();
  await page.getByRole("menuitem", { name: "職務を変える…" }).click();
  await dialog().getByLabel("コンプライアンス").check();
  await dialog().getByRole("button", { name: "職務を変える" }).click();
  await dialog().waitFor({ state: "detached" });

  await open("");
  await page.getByRole("link", { name: /投資銀行 と 調査/u }).click();
  await button("ポリシーを削除する…").click();
  await dialog().getByText("制限はすぐに効き、緩和は承認を待ちます。").waitFor();
  await confirm("承認を頼む", "公表した");
  await open("/sync");
  await page.getByText("自分が頼んだものは、自分では承認できません。").waitFor();

  const context = await browser.newContext(look);
  const second = await context.newPage();
  watch(second);
  await signIn(second, one.me.email, one.password);
  await second.goto(`${product.origin}/barriers/sync`);
  await second.getByRole("button", { name: "承認する…" }).click();
  await second.getByRole("dialog").getByLabel("変更の理由").fill("確かめた");
  await second.getByRole("dialog").getByRole("button", { name: "承認する", exact: true }).click();
  await second.getByText("承認しました").waitFor();
  await second.getByText(`承認：${one.me.displayName}`).waitFor();
  await context.close();
  await open("");
  await page.getByRole("row", { name: /営業 と 調査/u }).waitFor();
  expect(await page.getByRole("link", { name: /投資銀行 と 調査/u }).count()).toBe(0);
  expect(broken).toEqual([]);
});

test("[BAR-11] a CSV changes nothing by itself: wrong lines are named, a good one is previewed and saved", async () => {
  await open("/sync");
  const exported = await asOwner.send("GET", "/api/barriers/export/groups");
  expect(exported.status).toBe(200);
  const text = String(exported.body);
  const [head = ""] = text.replace(/^\u{feff}/u, "").split(/\r?\n/u);
  expect(head).not.toBe("");
  const file = page.locator('input[type="file"]').nth(1);
  await file.setInputFiles({ name: "g.csv", mimeType: "text/csv", buffer: Buffer.from([0xff, 0xfe, 0xfd]) });
  await page.getByText("UTF-8 の CSV ではありません。").waitFor();
  const members = page.locator('input[type="file"]').nth(2);
  const list = String((await asOwner.send("GET", "/api/barriers/export/members")).body);
  const wrong = list.replaceAll("調査", "ない部門");
  await members.setInputFiles({ name: "m.csv", mimeType: "text/csv", buffer: Buffer.from(wrong) });
  await dialog().getByText("この名前のグループがありません").first().waitFor();
  await dialog().getByRole("button", { name: "わかりました" }).click();
  const wider = `${text.trimEnd()}\n法務,\n`;
  await file.setInputFiles({ name: "g.csv", mimeType: "text/csv", buffer: Buffer.from(wider) });
  await dialog().getByText("一つの版として保存します。").waitFor();
  await button("キャンセル").click();
  await file.setInputFiles({ name: "g.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByText("この CSV は、いまの内容と同じです。").waitFor();
});

test("[BAR-11] of 5,000 groups only what the window shows is asked for and drawn", async () => {
  const many = Array.from({ length: 4996 }, (_none, at) => ({
    type: "group.put",
    groupId: `many${String(at).padStart(18, "0")}`,
    name: `部門 ${String(at).padStart(4, "0")}`,
    domains: [],
  }));
  await saveElsewhere(many);
  await open("/matrix");
  const only = page.getByRole("switch", { name: "ポリシーのあるグループだけ" });
  await only.waitFor();
  // So many groups that only those with a policy stand there at first.
  expect(await only.isChecked()).toBe(true);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/barriers/matrix")) asked.push(request.postData() ?? "");
  });
  await only.uncheck();
  const grid = page.getByRole("grid", { name: "だれとだれが会えるか" });
  await expect.poll(() => grid.getAttribute("aria-rowcount")).toBe("5001");
  await grid.getByRole("gridcell", { name: "会える" }).first().focus();
  await page.keyboard.press("Control+End");
  await grid.getByRole("rowheader", { name: "部門 4995" }).waitFor();
  await grid.getByRole("columnheader", { name: "部門 4995" }).waitFor();
  expect(await grid.getByRole("gridcell").count()).toBeLessThan(600);
  expect(asked.length).toBeLessThanOrEqual(6);
  await page.getByRole("searchbox", { name: "縦のグループを探す" }).fill("営業");
  await page.getByRole("searchbox", { name: "横のグループを探す" }).fill("調査");
  await expect.poll(() => grid.getByRole("gridcell").count()).toBe(1);
  await grid.getByRole("gridcell", { name: "会えない" }).waitFor();

  await open("/policies/new");
  await choose("一つ目のグループ", "部門 4242");
  await choose("二つ目のグループ", "部門 0007");
  await page.getByText("影響する予定はありません。").waitFor();
  expect(broken).toEqual([]);
}, 60_000);

test("[BAR-14] who has no duty finds no such page", async () => {
  const context = await browser.newContext(look);
  const member = await context.newPage();
  await signIn(member, other.me.email, other.password);
  expect(await member.getByRole("link", { name: "情報バリア" }).count()).toBe(0);
  await member.goto(`${product.origin}/barriers`);
  await member.getByText("ページが見つかりません").waitFor();
  await context.close();
});
