/** A guest at medium: reads, agrees, gives a name by the rule, waits, and is admitted (INV-4, INV-6, SEC-8). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { schedule, type TestMeeting } from "../packages/testkit/src/meetings.ts";
import { startProduct, type Product } from "../packages/testkit/src/product.ts";
import { address, admit, inRoom, ownPolicy, person, signInOwner, type Page, type Person } from "./people.ts";

let product: Product;
let meeting: TestMeeting;
let guest: Person;

const name = "大庭 修一郎";
const affiliation = "常磐木製作所";

beforeAll(async () => {
  product = await startProduct();
  meeting = await schedule(await product.setUp(), {
    confidentiality: "medium",
    nameRule: "withAffiliation",
  });
  guest = await person({ viewport: { width: 360, height: 740 } });
});
afterAll(async () => {
  await guest?.[Symbol.asyncDispose]();
  await product?.[Symbol.asyncDispose]();
});

const ask = (page: Page) => page.getByRole("button", { name: "入室を申請する" }).click();
const focused = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.closest("label")?.textContent ?? document.activeElement?.tagName,
  );

test("[INV-4] nothing is ticked beforehand, and without both words there is no request", async () => {
  const { page } = guest;
  await page.goto(address(product, meeting));
  await page.getByLabel("会議パスコード").fill(meeting.passcode);
  await page.getByLabel("氏名").fill("大庭（みどり野銀行）");
  await page.getByRole("textbox", { name: "所属" }).fill(affiliation);
  await page.getByText("会議では「大庭（みどり野銀行）（常磐木製作所）」と表示されます。").waitFor();
  await page.getByText("この会議についての説明（版 1）").click();
  await page.getByText("サーバーは内容を復号できる方式です。", { exact: false }).waitFor();
  const read = page.getByRole("checkbox", { name: "この説明を読み、同意します。" });
  await read.check();
  await ask(page);
  await page.getByText("説明を読み、両方を確認すると申請できます。").waitFor();
  await expect.poll(() => focused(page)).toContain("セキュリティポリシー");
  await page.keyboard.press("Space");
  expect(await page.getByRole("checkbox", { name: ownPolicy }).isChecked()).toBe(true);
});

test("[INV-4] the same sheet stands alone, to be printed, for the holder of the link and nobody else", async () => {
  const link = guest.page.getByRole("link", { name: "別の画面で開いて印刷する" });
  const [sheet] = await Promise.all([guest.page.context().waitForEvent("page"), link.click()]);
  await sheet.getByRole("heading", { name: "この会議についての説明" }).waitFor();
  await sheet.getByText("版 1").waitFor();
  await sheet.emulateMedia({ media: "print" });
  expect(await sheet.getByRole("button", { name: "印刷する" }).isVisible()).toBe(false);
  await sheet.goto(`${product.origin}/facts/${meeting.number}`);
  await sheet.getByRole("heading", { name: "説明を表示できません" }).waitFor();
  await sheet.close();
});

test("[INV-6] [ADM-2] a name that breaks the rule is refused where it stands; a good one waits and is admitted", async () => {
  const { page } = guest;
  await ask(page);
  await page.getByText("この名前は使えません。", { exact: false }).first().waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("name");
  await page.getByLabel("氏名").fill(name);
  await ask(page);
  await page.getByRole("heading", { name: "開始をお待ちください" }).waitFor();
  await using host = await person();
  await signInOwner(host, product);
  await host.page.goto(address(product, meeting));
  await host.page.getByRole("button", { name: "会議を始める" }).click();
  await inRoom(host.page);
  await host.page.getByRole("button", { name: `${name}さんを確認する` }).click();
  await host.page.getByText(/^版 1 に .+ に同意$/u).waitFor();
  await host.page.getByRole("button", { name: "あとで決める" }).first().click();
  await admit(host.page, name);
  await inRoom(page);
  expect([...guest.broken, ...host.broken]).toEqual([]);
});

test("[SEC-8] a browser that is too old is told so, in a word of its own, and asks for nothing", async () => {
  const userAgent =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/98.0.4758.102 Safari/537.36";
  const old = await guest.browser.newContext({ userAgent, locale: "ja-JP" });
  const page = await old.newPage();
  await page.goto(address(product, meeting));
  await page.getByRole("heading", { name: "このブラウザーでは参加できません" }).waitFor();
  expect(await page.getByLabel("会議パスコード").count()).toBe(0);
  await old.close();
});
