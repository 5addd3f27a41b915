/** Proving an address by code, over HTTP, with PostgreSQL and a mail server (BAR-8). */
import { emptyBarriers, type AuthenticationException, type BarrierRules } from "@sekisho/domain";
import type { FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  featureApp,
  featureBase,
  TestBrowserClient,
  testSessionLimits,
  type Answer,
  type FeatureBase,
} from "../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import { startSmtp, textOfMail, type TestSmtp } from "../../../../../packages/testkit/src/smtp-server.ts";
import { createSessions } from "../../platform/http/sessions.ts";
import { createMailTransport } from "../../platform/mail/mail-transport.ts";
import { createOutbox, type Outbox } from "../../platform/mail/outbox.ts";
import { newUuid } from "../../platform/random.ts";
import { verifyAll } from "../evidence/verify.ts";
import { createGuestAddressFeature } from "./guest-address-feature.ts";
import { createGuestProofs, type GuestProofs } from "./proofs.ts";

const link = "AAAAAAAAAAAAAAAAAAAAAA";
const otherLink = "BBBBBBBBBBBBBBBBBBBBBB";
const named = "ohba@tokiwagi.example";

let postgres: TestPostgres;
let smtp: TestSmtp;
let base: FeatureBase;
let app: FastifyInstance;
let outbox: Outbox;
let proofs: GuestProofs;
let rules: BarrierRules;
let now: number;
let ended: string[];

beforeAll(async () => {
  postgres = await startPostgres();
  smtp = await startSmtp();
});
afterAll(async () => {
  await smtp[Symbol.asyncDispose]();
  await postgres.stop();
});

beforeEach(async () => {
  base = await featureBase(postgres);
  now = Date.now();
  ended = [];
  rules = withExceptions({ kind: "address", value: named });
  const { db } = base.handle;
  const shared = { db, keys: base.keys, rules: async () => rules, now: () => now };
  outbox = createOutbox({
    ...{ db, keys: base.keys, now: () => now, fromName: async () => "みどり野銀行" },
    transport: createMailTransport({
      ...{ smtpHost: smtp.host, smtpPort: smtp.port, smtpCaFile: smtp.caFile, smtpTls: "starttls" },
      ...{ smtpFrom: "sekisho@midorino.example", smtpUser: undefined, smtpPasswordFile: undefined },
    }),
    onFailure: (error) => {
      throw error;
    },
  });
  proofs = createGuestProofs({
    ...shared,
    knownRules: () => rules,
    onWithdrawn: async (guestIds) => {
      ended.push(...guestIds);
    },
  });
  const feature = createGuestAddressFeature({
    ...shared,
    ...{ limits: base.limits, log: base.log, outbox },
    sessions: createSessions(db, testSessionLimits, base.keys),
    meetingAt: async (value) => (value === link ? { targetOf: async () => null } : null),
    organisationName: async () => "みどり野銀行",
  });
  app = featureApp(base, { routes: feature.routes });
  await addAccount("rina@midorino.example", null);
});
afterEach(async () => {
  await outbox.stop();
  await app.close();
  await base[Symbol.asyncDispose]();
});

function withExceptions(...exceptions: AuthenticationException[]): BarrierRules {
  return { ...emptyBarriers.rules, on: true, exceptions };
}

async function addAccount(email: string, disabledAt: Date | null): Promise<void> {
  const accountId = newUuid();
  await base.handle.pool.query(
    `insert into account (id, email, display_name, password_hash, role, locale, personal_number, personal_link, disabled_at)
     values ($1, $2, 'x', '', 'member', 'ja', $3, $5, $4)`,
    [accountId, email, String(Math.random()).slice(2, 12), disabledAt, newUuid()],
  );
}

/** Each from a network of its own: limits have tests of their own. */
let network = 0;
function browser(ip?: string): TestBrowserClient {
  network += 1;
  return new TestBrowserClient(app, ip ?? `198.51.${network >> 8}.${network & 255}`);
}

const ask = (who: TestBrowserClient, email: string, at = link): Promise<Answer> =>
  who.send("POST", `/api/m/${at}/address`, { email });
const confirm = (who: TestBrowserClient, email: string, code: string): Promise<Answer> =>
  who.send("POST", `/api/m/${link}/address/confirm`, { email, code });

