/** Host and guest without a pointer: everything from the link to the end by keys alone. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { schedule, type TestMeeting } from "../packages/testkit/src/meetings.ts";
import { owner, startProduct, type Product } from "../packages/testkit/src/product.ts";
import { address, inRoom, person, readingTime, type Page, type Person } from "./people.ts";

let product: Product;
let meeting: TestMeeting;
let host: Person;
let guest: Person;

beforeAll(async () => {
  product = await startProduct();
  meeting = await schedule(await product.setUp());
  host = await person();
  guest = await person({ locale: "en-GB", viewport: { width: 390, height: 844 } });
});

afterAll(async () => {
  await host[Symbol.asyncDispose]();
  await guest[Symbol.asyncDispose]();
  await product[Symbol.asyncDispose]();
});

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
    return (element?.getAttribute("aria-label") ?? label ?? element?.textContent ?? "").trim();
  });

/** Presses a key until the focus stands on what is meant; fails when it goes round without meeting it. */
async function go(page: Page, wanted: RegExp, key = "Tab"): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    if (wanted.test(await focused(page))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`no way by ${key} to ${String(wanted)}; the focus is on ${await focused(page)}`);
}

test("[ADM-3] a guest on a phone asks to join by keys alone", async () => {
  const { page } = guest;
  await page.goto(address(product, meeting));
  await page.getByRole("heading", { name: "Join a meeting" }).waitFor();
  await go(page, /^Passcode/u);
  await page.keyboard.type(meeting.passcode);
  await go(page, /^Name/u);
  await page.keyboard.type("Anna Oba");
  await go(page, /^Organisation/u);
  await page.keyboard.type("Tokiwagi Works");
  await go(page, /^Ask to join/u);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Waiting for the start" }).waitFor();
});

test("[ADM-4] a host signs in, enters, checks and admits by keys alone; no key admits at once", async () => {
  const { page } = host;
  await page.goto(`${product.origin}/signin`);
  await page.getByLabel("メールアドレス").waitFor();
  await go(page, /^メールアドレス/u);
  await page.keyboard.type(owner.email);
  await go(page, /^パスワード/u);
  await page.keyboard.insertText(owner.password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "会議", exact: true }).first().waitFor();
  await page.goto(address(product, meeting));
  await page.getByRole("heading", { name: "会議への参加" }).waitFor();
  await go(page, /^会議を始める/u);
  await page.keyboard.press("Enter");
  await inRoom(page);
  await page.getByRole("button", { name: "Anna Obaさんを確認する" }).waitFor();
  await page.keyboard.press("Alt+KeyW");
  await expect.poll(() => focused(page)).toBe("Anna Obaさんを確認する");
  await page.keyboard.press("Enter");
  // The focus lands on the name, where Enter does nothing.
  await expect.poll(() => focused(page)).toBe("Anna Oba");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  await guest.page.getByRole("heading", { name: "Waiting to be admitted" }).waitFor();
  await go(page, /^Anna Obaさんの入室を許可/u);
  await readingTime(page);
  await page.keyboard.press("Enter");
  await inRoomEnglish();
});

async function inRoomEnglish(): Promise<void> {
  await guest.page.getByRole("toolbar").getByText("More").waitFor();
}

test("Escape decides later, and the focus goes back to the row", async () => {
  await using late = await person();
  const { page } = late;
  await page.goto(address(product, meeting));
  await page.getByLabel("会議パスコード").fill(meeting.passcode);
  await page.getByLabel("氏名").fill("工藤 彩");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "入室の許可を待っています" }).waitFor();
  await host.page.getByRole("button", { name: "工藤 彩さんを確認する" }).waitFor();
  await host.page.keyboard.press("Alt+KeyW");
  // At once: keys are pressed on what has the focus, and no row is too new for that.
  await host.page.keyboard.press("Enter");
  await expect.poll(() => focused(host.page)).toBe("工藤 彩");
  await host.page.keyboard.press("Escape");
  await expect.poll(() => focused(host.page)).toBe("工藤 彩さんを確認する");
});

test("F6 goes through the regions, keys open panels, and no letter does anything while one types", async () => {
  const { page } = host;
  const region = () =>
    page.evaluate(() => document.activeElement?.closest<HTMLElement>("[data-region]")?.dataset["region"]);
  await page.keyboard.press("F6");
  const seen = new Set<string>();
  for (let step = 0; step < 5; step += 1) {
    seen.add((await region()) ?? "");
    await page.keyboard.press("F6");
  }
  expect(seen).toEqual(new Set(["bar", "stage", "panel", "controls"]));
  await page.keyboard.press("Alt+KeyC");
  const field = page.getByPlaceholder("全員に送る");
  await field.focus();
  await page.keyboard.press("Alt+KeyM");
  expect(await page.getByRole("button", { name: /^マイク ?ミュート中/u }).count()).toBe(1);
  await page.keyboard.type("こんにちは");
  await page.keyboard.press("Enter");
  await page.getByRole("log").getByText("こんにちは").waitFor();
});

test("a guest mutes, opens the chat, and leaves by keys alone", async () => {
  const { page } = guest;
  await page.keyboard.press("Alt+KeyM");
  await page.getByRole("button", { name: /^Microphone ?On/u }).waitFor();
  await page.keyboard.press("Alt+KeyM");
  await page.getByRole("button", { name: /^Microphone ?Muted/u }).waitFor();
  await page.keyboard.press("Alt+KeyC");
  await page.getByRole("log").getByText("こんにちは").waitFor();
  await page.keyboard.press("Alt+KeyC");
  await go(page, /^Leave/u);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "You left the meeting" }).waitFor();
  expect(guest.broken).toEqual([]);
  expect(host.broken).toEqual([]);
});
