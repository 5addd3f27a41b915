/** Entry, waiting room and home leave nothing in the browser's console, and break no line of the page's policy. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type TestBrowser } from "../../../packages/testkit/src/browser.ts";
import { schedule } from "../../../packages/testkit/src/meetings.ts";
import { owner, startProduct, type Product } from "../../../packages/testkit/src/product.ts";

type Page = Awaited<ReturnType<TestBrowser["context"]["newPage"]>>;

let product: Product;
let browser: TestBrowser;
let page: Page;
const said: string[] = [];

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser({ context: { locale: "ja-JP", reducedMotion: "reduce" } });
  page = await browser.context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => said.push(error.message));
  page.on("console", (message) => {
    const { url, lineNumber } = message.location();
    if (message.type() === "error") said.push(`${message.text()} (${url}:${lineNumber})`);
  });
  // What the policy blocks is told by an event as well, with the place it came from.
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", (event) => {
      const { violatedDirective, sourceFile, lineNumber, columnNumber, sample } = event;
      reportError(`policy: ${violatedDirective} ${sourceFile}:${lineNumber}:${columnNumber} ${sample}`);
    }),
  );
});

afterAll(async () => {
  await browser.stop();
  await product[Symbol.asyncDispose]();
});

test("[SEC-2] entry and waiting room say nothing in the console", async () => {
  const host = await product.setUp();
  const meeting = await schedule(host);
  await page.goto(`${product.origin}/m/${meeting.link}`);
  await page.getByLabel("会議パスコード").fill(meeting.passcode);
  await page.getByLabel("氏名").fill("大庭 修一郎");
  await page.getByLabel("所属").fill("常磐木製作所");
  await page.getByRole("button", { name: "入室を申請する" }).click();
  await page.getByRole("button", { name: "取りやめる" }).waitFor();
  expect(said).toEqual([]);
});

test("[SEC-2] signing in and home say nothing in the console", async () => {
  await page.goto(`${product.origin}/signin`);
  await page.getByLabel("メールアドレス").fill(owner.email);
  await page.getByLabel("パスワード").fill(owner.password);
  await page.getByLabel("パスワード").press("Enter");
  await page.getByRole("heading", { name: "会議", exact: true }).first().waitFor();
  expect(said).toEqual([]);
});

test("[SEC-2] what the policy blocks would have been heard", async () => {
  await page.evaluate(() => {
    try {
      Reflect.set(document.createElement("script"), "text", "1");
    } catch {
      // The policy has no exception for the script that tries.
    }
  });
  await expect.poll(() => said.join()).toContain("TrustedScript");
});
