import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestBrowserClient } from "../../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../../packages/testkit/src/postgres.ts";
import {
  lowInput,
  meetingInput,
  outsider,
  schedulingWorld,
  text,
  value,
  type SchedulingWorld,
} from "../../../../../../packages/testkit/src/scheduling-world.ts";
import { startSmsProvider, type SmsProvider } from "../../../../../../packages/testkit/src/sms-provider.ts";
import { startSmtp, textOfMail, type TestSmtp } from "../../../../../../packages/testkit/src/smtp-server.ts";
import { createMailTransport } from "../../../platform/mail/mail-transport.ts";
import { newToken } from "../../../platform/random.ts";
import { createSmsTransport } from "../../../platform/sms/sms-transport.ts";

let postgres: TestPostgres;
let smtp: TestSmtp;
let provider: SmsProvider;
let world: SchedulingWorld;
let folder = "";
const clock = { ahead: 0 };

beforeAll(async () => {
  postgres = await startPostgres();
  smtp = await startSmtp();
  provider = await startSmsProvider();
  folder = mkdtempSync(join(tmpdir(), "sekisho-sms-"));
  const credential = join(folder, "sms");
  writeFileSync(credential, "AC1:north wind\n", { mode: 0o600 });
  world = await schedulingWorld(postgres, {
    now: () => Date.now() + clock.ahead,
    mail: createMailTransport({
      ...{ smtpHost: smtp.host, smtpPort: smtp.port, smtpCaFile: smtp.caFile, smtpTls: "starttls" },
      ...{ smtpFrom: "sekisho@midorino.example", smtpUser: undefined, smtpPasswordFile: undefined },
    }),
    sms: createSmsTransport({
      ...{ smsUrl: provider.url, smsCredentialFile: credential, smsFrom: "Midorino" },
      exposure: "loopback",
    }),
  });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await smtp[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Sent = {
  readonly meetingId: string;
  readonly passcode: string;
  readonly email: string;
  readonly phone: string;
  readonly token: string;
};

let made = 0;
async function sendPage(): Promise<Sent> {
  made += 1;
  const invitee = { ...outsider, email: `guest${made}@tokiwagi.example`, phone: `+81900000000${made}` };
  const meeting = { ...meetingInput(lowInput()), invitees: [invitee] };
  const answer = await world.host.send("POST", "/api/meetings", { meeting, passcode: null });
  const meetingId = text(answer, "meeting", "id");
  const sent = await world.host.send("POST", `/api/meetings/${meetingId}/passcode/send`, {
    ...{ email: invitee.email, channel: "oneTimePage" },
  });
  expect(sent.status, sent.text).toBe(200);
  const token = /\/p\/([A-Za-z0-9_-]{43})/u.exec(textOfMail(await smtp.mailTo(invitee.email)))?.[1] ?? "";
  return { meetingId, passcode: text(answer, "passcode"), email: invitee.email, phone: invitee.phone, token };
}

const ask = (browser: TestBrowserClient, token: string) =>
  browser.send("POST", `/api/passcode-pages/${token}/code`, {});
const open = (browser: TestBrowserClient, token: string, code: string) =>
  browser.send("POST", `/api/passcode-pages/${token}/open`, { code });
const codeIn = (sms: { readonly text: string }) => /\d{6}/u.exec(sms.text)?.[0] ?? "";
const refused = { status: 422, body: { code: "code_not_accepted" } };

test("[INV-1] the page gives the passcode out once, for a code that went to the telephone", async () => {
  const page = await sendPage();
  const mail = await smtp.mailTo(page.email);
  expect(mail.raw + textOfMail(mail)).not.toMatch(/\/m\//u);
  const guest = world.newBrowser();
  expect(await ask(guest, page.token)).toMatchObject({ status: 200, body: { ok: true } });
  const code = codeIn(await provider.smsTo(page.phone));
  expect(smtp.mails.filter((one) => one.to.includes(page.email)).length).toBe(1);
  expect(await open(guest, page.token, code === "000000" ? "000001" : "000000")).toMatchObject(refused);
  const shown = await open(guest, page.token, ` ${code.slice(0, 3)}－${code.slice(3)} `);
  expect(shown.body).toEqual({ passcode: page.passcode });
  expect(await open(guest, page.token, code)).toMatchObject(refused);
  await ask(guest, page.token);
  expect(await open(guest, page.token, code)).toMatchObject(refused);
  const overview = await world.host.send("GET", `/api/meetings/${page.meetingId}/invitations`);
  expect(value(overview, "people", "0", "passcode")).toMatchObject({
    channel: "oneTimePage",
    state: "opened",
  });
  const { rows } = await world.base.handle.pool.query(
    "select type from organisation_event where type = 'passcode.collected'",
  );
  expect(rows.length).toBe(1);
});

test("[INV-1] a code is for the browser that asked, ten minutes and five tries", async () => {
  const page = await sendPage();
  const [guest, thief] = [world.newBrowser(), world.newBrowser()];
  await ask(guest, page.token);
  await ask(thief, "A".repeat(43));
  const code = codeIn(await provider.smsTo(page.phone));
  expect(await open(thief, page.token, code)).toMatchObject(refused);
  const wrong = code === "111111" ? "222222" : "111111";
  for (let one = 0; one < 4; one += 1) expect(await open(guest, page.token, wrong)).toMatchObject(refused);
  expect(await open(guest, page.token, code)).toMatchObject(refused);
  await ask(guest, page.token);
  const second = codeIn(await provider.smsTo(page.phone, 2));
  clock.ahead = 11 * 60_000;
  expect(await open(guest, page.token, second)).toMatchObject(refused);
  clock.ahead = 0;
  expect((await open(guest, page.token, second)).status).toBe(200);
});

test("[INV-1] many at once with the right code: one gets the passcode", async () => {
  const page = await sendPage();
  const guest = world.newBrowser();
  await ask(guest, page.token);
  const code = codeIn(await provider.smsTo(page.phone));
  const answers = await Promise.all(Array.from({ length: 5 }, () => open(guest, page.token, code)));
  expect(answers.filter(({ status }) => status === 200).length).toBe(1);
});

test("[INV-1] [MTG-8] a page is of no use after the passcode changed, the meeting was cancelled, or two days", async () => {
  const changed = await sendPage();
  const guest = world.newBrowser();
  await ask(guest, changed.token);
  const code = codeIn(await provider.smsTo(changed.phone));
  await world.host.send("POST", `/api/meetings/${changed.meetingId}/passcode`, { passcode: null });
  expect(await open(guest, changed.token, code)).toMatchObject(refused);
  const cancelled = await sendPage();
  await ask(guest, cancelled.token);
  const other = codeIn(await provider.smsTo(cancelled.phone));
  await world.host.send("POST", `/api/meetings/${cancelled.meetingId}/cancel`);
  expect(await open(guest, cancelled.token, other)).toMatchObject(refused);
  const old = await sendPage();
  clock.ahead = 49 * 3_600_000;
  await ask(guest, old.token);
  clock.ahead = 0;
  expect(provider.received.filter(({ to }) => to === old.phone)).toEqual([]);
});

test("[INV-1] [MTG-4] unknown, used and good pages get one answer; no page sends more than five codes", async () => {
  const page = await sendPage();
  const [first, second] = [world.newBrowser(), world.newBrowser()];
  const unknown = newToken();
  for (let one = 0; one < 4; one += 1)
    expect((await ask(first, unknown)).text).toBe((await ask(first, page.token)).text);
  for (let one = 0; one < 4; one += 1) await ask(second, page.token);
  await provider.smsTo(page.phone, 5);
  await world.outbox.stop();
  expect(provider.received.filter(({ to }) => to === page.phone).length).toBe(5);
  expect((await open(second, unknown, "123456")).text).toBe((await open(second, page.token, "abc")).text);
  expect((await ask(second, "short")).status).toBe(400);
});

test("[INV-1] tokens, codes and numbers do not stand in the database", async () => {
  const { rows } = await world.base.handle.pool.query("select * from passcode_page");
  const dump = rows
    .flatMap((row: object): unknown[] => Object.values(row))
    .map((one) => (Buffer.isBuffer(one) ? one.toString("latin1") : String(one)))
    .join("\n");
  expect(rows.length).toBeGreaterThan(4);
  expect(dump).not.toContain("+8190");
  for (const { text: sms } of provider.received) expect(dump).not.toContain(codeIn({ text: sms }));
});
