/** Registrants at the door: the whole product, real LiveKit, two processes, real mail (INV-5, IDN-4, ADM-4). */
import type { EntryView, LobbyRowView, MeetingInput, RegistrationManager } from "@sekisho/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import {
  startProduct,
  type Client,
  type Product,
  type ProductProcess,
} from "../../../../../packages/testkit/src/index.ts";
import {
  ask,
  asked,
  follow,
  schedule,
  until,
  type Insider,
  type TestMeeting,
} from "../../../../../packages/testkit/src/meetings.ts";
import { startSmtp, textOfMail, type TestSmtp } from "../../../../../packages/testkit/src/smtp-server.ts";
import { openDatabase } from "../../platform/db/database.ts";

let smtp: TestSmtp;
let product: Product;
let second: ProductProcess;
let host: Client;
let hostId: string;

beforeAll(async () => {
  smtp = await startSmtp();
  product = await startProduct({
    page: false,
    config: {
      ...{ smtpHost: smtp.host, smtpPort: smtp.port, smtpCaFile: smtp.caFile, smtpTls: "starttls" },
      smtpFrom: "sekisho@midorino.example",
    },
  });
  host = await product.setUp();
  hostId = (await host.ok<{ id: string }>("GET", "/api/me")).id;
  second = await product.startProcess();
}, 300_000);
afterAll(async () => {
  await product?.[Symbol.asyncDispose]();
  await smtp?.[Symbol.asyncDispose]();
});

async function seminar(change: Partial<MeetingInput> = {}) {
  const wish = { registration: "required", passcodeRequired: false, verifier: hostId } as const;
  const meeting = await schedule(host, { ...wish, ...change });
  const { url } = await host.ok<RegistrationManager>("GET", `/api/meetings/${meeting.id}/registration`);
  return { meeting: { ...meeting, passcode: "" }, form: new URL(url).pathname };
}

/** Registers and confirms; answers the path of the personal link. */
async function register(form: string, email: string, name: string): Promise<string> {
  const guest = product.client();
  const body = { name, organisation: "常磐木製作所", email, answers: [], locale: "ja" };
  await guest.ok("POST", `/api${form}`, body);
  const path = ownPath(await smtp.mailTo(email));
  await guest.ok("POST", `${path}/confirm`);
  expect(ownPath(await smtp.mailTo(email, 2))).toBe(path);
  return path;
}

function ownPath(mail: Parameters<typeof textOfMail>[0]): string {
  return `/api${/^https?:\/\/[^/]+(\/r\/\S+\/\S+)$/mu.exec(textOfMail(mail))?.[1]}`;
}

const entry = (guest: Client, meeting: TestMeeting) => guest.ok<EntryView>("GET", `/api/m/${meeting.link}`);

/** The host's row of somebody who waits, as soon as it is so. */
async function row(
  hosting: Insider,
  admissionId: string,
  want: Partial<LobbyRowView>,
): Promise<LobbyRowView> {
  const found = (message: Insider["stream"]["messages"][number]) => {
    const rows = message.type === "room" ? message.lobby : message.type === "patch" ? message.lobby.set : [];
    return rows.find(
      (one) =>
        one.id === admissionId &&
        Object.entries(want).every(([key, value]) => Reflect.get(one, key) === value),
    );
  };
  const seen = found(await hosting.stream.untilAny((message) => found(message) !== undefined));
  if (seen === undefined) throw new Error("no such row");
  return seen;
}

