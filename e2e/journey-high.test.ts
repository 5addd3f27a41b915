/** 002, chapter 5.1: a meeting at high, as far as this server goes today: not saved, with the reason and a way out. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { beginForm, button, openHouse, signIn, walkIn, type House } from "./journey.ts";

let house: House;

beforeAll(async () => {
  house = await openHouse();
}, 600_000);
afterAll(() => house?.[Symbol.asyncDispose]());

describe.each(["ja", "en"] as const)("%s", (lang) => {
  test("[CNF-1] [CNF-4] high is not saved without end-to-end encryption, and says so", async () => {
    await using walk = await walkIn(house, lang);
    const { say } = walk;
    const { page } = walk.host;
    await signIn(walk, walk.host, "host");
    await beginForm(walk, "high", lang === "ja" ? "買収の検討" : "The acquisition");
    await button(page, say("schedule", "submit")).click();
    await page.getByText(say("schedule", "c.e2ee_not_available"), { exact: false }).first().waitFor();
    await button(page, say("schedule", "r.set_confidentiality_medium")).waitFor();
    expect(new URL(page.url()).pathname).toBe("/meetings/new");
    expect(walk.host.broken).toEqual([]);
  });
});
