/** A meeting at medium from before anybody was asked about its risk does not begin before its host has said so (CNF-1). */
import type { EntryView, MeetingDetail } from "@sekisho/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import { startProduct, type Client, type Product } from "../../../../../packages/testkit/src/index.ts";
import { ask, asked, follow, schedule, until } from "../../../../../packages/testkit/src/meetings.ts";
import { openDatabase } from "../../platform/db/database.ts";

let product: Product;
let host: Client;

beforeAll(async () => {
  product = await startProduct({ page: false });
  host = await product.setUp();
}, 300_000);
afterAll(() => product?.[Symbol.asyncDispose]());

/** As a release before the question left it. */
async function forgetAcceptance(meetingId: string): Promise<void> {
  const behind = openDatabase(product.database.adminConnectionString, () => undefined, 2);
  await sql`
    update meeting set settings = settings || '{"transportRiskAccepted": false}'::jsonb where id = ${meetingId}
  `.execute(behind.db);
  await behind.close();
}

test("[CNF-1] host and co-host are asked for the word and everybody else waits; once it is said the meeting begins", async () => {
  const second = await colleague(product, host);
  const meeting = await schedule(host, { confidentiality: "medium", coHosts: [second.me.id] });
  await forgetAcceptance(meeting.id);
  const refused = { status: 409, body: { code: "risk_not_accepted" } };
  for (const hosting of [host, second.client]) {
    expect(await ask(hosting, meeting)).toMatchObject(refused);
    const { me } = await hosting.ok<EntryView>("GET", `/api/m/${meeting.link}`);
    expect(me).toMatchObject({ hosting: true, meetingId: meeting.id, riskOpen: true });
  }
  // By the number as well; and to nobody else anything of it shows.
  expect(await ask(host, meeting, {}, meeting.number)).toMatchObject(refused);
  const guest = product.client();
  expect(await asked(guest, meeting)).toMatchObject({ state: "waiting", hostStarted: false });
  const { meeting: detail, settings } = await read(meeting.id);
  await host.ok("PUT", `/api/meetings/${meeting.id}`, {
    meeting: { ...settings, transportRiskAccepted: true },
    version: detail.version,
  });
  await until(await follow(host, meeting), "admitted");
});

test("[CNF-1] a meeting that is on already goes on, and its host comes back", async () => {
  const meeting = await schedule(host, { confidentiality: "medium" });
  const inside = await follow(host, meeting);
  await until(inside, "admitted");
  await forgetAcceptance(meeting.id);
  expect(await ask(host, meeting)).toMatchObject({ status: 200 });
});

async function read(meetingId: string) {
  const meeting = await host.ok<MeetingDetail>("GET", `/api/meetings/${meetingId}`);
  if (meeting.settings === null) throw new Error("the host sees no settings");
  return { meeting, settings: meeting.settings };
}
