import axe from "axe-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestBrowser } from "../../../../packages/testkit/src/browser.ts";
import { openGallery, type OpenGallery } from "./open-gallery.ts";

type Page = Awaited<ReturnType<TestBrowser["context"]["newPage"]>>;

/** 20 minutes: several hundred drawings on two cores. */
const LONG = 1_200_000;

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

const looks = ["ja", "en"].flatMap((lang) => ["light", "dark"].map((theme) => [lang, theme] as const));

test.each(looks)(
  "every state in %s, %s is clean for axe, scrolls in no direction but down, and breaks no policy",
  async (lang, theme) => {
    const found: string[] = [];
    const page = await gallery.browser.context.newPage();
    let state = "";
    page.on("console", (message) => {
      if (message.type() === "error") found.push(`${state}: ${message.text()}`);
    });
    page.on("pageerror", (error) => found.push(`${state}: ${error.message}`));
    for (state of ids)
      found.push(...(await problemsOf(page, { state, lang, theme })).map((text) => `${state}: ${text}`));
    await page.close();
    expect(found).toEqual([]);
  },
  LONG,
);

interface Look {
  readonly state: string;
  readonly lang: string;
  readonly theme: string;
}

async function problemsOf(page: Page, { state, lang, theme }: Look): Promise<string[]> {
  const found: string[] = [];
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(gallery.urlOf(state, lang, theme));
  await page.waitForSelector("html[data-ready]");
  await page.evaluate(axe.source);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    found.push(...(await axeProblems(page)).map((text) => `${width}: ${text}`));
  }
  await page.setViewportSize({ width: 320, height: 800 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > 320) found.push(`320: scrolls sideways, ${wide} px`);
  return found;
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
