import axe from "axe-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestBrowser } from "../../../../packages/testkit/src/browser.ts";
import { openGallery, type OpenGallery } from "./open-gallery.ts";

type Page = Awaited<ReturnType<TestBrowser["context"]["newPage"]>>;

/** 20 minutes: the full walk is a thousand drawings on two cores. */
const LONG = 1_200_000;
/** One page for each core. */
const AT_ONCE = 2;

interface Look {
  readonly lang: string;
  readonly theme: string;
  readonly width: number;
}

/** Every state in both languages, themes and widths at least once; all combinations with SEKISHO_GALLERY=full. */
const few: readonly Look[] = [
  { lang: "ja", theme: "light", width: 360 },
  { lang: "en", theme: "dark", width: 1280 },
];
const all = ["ja", "en"].flatMap((lang) =>
  ["light", "dark"].flatMap((theme) => [360, 1280].map((width) => ({ lang, theme, width }))),
);
const looks = process.env["SEKISHO_GALLERY"] === "full" ? all : few;

let gallery: OpenGallery;
let ids: readonly string[] = [];

beforeAll(async () => {
  gallery = await openGallery();
  const page = await gallery.browser.context.newPage();
  await page.goto(gallery.origin);
  await page.waitForSelector("html[data-ready]");
  ids = await page.$$eval("[data-state]", (links) =>
    links.map((link) => link.getAttribute("data-state") ?? ""),
  );
  await page.close();
}, LONG);

afterAll(() => gallery[Symbol.asyncDispose]());

test("the gallery has states, each under one name", () => {
  expect(ids.length).toBeGreaterThan(40);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(looks)(
  "every state in $lang, $theme at $width is clean for axe, scrolls in no direction but down, and breaks no policy",
  async (look) => {
    const found: string[] = [];
    const waiting = [...ids];
    const walk = async () => {
      // A context each: a page behind another one draws nothing.
      await using stack = new AsyncDisposableStack();
      const context = await gallery.browser.newContext({ reducedMotion: "reduce" });
      stack.defer(() => context.close());
      const page = await context.newPage();
      await page.goto(gallery.origin);
      await page.evaluate(axe.source);
      let state = "";
      page.on("console", (message) => {
        if (message.type() === "error") found.push(`${state}: ${message.text()}`);
      });
      page.on("pageerror", (error) => found.push(`${state}: ${error.message}`));
      for (state = waiting.shift() ?? ""; state !== ""; state = waiting.shift() ?? "")
        for (const text of await problemsOf(page, state, look)) found.push(`${state}: ${text}`);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, walk));
    expect(found).toEqual([]);
  },
  LONG,
);

async function problemsOf(page: Page, state: string, { lang, theme, width }: Look): Promise<string[]> {
  await page.setViewportSize({ width, height: 800 });
  await page.evaluate(
    (address) => {
      history.pushState(null, "", address);
      dispatchEvent(new PopStateEvent("popstate"));
    },
    gallery.urlOf(state, lang, theme),
  );
  await page.waitForSelector(`html[data-ready="${state}"]`);
  const found = await axeProblems(page);
  // The narrowest width that text has to reflow to without scrolling in two directions (WCAG 1.4.10).
  if (width === 360) await page.setViewportSize({ width: 320, height: 800 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return wide > 0 ? [...found, `scrolls sideways by ${wide} px`] : found;
}

async function axeProblems(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(
      ({ id, nodes }) =>
        `${id} (${nodes.length}): ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary ?? ""}`,
    );
  });
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