/** The code in the newest mail to this address since `since` mails. */
async function codeTo(address: string): Promise<string> {
  const mail = await smtp.mailTo(address, seen(address) + 1);
  counted.set(address, seen(address) + 1);
  return /^ {4}(\d{6})$/mu.exec(textOfMail(mail))?.[1] ?? "";
}
const counted = new Map<string, number>();
const seen = (address: string) => counted.get(address) ?? 0;

async function proofOf(who: TestBrowserClient) {
  const [row] = (await base.handle.pool.query<{ guest_id: string }>("select guest_id from guest_address"))
    .rows;
  expect(who.cookies.size).toBe(1);
  return row === undefined ? null : proofs.of(row.guest_id);
}

/** Nothing is on its way and nothing went out: every message would have its row. */
async function expectNoMail(): Promise<void> {
  expect(await outbox.list(10)).toEqual([]);
}

test("[BAR-8] a named address is proved by the code sent to it, for this browser and a day", async () => {
  const guest = browser();
  expect(await ask(guest, "Ｏｈｂａ+ginko@Tokiwagi.example")).toMatchObject({
    status: 200,
    text: '{"ok":true}',
  });
  const code = await codeTo(named);
  expect((await confirm(browser(), named, code)).status).toBe(422);
  expect(await confirm(guest, named, ` ${code.slice(0, 3)} － ${code.slice(3)}`)).toMatchObject({
    status: 200,
  });
  const proof = await proofOf(guest);
  expect(proof).toMatchObject({ domain: "tokiwagi.example", excepted: true });
  expect(proof?.named({ invitedEmails: ["OHBA@tokiwagi.example"], allowedDomains: [] })).toBe(true);
  expect(proof?.named({ invitedEmails: ["other@tokiwagi.example"], allowedDomains: [] })).toBe(false);
  expect(proof?.named({ invitedEmails: [], allowedDomains: ["tokiwagi.example"] })).toBe(true);
  now += 24 * 3_600_000;
  expect(await proofOf(guest)).toBeNull();
});

test("[BAR-8] the mail holds the code and nothing that opens anything else", async () => {
  await ask(browser(), named);
  const mail = await smtp.mailTo(named, seen(named) + 1);
  await codeTo(named);
  const text = textOfMail(mail);
  expect(text).not.toContain(link);
  expect(text).not.toMatch(/https?:/u);
  expect(mail.raw).not.toMatch(/^Subject:.*\d{6}/mu);
});

test("[BAR-8] everybody is told the same, in the same time, and only the excepted get mail", async () => {
  rules = withExceptions(
    { kind: "address", value: named },
    { kind: "domain", value: "midorino.example" },
    { kind: "address", value: "retired@yamabuki.example" },
  );
  await addAccount("retired@yamabuki.example", new Date());
  const asked: [string, string][] = [
    ["nobody@elsewhere.example", link],
    ["customer@midorino.example", link],
    ["rina@midorino.example", link],
    ["Rina+x@MIDORINO.example", link],
    ["retired@yamabuki.example", link],
    [named, otherLink],
  ];
  const answers: string[] = [];
  const times: number[] = [];
  const timed = async (email: string, at: string) => {
    const started = performance.now();
    const answer = await ask(browser(), email, at);
    times.push(performance.now() - started);
    answers.push(`${answer.status} ${answer.text}`);
  };
  for (const [email, at] of asked) await timed(email, at);
  rules = { ...rules, on: false };
  await timed(named, link);
  await expectNoMail();
  rules = { ...rules, on: true };
  await timed(named, link);
  await codeTo(named);
  expect(new Set(answers)).toEqual(new Set(['200 {"ok":true}']));
  expect(Math.min(...times)).toBeGreaterThan(290);
  expect((await outbox.list(10)).map((row) => row.to)).toEqual([named]);
});

test("[BAR-8] a code is good once", async () => {
  const guest = browser();
  await ask(guest, named);
  const code = await codeTo(named);
  const answers = await Promise.all(Array.from({ length: 4 }, () => confirm(guest, named, code)));
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 422, 422, 422]);
  expect(await confirm(guest, named, code)).toMatchObject({
    status: 422,
    body: { code: "code_not_accepted" },
  });
});

