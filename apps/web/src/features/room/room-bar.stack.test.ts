/** The security bar on a narrow phone: everything in it can be read, in two rows at most (SEC-6). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openGallery, type OpenGallery } from "../../gallery/open-gallery.ts";

let gallery: OpenGallery;

beforeAll(async () => {
  gallery = await openGallery();
}, 600_000);
afterAll(() => gallery?.[Symbol.asyncDispose]());

test.each(["ja", "en"])("[SEC-6] at 360 px the bar takes two rows at most, in %s", async (lang) => {
  const page = await gallery.browser.context.newPage();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(gallery.origin);
  await page.waitForSelector("html[data-ready]");
  const states = await page.$$eval("[data-state]", (links) =>
    links.map((link) => link.getAttribute("data-state") ?? "").filter((one) => one.startsWith("room/")),
  );
  const tall: string[] = [];
  let bars = 0;
  for (const state of states) {
    await page.evaluate(
      (address) => {
        history.pushState(null, "", address);
        dispatchEvent(new PopStateEvent("popstate"));
      },
      gallery.urlOf(state, lang),
    );
    await page.waitForSelector(`html[data-ready="${state}"]`);
    const rows = await page.evaluate(rowsOfBar);
    if (rows === null) continue;
    bars += 1;
    if (rows.count > 2 || rows.cut.length > 0)
      tall.push(`${state}: ${rows.count} rows; cut: ${rows.cut.join()}`);
  }
  await page.close();
  expect(bars).toBeGreaterThan(5);
  expect(tall).toEqual([]);
});

/** Runs in the page. Rows are told by where the buttons' middles lie; what is cut off cannot be read. */
function rowsOfBar(): { count: number; cut: string[] } | null {
  const bar = document.querySelector('section[class*="bar"]:has(ul)');
  if (bar === null) return null;
  const buttons = [...bar.querySelectorAll<HTMLElement>("button")].filter((one) => one.offsetWidth > 0);
  const middles = new Set(
    buttons.map((one) => {
      const { top, height } = one.getBoundingClientRect();
      return Math.round((top + height / 2) / 16);
    }),
  );
  const cut = buttons.filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left < -1 || right > innerWidth + 1;
  });
  return { count: middles.size, cut: cut.map((one) => one.textContent ?? "") };
}