test("[INV-5] [ADM-4] seminar at low: personal link, waiting row, admitted by the match with the registration, report", async () => {
  const { meeting, form } = await seminar();
  const hosting = await follow(host, meeting);
  const guest = product.client(second.origin);
  expect(await ask(guest, meeting)).toMatchObject({ status: 403, body: { code: "registration_needed" } });
  expect(await entry(guest, meeting)).toMatchObject({ knownAs: null, meeting: { registrationNeeded: true } });
  const path = await register(form, "oba@tokiwagi.example", "大庭 修一郎");
  await guest.ok("POST", `${path}/open`);
  expect(await entry(guest, meeting)).toMatchObject({
    knownAs: { displayName: "大庭 修一郎", affiliation: "常磐木製作所", proved: true },
    meeting: { registrationNeeded: false },
  });
  // Whatever is typed, the name is that of the registration.
  const waiting = await follow(guest, meeting, { name: "佐久間 里奈" });
  const known = { registration: "registered", nameProved: true, badge: "verified" } as const;
  const seen = await row(hosting, waiting.admissionId, { ...known, displayName: "大庭 修一郎" });
  // The same link in another browser: asked anew, told apart, no match any more.
  const other = product.client();
  await other.ok("POST", `${path}/open`);
  expect(await entry(other, meeting)).toMatchObject({
    knownAs: { displayName: "大庭 修一郎", proved: false },
  });
  const shared = await follow(other, meeting);
  await row(hosting, shared.admissionId, {
    registration: "sameLink",
    nameProved: false,
    badge: "unverified",
  });
  const admit = { rows: [{ admissionId: seen.id, revision: seen.revision }], standInReason: null };
  const match = { ...admit, method: "registrationMatch" };
  const to = `/api/m/${meeting.link}`;
  expect(await host.send("POST", `${to}/admit`, match)).toMatchObject({
    status: 422,
    body: { code: "method_required" },
  });
  await host.ok("POST", `${to}/deny`, { rows: [{ admissionId: shared.admissionId, revision: 1 }] });
  await host.ok("POST", `${to}/admit`, match);
  await until(waiting, "admitted");
  await host.ok("POST", `${to}/end`);
  const reports = `/api/meetings/${meeting.id}/reports`;
  await expect
    .poll(async () => (await host.ok<{ reports: { instanceId: string }[] }>("GET", reports)).reports.length, {
      timeout: 20_000,
    })
    .toBe(1);
  const [{ instanceId } = { instanceId: "" }] = (
    await host.ok<{ reports: { instanceId: string }[] }>("GET", reports)
  ).reports;
  expect(await host.ok("GET", `${reports}/${instanceId}`)).toMatchObject({
    people: expect.arrayContaining([
      expect.objectContaining({
        ...{ displayName: "大庭 修一郎", method: "registrationMatch", registered: true, nameProved: true },
      }),
      expect.objectContaining({ outcome: "denied", registered: true, nameProved: false }),
    ]),
  });
  await Promise.all([hosting, waiting, shared].map((one) => one.stream.close()));
});

test("[INV-5] whoever is in by a registration that is taken back leaves, and the link opens nothing", async () => {
  const { meeting, form } = await seminar({ verifier: null, waitingRoom: false });
  const hosting = await follow(host, meeting);
  const guest = product.client(second.origin);
  const path = await register(form, "gone@tokiwagi.example", "去る 人");
  await guest.ok("POST", `${path}/open`);
  const inside = await follow(guest, meeting);
  await until(inside, "admitted");
  const { registrants } = await host.ok<{ registrants: { id: string }[] }>(
    "GET",
    `/api/meetings/${meeting.id}/registrations`,
  );
  await host.ok("POST", `/api/meetings/${meeting.id}/registrations/decide`, {
    ids: registrants.map((one) => one.id),
    decision: "remove",
  });
  await until(inside, "removed");
  expect(await guest.send("POST", `${path}/open`)).toMatchObject({ status: 404 });
  expect(await ask(guest, meeting)).toMatchObject({ status: 403, body: { code: "registration_needed" } });
  await Promise.all([hosting, inside].map((one) => one.stream.close()));
});

test("[INV-5] a link that was passed on lets nobody in, though the registrant is not there yet", async () => {
  const { meeting, form } = await seminar({ verifier: null, waitingRoom: false });
  const hosting = await follow(host, meeting);
  const path = await register(form, "early@tokiwagi.example", "早い 人");
  const guest = product.client();
  await guest.ok("POST", `${path}/open`);
  const other = product.client(second.origin);
  await other.ok("POST", `${path}/open`);
  const passedOn = await follow(other, meeting);
  await until(passedOn, "waiting");
  await row(hosting, passedOn.admissionId, { registration: "sameLink", badge: "unverified" });
  await Promise.all([hosting, passedOn].map((one) => one.stream.close()));
});