test("[BAR-8] [IDN-6] five wrong codes, one after the other or at once, end it", async () => {
  const guest = browser();
  await ask(guest, named);
  const code = await codeTo(named);
  const wrong = code === "111111" ? "222222" : "111111";
  const answers = await Promise.all(Array.from({ length: 6 }, () => confirm(guest, named, wrong)));
  const unsent = browser();
  await ask(unsent, "nobody@elsewhere.example");
  answers.push(
    await confirm(unsent, "nobody@elsewhere.example", wrong),
    await confirm(browser(), named, wrong),
  );
  expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
  expect((await confirm(guest, named, code)).status).toBe(422);
  expect(await proofOf(guest)).toBeNull();
});

test("[BAR-8] a code is for its address, ten minutes, and until a newer one", async () => {
  const guest = browser();
  await ask(guest, named);
  const first = await codeTo(named);
  expect((await confirm(guest, "other@tokiwagi.example", first)).status).toBe(422);
  await ask(guest, named);
  const second = await codeTo(named);
  if (first !== second) expect((await confirm(guest, named, first)).status).toBe(422);
  now += 10 * 60_000;
  expect((await confirm(guest, named, second)).status).toBe(422);
});

test("[BAR-8] [IDN-6] one browser asks five times in ten minutes, one network gets a mailbox four messages an hour", async () => {
  const ip = "203.0.113.80";
  const guest = browser(ip);
  for (let one = 0; one < 5; one += 1) expect((await ask(guest, named)).status).toBe(200);
  expect(await ask(guest, named)).toMatchObject({ status: 429, body: { code: "too_many_tries" } });
  expect((await ask(browser(ip), named)).status).toBe(200);
  expect((await outbox.list(20)).length).toBe(4);
  // Somebody else's network still gets through: one person cannot keep another's codes away.
  const other = browser();
  await ask(other, named);
  await expect.poll(async () => (await outbox.list(20)).every((row) => row.state === "sent")).toBe(true);
  expect((await outbox.list(20)).length).toBe(5);
  counted.set(named, smtp.mails.filter((mail) => mail.to.includes(named)).length);
});

test("[BAR-8] neither code nor address lies readable anywhere in the database", async () => {
  const guest = browser();
  await ask(guest, named);
  const code = await codeTo(named);
  const dump = async () => {
    const tables = ["outbox", "address_code", "guest_address", "rate_limit", "organisation_event"];
    const rows = await Promise.all(
      tables.map((table) => base.handle.pool.query(`select t::text as row from ${table} t`)),
    );
    return rows.flatMap((result) => result.rows.map((row: { row: string }) => row.row)).join("\n");
  };
  const before = await dump();
  await confirm(guest, named, code);
  const text = before + (await dump());
  expect(text).not.toContain(code);
  expect(text).not.toContain("ohba");
  const hex = (value: string) => Buffer.from(value).toString("hex");
  expect(text).not.toContain(hex(named));
  expect(text).not.toContain(hex(code));
});

test("[BAR-8] [AUD-1] who proved which address stands in the log, sealed", async () => {
  const guest = browser();
  await ask(guest, named);
  await confirm(guest, named, await codeTo(named));
  const { rows } = await base.handle.pool.query("select type, data from organisation_event");
  expect(rows).toMatchObject([{ type: "address.proved" }]);
  expect(await verifyAll({ db: base.handle.db, keys: base.keys })).toMatchObject({ ok: true });
});

test("[BAR-8] with the exception withdrawn the places are given up, and the proof is worth nothing", async () => {
  const guest = browser();
  await ask(guest, named);
  await confirm(guest, named, await codeTo(named));
  await proofs.review();
  expect(ended).toEqual([]);
  rules = withExceptions({ kind: "address", value: "other@tokiwagi.example" });
  expect(await proofOf(guest)).toMatchObject({ excepted: false });
  await proofs.review();
  expect(ended).toHaveLength(1);
  expect(await proofOf(guest)).toBeNull();
});

test("[BAR-8] an account that comes to use the domain makes it the organisation's own", async () => {
  const guest = browser();
  await ask(guest, named);
  await confirm(guest, named, await codeTo(named));
  await addAccount("new@tokiwagi.example", null);
  expect(await proofOf(guest)).toMatchObject({ excepted: false });
});

test("[BAR-8] what is no address is told so before anything is looked up", async () => {
  for (const email of ["ohba", "a@b.example\r\nBcc: x@y.example", "a@b.example,c@d.example"])
    expect(await ask(browser(), email)).toMatchObject({ status: 400, body: { code: "bad_request" } });
  await expectNoMail();
});
