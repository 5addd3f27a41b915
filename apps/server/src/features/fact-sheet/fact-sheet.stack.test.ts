/** The fact sheet, the agreement to it, and what host and report are told of it: the whole product (INV-4, SEC-8). */
import type { EntryView, FactSheetView, LobbyRowView, MeetingReport, StreamMessage } from "@sekisho/contract";
import { build } from "@sekisho/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import { startProduct, type Client, type Product } from "../../../../../packages/testkit/src/index.ts";
import {
  ask,
  asked,
  follow,
  idOf,
  schedule,
  type Ask,
  type TestMeeting,
} from "../../../../../packages/testkit/src/meetings.ts";
import { openDatabase, type Db } from "../../platform/db/database.ts";

let product: Product;
let host: Client;
let db: Db;

beforeAll(async () => {
  product = await startProduct({ page: false });
  host = await product.setUp();
  const handle = openDatabase(product.database.adminConnectionString, () => undefined, 2);
  db = handle.db;
}, 300_000);
afterAll(async () => {
  await db?.destroy();
  await product?.[Symbol.asyncDispose]();
});

const medium = (change = {}) => schedule(host, { confidentiality: "medium", ...change });
const sheetOf = (client: Client, link: string, passcode: string | null = null) =>
  client.send("POST", `/api/m/${link}/fact-sheet`, { passcode });
const goodSheet = (client: Client, meeting: TestMeeting) =>
  client.ok<FactSheetView>("POST", `/api/m/${meeting.link}/fact-sheet`, { passcode: null });
const entryOf = (client: Client, meeting: TestMeeting) =>
  client.ok<EntryView>("GET", `/api/m/${meeting.link}`);

async function request(client: Client, meeting: TestMeeting, body: object, who: Ask = {}) {
  const answer = await client.send("POST", `/api/m/${meeting.link}/requests`, {
    displayName: who.name ?? "大庭 修一郎",
    affiliation: who.affiliation ?? "常磐木製作所",
    passcode: meeting.passcode,
    build,
    ...body,
  });
  return `${answer.status} ${JSON.stringify(answer.body)}`;
}

test("[INV-4] without the word for this very version nobody from outside can ask to join", async () => {
  const meeting = await medium();
  const guest = product.client();
  expect((await entryOf(guest, meeting)).meeting?.toSay).toEqual({ agreement: 1, device: false });
  const { version } = await goodSheet(guest, meeting);
  expect(version).toBe(1);
  expect(await request(guest, meeting, {})).toContain("403 ");
  expect(await request(guest, meeting, { agreement: null })).toContain("agreement_needed");
  expect(await request(guest, meeting, { agreement: { version: 2, ownPolicy: true } })).toContain(
    "agreement_needed",
  );
  expect(await request(guest, meeting, { agreement: { version, ownPolicy: false } })).toContain(
    "bad_request",
  );
  expect(await request(guest, meeting, { agreement: { version, ownPolicy: true } })).toContain("200 ");
  // The same browser is not asked again; another one is, and so is a colleague never.
  expect((await entryOf(guest, meeting)).meeting?.toSay.agreement).toBeNull();
  expect((await entryOf(product.client(), meeting)).meeting?.toSay.agreement).toBe(1);
  const other = await colleague(product, host);
  expect((await entryOf(other.client, meeting)).meeting?.toSay.agreement).toBeNull();
  expect((await ask(other.client, meeting, { agree: false })).status).toBe(200);
});

test("[INV-4] who did not give the right passcode is not even told that there is something to agree to", async () => {
  const meeting = await medium();
  const guest = product.client();
  const wrong = await ask(guest, meeting, { passcode: "WRONGPASSC" });
  expect(JSON.stringify(wrong.body)).toContain("entry_not_accepted");
});

test("[INV-4] the sheet says what is in force, in both languages, and a change of it is a new version", async () => {
  const meeting = await medium();
  const guest = product.client();
  const first = await goodSheet(guest, meeting);
  const words = JSON.stringify(first);
  for (const part of [product.origin, "みどり野銀行", "復号できる", "could decrypt", "録画・録音はしません"])
    expect(words).toContain(part);
  expect((await goodSheet(guest, meeting)).version).toBe(1);
  const contact = { ja: "総務部 03-0000-0000", en: "General affairs, +81 3 0000 0000" };
  const kept = { ja: "", en: "" };
  await host.ok("PUT", "/api/organisation/fact-sheet", { contact, kept });
  const second = await goodSheet(guest, meeting);
  expect([second.version, JSON.stringify(second).includes("総務部")]).toEqual([2, true]);
  await host.ok("PUT", "/api/organisation/fact-sheet", { contact: kept, kept });
  // The same words are the same version: who agreed to them has agreed to them.
  expect((await goodSheet(guest, meeting)).version).toBe(1);
  const { rows } = await sql<{
    type: string;
  }>`select type from organisation_event where type = 'factSheet.changed'`.execute(db);
  expect(rows).toHaveLength(2);
});

test("[INV-4] fifty readers at once, of two texts, make two versions", async () => {
  const meeting = await medium();
  const read = () => Promise.all(Array.from({ length: 25 }, () => goodSheet(product.client(), meeting)));
  const [some] = await Promise.all([
    read(),
    host.ok("PUT", "/api/organisation/fact-sheet", {
      contact: { ja: "受付", en: "" },
      kept: { ja: "", en: "" },
    }),
    read(),
  ]);
  expect(some.every(({ version }) => version === 1 || version === 2)).toBe(true);
  const { rows } = await sql<{
    version: number;
  }>`select version from fact_sheet_version where meeting_id = ${meeting.id}`.execute(db);
  expect(rows.length).toBeLessThanOrEqual(2);
  await host.ok("PUT", "/api/organisation/fact-sheet", {
    contact: { ja: "", en: "" },
    kept: { ja: "", en: "" },
  });
});

