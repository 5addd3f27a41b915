import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestBrowserClient } from "../../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../../packages/testkit/src/postgres.ts";
import {
  localIn,
  lowInput,
  meetingInput,
  outsider,
  schedulingWorld,
  text,
  value,
  type SchedulingWorld,
} from "../../../../../../packages/testkit/src/scheduling-world.ts";
import { startSmsProvider, type SmsProvider } from "../../../../../../packages/testkit/src/sms-provider.ts";
import {
  calendarOfMail,
  headersOfMail,
  partsOfMail,
  startSmtp,
  subjectOfMail,
  textOfMail,
  type TestSmtp,
} from "../../../../../../packages/testkit/src/smtp-server.ts";
import { createMailTransport } from "../../../platform/mail/mail-transport.ts";
import { createSmsTransport } from "../../../platform/sms/sms-transport.ts";

let postgres: TestPostgres;
let smtp: TestSmtp;
let provider: SmsProvider;
let world: SchedulingWorld;
let host: TestBrowserClient;
let folder = "";
/** What the mail server says to an address; null: taken. */
const refusals = new Map<string, string>();

beforeAll(async () => {
  postgres = await startPostgres();
  smtp = await startSmtp({ recipient: (address) => refusals.get(address) ?? null });
  provider = await startSmsProvider();
  folder = mkdtempSync(join(tmpdir(), "sekisho-sms-"));
  const credential = join(folder, "sms");
  writeFileSync(credential, "AC1:north wind\n", { mode: 0o600 });
  world = await schedulingWorld(postgres, {
    mail: createMailTransport({
      ...{ smtpHost: smtp.host, smtpPort: smtp.port, smtpCaFile: smtp.caFile, smtpTls: "starttls" },
      ...{ smtpFrom: "sekisho@midorino.example", smtpUser: undefined, smtpPasswordFile: undefined },
    }),
    sms: createSmsTransport({
      ...{ smsUrl: provider.url, smsCredentialFile: credential, smsFrom: "+815012345678" },
      exposure: "loopback",
    }),
  });
  ({ host } = world);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await smtp[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

let made = 0;
/** An address that no other test of this file writes to. */
function guest(change: object = {}) {
  made += 1;
  return { ...outsider, email: `oba${made}@tokiwagi.example`, ...change };
}

type Made = { readonly id: string; readonly link: string; readonly passcode: string };

async function meetingWith(
  invitees: readonly object[],
  wish: Parameters<SchedulingWorld["create"]>[0] = lowInput(),
): Promise<Made> {
  const answer = await host.send("POST", "/api/meetings", {
    meeting: { ...meetingInput(wish), invitees },
    passcode: null,
  });
  expect(answer.status, answer.text).toBe(200);
  return {
    id: text(answer, "meeting", "id"),
    link: text(answer, "meeting", "link"),
    passcode: text(answer, "passcode"),
  };
}

const send = (meeting: Made, ...emails: readonly string[]) =>
  host.send("POST", `/api/meetings/${meeting.id}/invitations`, { emails });
const sendPasscode = (meeting: Made, email: string, channel: string) =>
  host.send("POST", `/api/meetings/${meeting.id}/passcode/send`, { email, channel });
const look = (meeting: Made) => host.send("GET", `/api/meetings/${meeting.id}/invitations`);

/** The first invitee, as soon as this has become of the link or the passcode. */
async function settled(meeting: Made, of: "link" | "passcode", state: string): Promise<unknown> {
  await expect.poll(async () => value(await look(meeting), "people", "0", of, "state")).toBe(state);
  return value(await look(meeting), "people", "0", of);
}

test("[INV-1] [INV-7] the mail holds link, number and calendar entry, and that it must not be published; no passcode", async () => {
  const to = guest();
  const meeting = await meetingWith([to]);
  expect((await send(meeting, to.email)).status).toBe(200);
  const mail = await smtp.mailTo(to.email);
  expect(mail).toMatchObject({ secure: true, to: [to.email], from: "sekisho@midorino.example" });
  expect(subjectOfMail(mail)).toBe("住宅ローンのご相談");
  const body = textOfMail(mail);
  expect(body).toContain(`/m/${meeting.link}`);
  expect(body).toContain("このリンクは公開しないでください。");
  expect(body).toContain("会議パスコードは、別の方法でお知らせします。");
  expect(headersOfMail(mail).join("\n")).toContain("Reply-To: rina@example.jp");
  const ics = (calendarOfMail(mail) ?? "").replaceAll(/\r?\n[ \t]/gu, "");
  expect(ics).toContain("METHOD:REQUEST");
  expect(ics).toContain(`MAILTO:${to.email}`);
  expect(ics).toContain("BEGIN:VTIMEZONE");
  const types = partsOfMail(mail).map(({ type }) => type.split(";")[0]);
  expect(types).toEqual(["text/plain", "text/calendar", "application/ics"]);
  for (const part of partsOfMail(mail)) {
    expect(part.text).not.toContain(meeting.passcode);
  }
  expect(await settled(meeting, "link", "sent")).toMatchObject({
    what: "link",
    problem: null,
    outdated: false,
  });
});

test("[INV-2] at high subject and calendar title are neutral, and nothing else tells the topic", async () => {
  const to = guest({ locale: "en" });
  const meeting = await meetingWith([to]);
  // No server without E2EE saves a meeting of class high; what is sent of one has to hold all the same.
  await world.base.handle.pool.query(
    "update meeting set settings = jsonb_set(settings, '{confidentiality}', '\"high\"') where id = $1",
    [meeting.id],
  );
  await send(meeting, to.email);
  const mail = await smtp.mailTo(to.email);
  expect(subjectOfMail(mail)).toBe("Invitation to a meeting");
  const all = [subjectOfMail(mail), ...partsOfMail(mail).map((part) => part.text)].join("\n");
  expect(all).not.toMatch(/住宅ローン|資料/u);
  expect(all.replaceAll(/\r?\n[ \t]/gu, "")).toContain("SUMMARY:Invitation to a meeting");
  expect((await sendPasscode(meeting, to.email, "readOut")).status).toBe(200);
});

test("[INV-3] each invitee reads the language that was chosen for them", async () => {
  const [japanese, english] = [guest({ locale: "ja" }), guest({ locale: "en" })];
  const meeting = await meetingWith([japanese, english]);
  await send(meeting, japanese.email, english.email);
  expect(textOfMail(await smtp.mailTo(japanese.email))).toContain("会議にご招待します");
  const mail = await smtp.mailTo(english.email);
  expect(textOfMail(mail)).toContain("invites you to a meeting");
  // Nobody learns from a mail or its calendar who else is invited.
  expect(mail.raw + (calendarOfMail(mail) ?? "")).not.toContain(japanese.email);
});

test("[MTG-6] a change and a cancellation go to those who had the invitation, with a higher SEQUENCE", async () => {
  const [told, later] = [guest(), guest()];
  const meeting = await meetingWith([told, later]);
  await send(meeting, told.email);
  const sequenceOf = (ics = "") => Number(/^SEQUENCE:(\d+)/mu.exec(ics)?.[1]);
  const first = sequenceOf(calendarOfMail(await smtp.mailTo(told.email)));
  await settled(meeting, "link", "sent");
  const detail = await host.send("GET", `/api/meetings/${meeting.id}`);
  const version = Number(value(detail, "version"));
  const settings = Object(value(detail, "settings"));
  const save = (change: object, at: number) =>
    host.send("PUT", `/api/meetings/${meeting.id}`, { meeting: { ...settings, ...change }, version: at });
  // What a mail does not speak of is no news.
  expect((await save({ muteOnEntry: false }, version)).status).toBe(200);
  expect(value(await look(meeting), "people", "0", "link", "outdated")).toBe(false);
  expect((await save({ start: localIn(26) }, version + 1)).status).toBe(200);
  expect(value(await look(meeting), "people", "0", "link", "outdated")).toBe(true);
  await send(meeting, told.email);
  const changed = await smtp.mailTo(told.email, 2);
  expect(subjectOfMail(changed)).toBe("変更：住宅ローンのご相談");
  expect(textOfMail(changed)).toContain("会議の予定が変わりました");
  expect(sequenceOf(calendarOfMail(changed))).toBeGreaterThan(first);
  await settled(meeting, "link", "sent");
  await host.send("POST", `/api/meetings/${meeting.id}/cancel`);
  await send(meeting, told.email, later.email);
  const cancelled = await smtp.mailTo(told.email, 3);
  expect(subjectOfMail(cancelled)).toBe("中止：住宅ローンのご相談");
  expect(textOfMail(cancelled)).not.toContain("/m/");
  const ics = calendarOfMail(cancelled);
  expect(ics).toContain("METHOD:CANCEL");
  expect(ics).toContain("STATUS:CANCELLED");
  expect(sequenceOf(ics)).toBeGreaterThan(sequenceOf(calendarOfMail(changed)));
  expect(smtp.mails.filter((mail) => mail.to.includes(later.email))).toEqual([]);
});

test("[INV-3] [MTG-6] taken off the list: the calendar entry is cancelled at that one address, and nobody else hears of it", async () => {
  const [stays, goes, unasked] = [guest(), guest({ locale: "en" }), guest()];
  const meeting = await meetingWith([stays, goes, unasked]);
  await send(meeting, stays.email, goes.email);
  const invited = calendarOfMail(await smtp.mailTo(goes.email)) ?? "";
  await expect.poll(async () => value(await look(meeting), "people", "1", "link", "state")).toBe("sent");
  const detail = await host.send("GET", `/api/meetings/${meeting.id}`);
  const settings = Object(value(detail, "settings"));
  const version = Number(value(detail, "version"));
  const save = (invitees: readonly object[], at: number) =>
    host.send("PUT", `/api/meetings/${meeting.id}`, { meeting: { ...settings, invitees }, version: at });
  expect((await save([stays], version)).status).toBe(200);
  const told = await smtp.mailTo(goes.email, 2);
  expect(subjectOfMail(told)).toBe("Invitation withdrawn: 住宅ローンのご相談");
  expect(textOfMail(told)).not.toContain("/m/");
  const ics = calendarOfMail(told) ?? "";
  const unfolded = ics.replaceAll(/\r?\n[ \t]/gu, "");
  const lineOf = (text: string, name: string) => new RegExp(`^${name}:(.+)$`, "mu").exec(text)?.[1]?.trim();
  expect(unfolded).toContain("METHOD:CANCEL");
  expect(unfolded).toContain(`MAILTO:${goes.email}`);
  expect(unfolded).not.toContain(stays.email);
  expect(lineOf(ics, "UID")).toBe(lineOf(invited, "UID"));
  expect(Number(lineOf(ics, "SEQUENCE"))).toBeGreaterThan(Number(lineOf(invited, "SEQUENCE")));
  // Invited again, then taken off before the mail has been sent once more: one CANCEL is enough.
  expect((await save([stays, goes], version + 1)).status).toBe(200);
  expect((await save([stays], version + 2)).status).toBe(200);
  await send(meeting, stays.email);
  await smtp.mailTo(stays.email, 2);
  expect(smtp.mails.filter(({ to }) => to.includes(goes.email))).toHaveLength(2);
  expect(smtp.mails.filter(({ to }) => to.includes(unasked.email))).toEqual([]);
});

test("[INV-3] what the other server turns down is said in plain words, and can be sent again", async () => {
  const to = guest();
  const meeting = await meetingWith([to]);
  refusals.set(to.email, "550 5.1.1 no such person");
  await send(meeting, to.email);
  expect(await settled(meeting, "link", "failed")).toMatchObject({ problem: "recipientRefused" });
  refusals.delete(to.email);
  await send(meeting, to.email);
  expect(subjectOfMail(await smtp.mailTo(to.email))).toBe("住宅ローンのご相談");
  await settled(meeting, "link", "sent");
});

test("[INV-3] an administrator has a message that was turned down sent again, once, and that is on record", async () => {
  const to = guest();
  const meeting = await meetingWith([to]);
  refusals.set(to.email, "550 5.1.1 no such person");
  await send(meeting, to.email);
  await settled(meeting, "link", "failed");
  const failed = await world.base.handle.pool.query<{ id: string }>(
    "select id from outbox where meeting_id = $1 and state = 'failed'",
    [meeting.id],
  );
  const messageId = failed.rows[0]?.id ?? "";
  const listed = value(await host.send("GET", "/api/outbox"), "messages");
  expect(listed).toContainEqual(expect.objectContaining({ id: messageId, state: "failed", retriable: true }));
  const again = (by = host) => by.send("POST", `/api/outbox/${messageId}/retry`);
  expect((await again(world.stranger)).status).toBe(403);
  refusals.delete(to.email);
  expect((await again()).status).toBe(200);
  await smtp.mailTo(to.email);
  await settled(meeting, "link", "sent");
  // What has arrived is not sent again, and lies there no more.
  expect((await again()).status).toBe(404);
  const logged = await world.base.handle.pool.query(
    "select 1 from organisation_event where type = 'outbox.retried' and data::jsonb ->> 'messageId' = $1",
    [messageId],
  );
  expect(logged.rowCount).toBe(1);
});

test("[INV-1] the passcode goes by SMS or to a second address, without link and number", async () => {
  const to = guest({ secondEmail: "oba@home.example", phone: "090-1111-2222" });
  const meeting = await meetingWith([to]);
  expect((await sendPasscode(meeting, to.email, "sms")).status).toBe(200);
  const sms = await provider.smsTo("+819011112222");
  const shown = meeting.passcode.replaceAll(/.{4}(?=.)/gu, "$&-");
  expect(sms.text).toContain(shown);
  expect(sms.text).not.toMatch(/https?:|\/m\//u);
  expect(sms).toMatchObject({ from: "+815012345678" });
  expect(Buffer.from(sms.authorization.slice(6), "base64").toString()).toBe("AC1:north wind");
  expect(await settled(meeting, "passcode", "sent")).toMatchObject({ channel: "sms" });
  await sendPasscode(meeting, to.email, "secondMail");
  const mail = await smtp.mailTo("oba@home.example");
  expect(textOfMail(mail)).toContain(shown);
  expect(mail.raw).not.toContain(meeting.link);
  expect(subjectOfMail(mail)).toBe("会議パスコードのお知らせ");
  const stored = await world.base.handle.pool.query(
    "select sealed from outbox where kind = 'passcode' and state = 'sent' and meeting_id = $1",
    [meeting.id],
  );
  expect(stored.rows.every((row: object) => Reflect.get(row, "sealed") === null)).toBe(true);
});

test("[INV-1] no channel goes where the link went, however the second address is spelled", async () => {
  for (const secondEmail of ["OBA@tokiwagi.example", "oba+x@tokiwagi.example", "oba@tokiwagi.example"]) {
    const answer = await host.send("POST", "/api/meetings", {
      meeting: {
        ...meetingInput(lowInput()),
        invitees: [{ ...outsider, email: "oba@tokiwagi.example", secondEmail }],
      },
      passcode: null,
    });
    expect(answer, secondEmail).toMatchObject({ status: 400, body: { fields: ["invitees.secondEmail"] } });
  }
  const bare = guest();
  const meeting = await meetingWith([bare]);
  for (const channel of ["sms", "secondMail", "oneTimePage"])
    expect(await sendPasscode(meeting, bare.email, channel)).toMatchObject({
      body: { code: "channel_not_possible" },
    });
  expect((await sendPasscode(meeting, bare.email, "readOut")).status).toBe(200);
  expect(await settled(meeting, "passcode", "handedOver")).toMatchObject({ channel: "readOut" });
});

test("[INV-1] a mailbox has the link or the passcode, whichever invitee it belongs to", async () => {
  const helper = guest();
  const boss = guest({ secondEmail: helper.email });
  const both = await meetingWith([boss, helper]);
  expect(await sendPasscode(both, boss.email, "secondMail")).toMatchObject({
    body: { code: "channel_not_possible" },
  });
  const meeting = await meetingWith([boss]);
  expect((await sendPasscode(meeting, boss.email, "secondMail")).status).toBe(200);
  const read = await host.send("GET", `/api/meetings/${meeting.id}`);
  const settings: object = Object(value(read, "settings"));
  const body = {
    meeting: { ...settings, invitees: [boss, helper] },
    version: Number(value(read, "version")),
  };
  expect((await host.send("PUT", `/api/meetings/${meeting.id}`, body)).status).toBe(200);
  expect(await send(meeting, helper.email)).toMatchObject({ body: { code: "channel_not_possible" } });
});

test("[MTG-8] after a change the passcode counts as not sent, and what was still waiting is called off", async () => {
  const to = guest({ phone: "+819022223333" });
  const meeting = await meetingWith([to]);
  provider.answers.push(503);
  await sendPasscode(meeting, to.email, "sms");
  await expect
    .poll(async () => value(await look(meeting), "people", "0", "passcode", "problem"))
    .toBe("other");
  await host.send("POST", `/api/meetings/${meeting.id}/passcode`, { passcode: null });
  expect(value(await look(meeting), "people", "0", "passcode")).toBeNull();
  const { rows } = await world.base.handle.pool.query(
    "select state, problem, sealed from outbox where meeting_id = $1",
    [meeting.id],
  );
  expect(rows).toEqual([{ state: "failed", problem: "called_off", sealed: null }]);
});

test("[INV-1] a passcode that somebody wrote into topic or description goes nowhere with the link", async () => {
  const passcode = "KHVT2345P9";
  const create = (wish: object) =>
    host.send("POST", "/api/meetings", { meeting: meetingInput({ ...lowInput(), ...wish }), passcode });
  for (const wish of [
    { description: `パスコード：${passcode}` },
    { topic: "面談 khvt-2345-p9" },
    { description: "ＫＨＶＴ 2345 Ｐ9" },
  ])
    expect(await create(wish)).toMatchObject({ status: 422, body: { code: "passcode_in_text" } });
  const saved = await create({});
  expect(saved.status).toBe(200);
  const id = text(saved, "meeting", "id");
  const meeting = { ...meetingInput(lowInput()), description: `${passcode} です` };
  const version = Number(value(saved, "meeting", "version"));
  expect(await host.send("PUT", `/api/meetings/${id}`, { meeting, version })).toMatchObject({
    body: { code: "passcode_in_text" },
  });
  const own = await create({ description: "ABCDEFGH23" });
  expect(
    await host.send("POST", `/api/meetings/${text(own, "meeting", "id")}/passcode`, {
      passcode: "ABCDEFGH23",
    }),
  ).toMatchObject({ body: { code: "passcode_in_text" } });
});

test("[INV-3] nothing that a host types becomes a header, a line of the calendar, or another receiver", async () => {
  const name = 'x"\r\nBcc: z@y.example';
  const to = guest({ name: "大庭\u2028Bcc: z@y.example" });
  const topic = "=?utf-8?q?Bcc:_z=40y.example?=\r\nBcc: z@y.example\u2028X: 1";
  const description = "a\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nATTACH:https://evil.example\r\n;,\\n";
  const meeting = await meetingWith([to], { ...lowInput(), topic, description });
  expect((await send(meeting, to.email)).status).toBe(200);
  const mail = await smtp.mailTo(to.email);
  expect(mail.to).toEqual([to.email]);
  expect(headersOfMail(mail).filter((line) => /^(?:b?cc|x)\s*:/iu.test(line))).toEqual([]);
  expect(subjectOfMail(mail)).not.toMatch(/=\?|[\r\n\u2028]/u);
  const lines = (calendarOfMail(mail) ?? "").replaceAll(/\r?\n[ \t]/gu, "").split(/\r?\n/u);
  expect(lines.filter((line) => /^(?:END:VEVENT|BEGIN:VALARM|ATTACH)/u.test(line))).toEqual(["END:VEVENT"]);
  expect(
    textOfMail(mail)
      .split("\n")
      .filter((line) => line.startsWith("Bcc")),
  ).toEqual([]);
  expect(
    (
      await host.send("POST", "/api/meetings", {
        meeting: { ...meetingInput(lowInput()), invitees: [{ ...outsider, email: name }] },
        passcode: null,
      })
    ).status,
  ).toBe(400);
});

test("[INV-3] look-alike letters in an address are refused; nobody sends to people who are not invited", async () => {
  for (const email of ["oba@tokiw\u0430gi.example", "ob\u0430@tokiwagi.example", "a@b.example,c@d.example"]) {
    const meeting = { ...meetingInput(lowInput()), invitees: [{ ...outsider, email }] };
    expect((await host.send("POST", "/api/meetings", { meeting, passcode: null })).status).toBe(400);
  }
  const to = guest();
  const meeting = await meetingWith([to]);
  expect(await send(meeting, to.email, "stranger@tokiwagi.example")).toMatchObject({ status: 400 });
  expect(smtp.mails.filter((mail) => mail.to.includes(to.email))).toEqual([]);
  expect(
    (await world.stranger.send("POST", `/api/meetings/${meeting.id}/invitations`, { emails: [to.email] }))
      .status,
  ).toBe(404);
});

test("[AUD-1] what was sent by which way stands in the organisation's log, without addresses in the chain", async () => {
  const to = guest({ phone: "+819044445555" });
  const meeting = await meetingWith([to]);
  await send(meeting, to.email);
  await sendPasscode(meeting, to.email, "sms");
  const { rows } = await world.base.handle.pool.query(
    "select type, data from organisation_event where type in ('invitation.sent', 'passcode.sent') and data::jsonb ->> 'meetingId' = $1 order by seq",
    [meeting.id],
  );
  expect(rows).toMatchObject([{ type: "invitation.sent" }, { type: "passcode.sent" }]);
  expect(await world.invitations.passcodeChannels(meeting.id)).toMatchObject([
    { email: to.email, channel: "sms" },
  ]);
  expect(JSON.stringify(rows)).toContain("sms");
  expect(JSON.stringify(rows)).not.toMatch(/tokiwagi|4444/u);
});
