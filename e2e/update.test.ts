/** A server that was started anew with a newer page, while people are in a meeting and on other pages (OPS-1). */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildHeader } from "@sekisho/contract";
import { buildPage } from "../apps/server/src/platform/embedded/page-build.ts";
import { schedule, type TestMeeting } from "../packages/testkit/src/meetings.ts";
import {
  startProduct,
  type Client,
  type Product,
  type ProductProcess,
} from "../packages/testkit/src/index.ts";
import {
  address,
  admit,
  ask,
  inRoom,
  person,
  received,
  signInOwner,
  type Page,
  type Person,
} from "./people.ts";

let product: Product;
let client: Client;
let running: ProductProcess;
let meeting: TestMeeting;
let host: Person;
let guest: Person;
/** The host's other tab, which was opened with the first page. */
let account: Page;
let folder: string;

const long = { timeout: 60_000 };
const newer = "fedcba9876543210";

beforeAll(async () => {
  folder = await newerPage();
  product = await startProduct();
  running = product.first;
  client = await product.setUp();
  meeting = await schedule(client, { muteOnEntry: false });
  host = await person();
  guest = await person();
  await signInOwner(host, product);
  account = await host.browser.context.newPage();
  account.setDefaultTimeout(60_000);
  await account.goto(`${product.origin}/me`);
  await account.getByRole("heading", { name: "自分の設定" }).waitFor();
  await host.page.goto(address(product, meeting));
  await host.page.getByRole("button", { name: "会議を始める" }).click();
  await inRoom(host.page);
  await guest.page.goto(address(product, meeting));
  await ask(guest.page, meeting);
  await admit(host.page, "大庭 修一郎");
  await inRoom(guest.page);
}, 300_000);

afterAll(async () => {
  await host?.[Symbol.asyncDispose]();
  await guest?.[Symbol.asyncDispose]();
  await product?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** The same page under another name, as a later build would have one. */
async function newerPage(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "sekisho-newer-page-"));
  await cp(await buildPage(), copy, { recursive: true });
  const document = join(copy, "index.html");
  const text = await readFile(document, "utf8");
  const other = text.replace(/(name="sekisho-page" content=")[0-9a-f]{16}/u, `$1${newer}`);
  if (other === text) throw new Error("the document does not say which page it is");
  await writeFile(document, other);
  for (const packed of ["br", "gz"]) await rm(`${document}.${packed}`);
  return copy;
}

/** The process ends, and another one takes its place at the same address. */
async function startAnew(minClientBuild = 0): Promise<void> {
  const port = Number(new URL(running.origin).port);
  await running.stop();
  running = await product.startProcess({ port, page: folder, minClientBuild });
}

const pageOf = (page: Page) => page.locator('meta[name="sekisho-page"]').getAttribute("content");
const notice = (page: Page) => page.getByText(/^更新可能：新しい版の画面があります。/u);

test("[OPS-1] in a meeting a newer page is told, with what becomes of the place; nobody is taken out for it", async () => {
  await startAnew();
  for (const { page } of [host, guest]) {
    await notice(page).waitFor(long);
    await page.getByText("同じ席に戻ります。").waitFor();
    expect(await pageOf(page)).not.toBe(newer);
  }
  const before = await received(guest.page);
  await expect
    .poll(async () => (await received(guest.page)).frames, long)
    .toBeGreaterThan(before.frames + 20);
  await host.page.getByRole("button", { name: "会議のあとで" }).click();
  await notice(host.page).waitFor({ state: "detached" });
});

test("[OPS-1] one press updates the page, and leads back to the same place, past no waiting room", async () => {
  await guest.page.getByRole("button", { name: "いま更新する" }).click();
  await expect.poll(() => pageOf(guest.page), long).toBe(newer);
  await inRoom(guest.page);
  await expect.poll(async () => (await received(guest.page)).frames, long).toBeGreaterThan(10);
  expect(await host.page.getByRole("button", { name: /さんを確認する$/u }).count()).toBe(0);
  expect(await notice(guest.page).count()).toBe(0);
});

test("[OPS-1] 「アップデートを確認」 asks now; 「更新可能」 has one button, and afterwards the page is up to date", async () => {
  const check = async () => {
    await account.getByRole("button", { name: /佐久間 里奈/u }).click();
    await account.getByRole("menuitem", { name: "アップデートを確認" }).click();
  };
  await check();
  const dialog = account.getByRole("dialog");
  await dialog.getByRole("heading", { name: "更新可能" }).waitFor();
  await dialog.getByRole("button", { name: "更新する" }).click();
  await expect.poll(() => pageOf(account), long).toBe(newer);
  await account.getByRole("heading", { name: "自分の設定" }).waitFor();
  await check();
  await account.getByText("この画面は最新です。").waitFor();
  await account.getByRole("dialog").getByRole("button", { name: "閉じる" }).click();
});

test("[OPS-1] a page below what the server demands is refused at every way in, and offers one button", async () => {
  await startAnew(2);
  for (const { page } of [host, guest]) {
    await page.getByRole("heading", { name: "更新が必要です" }).waitFor(long);
    await page.getByRole("button", { name: "更新して参加する" }).waitFor();
  }
  await account.getByRole("link", { name: "会議", exact: true }).first().click();
  await account.getByRole("heading", { name: "更新が必要です" }).waitFor(long);
  await account.getByRole("button", { name: "更新する" }).waitFor();
  const status = async (path: string, build?: string, method = "GET") =>
    (await client.send(method, path, undefined, build === undefined ? {} : { [buildHeader]: build })).status;
  for (const path of ["/api/me", "/api/meetings", `/api/m/${meeting.link}/stream?build=1`])
    for (const build of [undefined, "1", "x", ""])
      expect([path, await status(path, build)]).toEqual([path, 426]);
  expect(await status(`/api/m/${meeting.link}/ticket`, "1", "POST")).toBe(426);
  expect(await status("/api/me", "2")).toBe(200);
  // Whoever is refused can still learn what is demanded.
  expect(await status("/api/version")).toBe(200);
  expect(await status(`/api/m/${meeting.link}`)).toBe(200);
});