test("[MTG-4] the sheet is for the holder of a link, or of number and passcode; every other answer is one", async () => {
  const meeting = await medium();
  const cancelled = await medium();
  await host.ok("POST", `/api/meetings/${cancelled.id}/cancel`);
  const guest = product.client();
  const refused = [
    await sheetOf(guest, "A".repeat(22)),
    await sheetOf(guest, cancelled.link),
    await sheetOf(guest, meeting.number),
    await sheetOf(guest, meeting.number, "WRONGPASSC"),
    await sheetOf(guest, "99999999999", meeting.passcode),
  ];
  const bodies = new Set(refused.map(({ status, body }) => `${status} ${JSON.stringify(body)}`));
  expect([...bodies]).toEqual(['403 {"code":"entry_not_accepted"}']);
  expect((await sheetOf(guest, meeting.number, meeting.passcode)).status).toBe(200);
  expect((await ask(guest, meeting, {}, meeting.number)).status).toBe(200);
});

type Lobby = Extract<StreamMessage, { type: "room" | "patch" }>;
const rowsOf = (message: Lobby): readonly LobbyRowView[] =>
  message.type === "room" ? message.lobby : message.lobby.set;

test("[INV-4] [AUD-2] the host sees who agreed to which version and when, and so does the report", async () => {
  const meeting = await medium();
  const hosting = await follow(host, meeting);
  const guest = product.client();
  await asked(guest, meeting);
  const message = await hosting.stream.until(
    (one): one is Lobby => (one.type === "room" || one.type === "patch") && rowsOf(one).length > 0,
  );
  expect(rowsOf(message)[0]).toMatchObject({
    agreed: { version: 1 },
    agreementMissing: false,
    deviceDeclaredAt: null,
  });
  await guest.ok("POST", `/api/m/${meeting.link}/withdraw`);
  // Asked again: what was said stays said, with its own time.
  await ask(guest, meeting, { agree: false });
  await host.ok("POST", `/api/m/${meeting.link}/end`);
  await hosting.stream.close();
  const path = `/api/meetings/${meeting.id}/reports`;
  const { reports } = await host.ok<{ reports: { instanceId: string }[] }>("GET", path);
  const report = await host.ok<MeetingReport>("GET", `${path}/${reports[0]?.instanceId}`);
  const guests = report.people.filter(({ external }) => external);
  expect(guests.map(({ agreed }) => agreed?.version)).toEqual([1, 1]);
  expect(guests[0]?.agreed).toEqual(guests[1]?.agreed);
  const csv = await host.send("GET", `${path}/${reports[0]?.instanceId}/people.csv`);
  expect(String(csv.body)).toContain("agreed_version");
});

test("[SEC-8] where the class asks for it, everybody declares the device, the host too, and it is recorded", async () => {
  const meeting = await schedule(host);
  await sql`update meeting set settings = settings || '{"confidentiality": "high"}' where id = ${meeting.id}`.execute(
    db,
  );
  const { client } = await colleague(product, host);
  expect(await request(client, meeting, {})).toContain("device_declaration_needed");
  expect(await request(client, meeting, { deviceDeclared: true })).toContain("200 ");
  expect(JSON.stringify((await ask(host, meeting)).body)).toContain("device_declaration_needed");
  expect((await entryOf(host, meeting)).meeting?.toSay).toEqual({ agreement: null, device: true });
  const entered = await ask(host, meeting, { deviceDeclared: true });
  expect([entered.status, (await entryOf(host, meeting)).meeting?.toSay.device]).toEqual([200, false]);
  const { rows } = await sql<{ type: string }>`
    select e.type from meeting_event e join meeting_instance i on i.id = e.instance_id
     where i.meeting_id = ${meeting.id} and e.type = 'admission.deviceDeclared' order by e.seq
  `.execute(db);
  const declared = "admission.deviceDeclared";
  expect(rows.map(({ type }) => type)).toEqual([declared, declared]);
});

test("[INV-6] the rule for names holds at the door and at every rename, over the product's own routes", async () => {
  const invitees = [{ name: "大庭 修一郎", organisation: "常磐木製作所", email: "oba@tokiwagi.example" }];
  const meeting = await medium({
    nameRule: "registered",
    rename: "everyone",
    invitees,
    verifier: null,
    confidentiality: "low",
  });
  const hosting = await follow(host, meeting);
  const guest = product.client();
  const refused = await ask(guest, meeting, { name: "見知らぬ 人" });
  expect([refused.status, JSON.stringify(refused.body)]).toEqual([422, '{"code":"name_against_rule"}']);
  const id = idOf(await asked(guest, meeting, { name: "大庭修一郎", affiliation: "常磐木製作所" }));
  await host.ok("POST", `/api/m/${meeting.link}/admit`, {
    rows: [{ admissionId: id, revision: 1 }],
    method: null,
    standInReason: null,
  });
  for (const client of [guest, host]) {
    const answer = await client.send("POST", `/api/m/${meeting.link}/participants/${id}/rename`, {
      displayName: "大庭 修一郎",
      affiliation: "みどり野銀行",
    });
    expect(JSON.stringify(answer.body)).toContain("name_against_rule");
  }
  await hosting.stream.close();
});
