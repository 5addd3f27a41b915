/** Primitives under a real pointer and a real keyboard. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestBrowser } from "../../../../packages/testkit/src/browser.ts";
import { openGallery, type OpenGallery } from "../gallery/open-gallery.ts";

type Page = Awaited<ReturnType<TestBrowser["context"]["newPage"]>>;

let gallery: OpenGallery;
let page: Page;

beforeAll(async () => {
  gallery = await openGallery();
  page = await gallery.browser.context.newPage();
});

afterAll(() => gallery[Symbol.asyncDispose]());

async function open(state: string): Promise<void> {
  await page.goto(gallery.urlOf(state));
  await page.waitForSelector("html[data-ready]");
}

/** Without the pointer, which stays where it is. */
async function does(what: string): Promise<void> {
  await page.evaluate((name) => document.querySelector<HTMLElement>(`[data-do="${name}"]`)?.click(), what);
}

const check = (id: string) => page.getByRole("button", { name: `${id} を確認する` });
const output = (name: string) => page.getByLabel(name, { exact: true });

async function middleOf(id: string): Promise<{ x: number; y: number }> {
  const box = await check(id).boundingBox();
  if (box === null) throw new Error(`${id} is not drawn`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test("[ui no-shift 3] twenty requests arriving during a press change neither its place nor whom it means", async () => {
  await open("ui/live-list");
  const before = await middleOf("b");
  // A row has to have stood still before it takes a press.
  await expect.poll(async () => (await check("b").click(), output("pressed").textContent())).toBe("b");
  await open("ui/live-list");
  await page.mouse.move(before.x, before.y);
  await page.waitForFunction(() => performance.now() > 2000);
  await page.mouse.down();
  await does("arrive");
  await does("decide");
  expect(await middleOf("b")).toEqual(before);
  await page.mouse.up();
  expect(await output("pressed").textContent()).toBe("b");
});

test("[ui no-shift 2] the decided row keeps its place while the pointer is in the box, and closes up after it left", async () => {
  const before = await middleOf("b");
  expect(await page.getByText("許可").count()).toBe(1);
  await page.mouse.move(before.x, before.y + 2);
  expect(await middleOf("b")).toEqual(before);
  await page.mouse.move(900, 5);
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await expect.poll(() => page.getByText("許可").count(), { timeout: 10_000 }).toBe(0);
});

test("[ui no-shift 4] a press on what has just come under the pointer is ignored", async () => {
  await open("ui/live-list");
  await page.waitForFunction(() => performance.now() > 2000);
  await does("arrive");
  // In the same task as the arrival's drawing: no person is that fast on purpose.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const fresh = [...document.querySelectorAll("button")].find(
          (button) => button.textContent === "n3 を確認する",
        );
        fresh?.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
        fresh?.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 1 }));
        requestAnimationFrame(() => resolve());
      }),
  );
  expect(await output("pressed").textContent()).toBe("");
});

test("[ui no-shift 4] a key pressed on the focused row is never too early", async () => {
  await open("ui/live-list");
  await does("arrive");
  // In one task with the focus: however fast the fingers are, what has the focus is meant.
  await page.evaluate(() => {
    const fresh = [...document.querySelectorAll("button")].find(
      (button) => button.textContent === "n3 を確認する",
    );
    fresh?.focus();
    fresh?.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 0 }));
  });
  await expect.poll(() => output("pressed").textContent()).toBe("n3");
});

test("Enter during conversion sends no form, Enter after it does", async () => {
  await open("ui/live-form");
  const session = await gallery.browser.context.newCDPSession(page);
  await page.getByLabel("氏名").focus();
  await session.send("Input.imeSetComposition", { text: "さえぐさ", selectionStart: 4, selectionEnd: 4 });
  await session.send("Input.dispatchKeyEvent", {
    type: "keyDown",
    key: "Enter",
    code: "Enter",
    windowsVirtualKeyCode: 229,
    text: "\r",
  });
  expect(await output("sent").textContent()).toBe("0");
  await session.send("Input.insertText", { text: "三枝" });
  await page.keyboard.press("Enter");
  await expect.poll(() => output("sent").textContent()).toBe("1");
});

test("a destructive dialog opens with the focus on cancel, Escape closes it and the focus goes back", async () => {
  await open("ui/live-form");
  await page.locator('[data-do="ask"]').focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("キャンセル");
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.getAttribute("data-do"))).toBe("ask");
});

test("[AUD-2] each printed sheet of a report says its class, the head of the chain, and which sheet it is", async () => {
  const page = await gallery.browser.context.newPage();
  await page.goto(gallery.urlOf("report/full"));
  await page.waitForSelector('html[data-ready="report/full"]');
  const foot = await page.evaluate(() => ({
    text: document.documentElement.style.getPropertyValue("--print-foot"),
    rules: [...document.styleSheets].flatMap(({ cssRules }) =>
      [...cssRules].filter((rule) => rule instanceof CSSPageRule).map(({ cssText }) => cssText),
    ),
  }));
  expect(foot.text).toBe(JSON.stringify(`機密性 中 · 記録の連鎖の先頭 ${"0f".repeat(32)}`));
  expect(foot.rules.join("\n")).toMatch(
    /@bottom-left[^}]*var\(--print-foot\)[^}]*\}[^@]*@bottom-right[^}]*counter\(page\)/u,
  );
  // A4 upright, in points; more than one sheet, so that there is something to lose.
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]/gu)?.length).toBeGreaterThan(1);
  await page.close();
});
