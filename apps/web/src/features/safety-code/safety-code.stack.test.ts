/** The dialog under a real keyboard and as a screen reader is told it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestBrowser } from "../../../../../packages/testkit/src/browser.ts";
import { openGallery, type OpenGallery } from "../../gallery/open-gallery.ts";

type Page = Awaited<ReturnType<TestBrowser["context"]["newPage"]>>;

let gallery: OpenGallery;
let page: Page;

beforeAll(async () => {
  gallery = await openGallery();
  page = await gallery.browser.context.newPage();
});

afterAll(() => gallery[Symbol.asyncDispose]());

async function open(state: string, width = 1280): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  await page.goto(gallery.urlOf(state));
  await page.waitForSelector(`html[data-ready="${state}"]`);
}

const dialog = () => page.getByRole("dialog", { name: "安全確認コード" });
const button = (name: string) => page.getByRole("button", { name });

test("[ENC-4] an open dialog goes on showing the code it was opened with, says that a newer one came, and marks what it shows", async () => {
  await open("safety-code/turning");
  const groups = () =>
    dialog().getByRole("list", { name: "安全確認コード" }).getByRole("listitem").allTextContents();
  const before = await groups();
  expect(before).toHaveLength(6);
  expect(before[0]).toContain("1 組目：よん、はち、に、いち、さん");
  await page.evaluate(() => document.querySelector<HTMLElement>('[data-do="turn"]')?.click());
  await expect.poll(() => dialog().getByRole("status").textContent()).toContain("大庭 修一郎さんが退出");
  expect(await groups()).toEqual(before);
  const marked = () => page.locator("output").textContent();
  await button("全員と同じだった").click();
  await expect.poll(marked).toBe("482139057613384720615591720649");
  await button("新しい数字を表示").click();
  await expect.poll(groups).not.toEqual(before);
  await button("全員と同じだった").click();
  await expect.poll(marked).toBe("718250493316608274950162738405");
});

test("[ENC-4] the room opens it by its button, by Alt+K, and on a phone from その他; no key marks anything by default", async () => {
  await open("room/e2ee");
  await button("安全確認コード").click();
  await dialog().waitFor();
  await page.keyboard.press("Enter");
  expect(await dialog().count()).toBe(1);
  await page.keyboard.press("Escape");
  await expect.poll(() => dialog().count()).toBe(0);
  await page.keyboard.press("Alt+k");
  await dialog().waitFor();
  await open("room/e2ee", 360);
  expect(await button("安全確認コード").count()).toBe(0);
  await button("パネルを閉じる").click();
  await button("その他").click();
  await button("安全確認コード").click();
  await dialog().waitFor();
});

test("[ENC-4] a meeting with transport encryption has none", async () => {
  await open("room/host");
  expect(await button("安全確認コード").count()).toBe(0);
  await page.keyboard.press("Alt+k");
  await page.keyboard.press("Alt+p");
  await expect.poll(() => page.getByRole("tab", { name: "参加者" }).count()).toBe(0);
  expect(await dialog().count()).toBe(0);
});
