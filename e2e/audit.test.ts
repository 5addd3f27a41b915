/** The auditor's page: the organisation's log, its file, and what checking the chains there says (AUD-1). */
import { createReadStream } from "node:fs";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { schedule } from "../packages/testkit/src/meetings.ts";
import { button, heading, openHouse, signIn, walkIn, type House, type Walk } from "./journey.ts";

let house: House;
let walk: Walk;

beforeAll(async () => {
  house = await openHouse();
  walk = await walkIn(house, "ja");
  const { id } = house.verifier.me;
  await house.host.ok("PATCH", `/api/accounts/${id}`, { duties: ["auditor"] });
  await schedule(house.host);
}, 600_000);
afterAll(async () => {
  await walk?.[Symbol.asyncDispose]();
  await house?.[Symbol.asyncDispose]();
});

test("[AUD-1] an auditor reads what has happened and by whom, and finds one kind by filtering", async () => {
  const { say, verifier } = walk;
  const { page } = verifier;
  await signIn(walk, verifier, "verifier");
  await page.goto(`${house.product.origin}/audit`);
  await heading(page, say("audit", "title")).waitFor();
  await page.getByText("organisation.created").waitFor();
  await page.getByLabel(say("audit", "filter.type")).selectOption({ label: say("audit", "kind.meeting") });
  await button(page, say("audit", "filter.submit")).click();
  await page.getByText("organisation.created").waitFor({ state: "detached" });
  const row = page.getByRole("row").filter({ hasText: "meeting.scheduled" });
  await row.getByText("佐久間 里奈").waitFor();
  await row.getByRole("button").click();
  await page.getByRole("dialog").getByText(say("audit", "record.hash"), { exact: true }).waitFor();
  await page.keyboard.press("Escape");
});

test("[AUD-1] the file holds the filtered records as JSON Lines, and having been written it is on record", async () => {
  const { say } = walk;
  const { page } = walk.verifier;
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: say("audit", "export.jsonl") }).click(),
  ]);
  const lines = (await text(createReadStream(await download.path()))).trim().split("\n");
  // The last line says that the file ends there, and that it is a part.
  const records = lines.slice(0, -1);
  expect(lines.at(-1)).toContain('"kind":"part"');
  expect(records.length).toBeGreaterThan(0);
  for (const line of records) expect(line).toContain('"meeting.');
  await page.getByLabel(say("audit", "filter.type")).selectOption({ label: say("audit", "kind.audit") });
  await button(page, say("audit", "filter.submit")).click();
  await page.getByText("audit.exported").first().waitFor();
});

test("[AUD-1] checked there, the line says how many chains and records agree, and when", async () => {
  const { say } = walk;
  const { page } = walk.verifier;
  await page.getByText(say("audit", "check.none")).waitFor();
  await button(page, say("audit", "check")).click();
  const said = page.getByRole("status").filter({ hasText: say("audit", "check.ok").split("{{")[0] ?? "" });
  await said.waitFor();
  expect(await said.textContent()).toMatch(/\d+ 件/u);
  expect(walk.verifier.broken).toEqual([]);
});

test("[AUD-1] whoever is no auditor gets nothing of it", async () => {
  const { host } = walk;
  const answer = await house.product.client().send("GET", "/api/audit/log");
  expect(answer.status).toBe(401);
  await signIn(walk, host, "host");
  await host.page.goto(`${house.product.origin}/audit`);
  await host.page.getByRole("main").waitFor();
  expect(host.broken).toEqual([]);
});