test("[ADM-1] [INV-5] a registration that is taken back while its request is under way lets nobody wait or enter", async () => {
  const { meeting, form } = await seminar();
  await asked(host, meeting);
  const guest = product.client(second.origin);
  await guest.ok("POST", `${await register(form, "race@tokiwagi.example", "間 一髪")}/open`);
  const list = `/api/meetings/${meeting.id}/registrations`;
  const { registrants } = await host.ok<{ registrants: { id: string }[] }>("GET", list);
  const behind = openDatabase(product.database.adminConnectionString, () => undefined, 2);
  const lock = await behind.pool.connect();
  await lock.query("begin");
  await lock.query("select from meeting_instance where meeting_id = $1 for update", [meeting.id]);
  const asking = ask(guest, meeting);
  // It has been found registered, and waits for its turn to be written.
  const held = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like 'begin;%meeting_instance%'`;
  await expect
    .poll(async () => (await behind.pool.query(held)).rowCount, { timeout: 20_000 })
    .toBeGreaterThan(0);
  await host.ok("POST", `${list}/decide`, { ids: registrants.map((one) => one.id), decision: "remove" });
  await lock.query("commit");
  lock.release();
  await behind.close();
  expect(await asking).toMatchObject({ status: 403, body: { code: "registration_needed" } });
  expect((await entry(guest, meeting)).admission?.state).not.toBe("waiting");
});

test("[IDN-4] an invited address is proved by a code, and the name is then the invitation's; others learn nothing", async () => {
  const invitees = [{ name: "勅使河原 万里江", organisation: "山吹台大学", email: "mari@yamabuki.example" }];
  const meeting = await schedule(host, { guestProof: "address", invitees });
  const hosting = await follow(host, meeting);
  const guest = product.client(second.origin);
  expect(await ask(guest, meeting)).toMatchObject({ status: 403, body: { code: "address_proof_needed" } });
  expect(await entry(guest, meeting)).toMatchObject({ addressProof: true, meeting: { addressNeeded: true } });
  const path = `/api/m/${meeting.link}/address`;
  const other = product.client();
  const uninvited = await other.send("POST", path, { email: "nobody@yamabuki.example" });
  const invited = await guest.send("POST", path, { email: "Mari@Yamabuki.example" });
  expect([uninvited.status, uninvited.body]).toEqual([invited.status, invited.body]);
  const code = /^ {4}(\d{6})$/mu.exec(textOfMail(await smtp.mailTo("mari@yamabuki.example")))?.[1];
  // The code is for the browser that asked for it, and good once.
  expect(await other.send("POST", `${path}/confirm`, { email: "mari@yamabuki.example", code })).toMatchObject(
    {
      status: 422,
    },
  );
  await guest.ok("POST", `${path}/confirm`, { email: "mari@yamabuki.example", code });
  expect(await guest.send("POST", `${path}/confirm`, { email: "mari@yamabuki.example", code })).toMatchObject(
    {
      status: 422,
    },
  );
  expect(smtp.mails.some((mail) => mail.to.includes("nobody@yamabuki.example"))).toBe(false);
  const waiting = await follow(guest, meeting, { name: "別の名前" });
  await row(hosting, waiting.admissionId, {
    displayName: "勅使河原 万里江",
    nameProved: true,
    badge: "verified",
  });
  expect(await ask(other, meeting)).toMatchObject({ body: { code: "address_proof_needed" } });
  await Promise.all([hosting, waiting].map((one) => one.stream.close()));
});

test("[INV-5] an account is registered with its own address, and a registered address is proved by code in a new browser", async () => {
  const { meeting, form } = await seminar();
  const { client, me } = await colleague(product, host);
  expect(await ask(client, meeting)).toMatchObject({ body: { code: "registration_needed" } });
  await register(form, me.email, "同僚");
  expect(await ask(client, meeting)).toMatchObject({ status: 200 });
  await register(form, "code@tokiwagi.example", "大庭 俊");
  const guest = product.client();
  const path = `/api/m/${meeting.link}/address`;
  await guest.ok("POST", path, { email: "code@tokiwagi.example" });
  const code = /^ {4}(\d{6})$/mu.exec(textOfMail(await smtp.mailTo("code@tokiwagi.example", 3)))?.[1];
  await guest.ok("POST", `${path}/confirm`, { email: "code@tokiwagi.example", code });
  expect(await entry(guest, meeting)).toMatchObject({ knownAs: { displayName: "大庭 俊", proved: true } });
});
