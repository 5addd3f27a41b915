import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { featureBase, type FeatureBase } from "../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import {
  headersOfMail,
  startSmtp,
  textOfMail,
  type SmtpOptions,
  type TestSmtp,
} from "../../../../../packages/testkit/src/smtp-server.ts";
import { createMailTransport, type MailSettings } from "./mail-transport.ts";
import type { MailMessage } from "./message.ts";
import { createOutbox, retryAfterMs, type Outbox } from "./outbox.ts";

let postgres: TestPostgres;
let base: FeatureBase;
let folder = "";
beforeAll(async () => {
  postgres = await startPostgres();
  base = await featureBase(postgres);
  folder = mkdtempSync(join(tmpdir(), "sekisho-mail-"));
});
afterAll(async () => {
  await base[Symbol.asyncDispose]();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

const message: MailMessage = {
  kind: "addressCode",
  to: "ohba@tokiwagi.example",
  subject: "確認コードのお知らせ",
  text: "コード 123456\n",
  secret: true,
  goodUntil: null,
};

type World = AsyncDisposable & {
  readonly smtp: TestSmtp;
  readonly outbox: Outbox;
  readonly clock: { at: number };
};

async function world(options: SmtpOptions = {}, settings: Partial<MailSettings> = {}): Promise<World> {
  await base.handle.pool.query("delete from outbox");
  const smtp = await startSmtp(options);
  const clock = { at: Date.now() };
  const outbox = openOutbox(
    {
      ...{ smtpHost: smtp.host, smtpPort: smtp.port, smtpCaFile: smtp.caFile, smtpTls: "starttls" },
      ...{ smtpFrom: "sekisho@midorino.example", smtpUser: undefined, smtpPasswordFile: undefined },
      ...settings,
    },
    clock,
  );
  return {
    smtp,
    outbox,
    clock,
    async [Symbol.asyncDispose]() {
      await outbox.stop();
      await smtp[Symbol.asyncDispose]();
    },
  };
}

function openOutbox(settings: MailSettings, clock: { at: number }): Outbox {
  return createOutbox({
    db: base.handle.db,
    keys: base.keys,
    transport: createMailTransport(settings),
    fromName: async () => 'みどり野銀行"\r\nBcc: x@y.example',
    now: () => clock.at,
    onFailure: (error) => {
      throw error;
    },
  });
}

/** The row as soon as it has this state, or has been tried so often. */
async function settled(outbox: Outbox, want: { state?: string; tries?: number }) {
  return expect
    .poll(
      async () => {
        const [row] = await outbox.list(1);
        const idle = await base.handle.pool.query(
          "select 1 from outbox where state = 'queued' and problem is null",
        );
        return row !== undefined &&
          (want.state === undefined || row.state === want.state) &&
          (want.tries === undefined || (row.tries === want.tries && idle.rowCount === 0))
          ? row
          : null;
      },
      { timeout: 10_000 },
    )
    .not.toBeNull()
    .then(async () => (await outbox.list(1))[0]);
}

test.each(["starttls", "implicit"] as const)(
  "[INV-3] mail goes out over TLS (%s), signed in",
  async (tls) => {
    const passwordFile = join(folder, "password");
    writeFileSync(passwordFile, "north wind\n", { mode: 0o600 });
    const auth = { user: "sekisho", password: "north wind" };
    await using at = await world(
      { tls, auth },
      { smtpTls: tls, smtpUser: "sekisho", smtpPasswordFile: passwordFile },
    );
    await at.outbox.put(base.handle.db, message);
    at.outbox.kick();
    const mail = await at.smtp.mailTo(message.to);
    expect(mail).toMatchObject({ secure: true, user: "sekisho", from: "sekisho@midorino.example" });
    expect(textOfMail(mail)).toContain("123456");
    expect(at.smtp.clear.join("\n")).not.toMatch(/AUTH|MAIL|RCPT/u);
    expect(await settled(at.outbox, { state: "sent" })).toMatchObject({ problem: null });
  },
);

test("[INV-3] a mail server that offers no TLS is given nothing", async () => {
  await using at = await world({ tls: "none" });
  await at.outbox.put(base.handle.db, message);
  at.outbox.kick();
  const row = await settled(at.outbox, { tries: 1 });
  expect(row).toMatchObject({
    state: "queued",
    problem: expect.stringMatching(/^(etls|esocket|eprotocol)/u),
  });
  expect(at.smtp.clear.join("\n")).not.toMatch(/MAIL|RCPT|123456/u);
});

test("[INV-3] a certificate that nobody vouches for is not believed", async () => {
  await using at = await world({}, { smtpCaFile: undefined });
  await at.outbox.put(base.handle.db, message);
  at.outbox.kick();
  expect(await settled(at.outbox, { tries: 1 })).toMatchObject({ state: "queued" });
  expect(at.smtp.mails).toEqual([]);
});

test("[INV-3] what the mail server turns down for good is shown as a bounce, what it puts off is tried again", async () => {
  let reply: string | null = "451 4.7.1 later";
  await using at = await world({ recipient: () => reply });
  await at.outbox.put(base.handle.db, message);
  at.outbox.kick();
  expect(await settled(at.outbox, { tries: 1 })).toMatchObject({ state: "queued", problem: "eenvelope_451" });
  reply = "550 5.1.1 no such person";
  at.clock.at += retryAfterMs(1) + 1;
  at.outbox.kick();
  expect(await settled(at.outbox, { state: "failed" })).toMatchObject({ tries: 2, problem: "eenvelope_550" });
  const { rows } = await base.handle.pool.query("select sealed from outbox");
  expect(rows).toEqual([{ sealed: null }]);
});

test("[INV-3] two processes send a message once, and a code that is too late is not sent", async () => {
  await using at = await world();
  const second = openOutbox(
    {
      ...{ smtpHost: at.smtp.host, smtpPort: at.smtp.port, smtpCaFile: at.smtp.caFile, smtpTls: "starttls" },
      ...{ smtpFrom: "sekisho@midorino.example", smtpUser: undefined, smtpPasswordFile: undefined },
    },
    at.clock,
  );
  for (let one = 0; one < 25; one += 1)
    await at.outbox.put(base.handle.db, { ...message, to: `p${one}@tokiwagi.example` });
  await at.outbox.put(base.handle.db, { ...message, goodUntil: at.clock.at - 1 });
  at.outbox.kick();
  second.kick();
  for (let one = 0; one < 25; one += 1) await at.smtp.mailTo(`p${one}@tokiwagi.example`);
  await second.stop();
  await at.outbox.stop();
  expect(at.smtp.mails.length).toBe(25);
  const late = (await at.outbox.list(100)).filter((row) => row.to === message.to);
  expect(late).toMatchObject([{ state: "failed", problem: "too_late" }]);
});

test("[INV-3] without a mail server messages stay in the outbox, and a secret one shows its address alone", async () => {
  await base.handle.pool.query("delete from outbox");
  const none = { smtpHost: undefined, smtpFrom: undefined, smtpPort: 587, smtpTls: "starttls" } as const;
  const rest = { smtpUser: undefined, smtpPasswordFile: undefined, smtpCaFile: undefined };
  const outbox = openOutbox({ ...none, ...rest }, { at: Date.now() });
  await outbox.put(base.handle.db, message);
  outbox.kick();
  const rows = await outbox.list(10);
  expect(rows).toMatchObject([{ state: "noTransport", to: message.to, tries: 0 }]);
  expect(JSON.stringify(rows)).not.toContain("123456");
  const stored = await base.handle.pool.query("select * from outbox");
  expect(JSON.stringify(stored.rows)).not.toContain("tokiwagi");
  await outbox.stop();
});

test("[INV-3] nothing that was typed becomes a header of its own", async () => {
  await using at = await world();
  const put = (change: Partial<MailMessage>) => at.outbox.put(base.handle.db, { ...message, ...change });
  for (const to of [
    "a@b.example\r\nBcc: x@y.example",
    "a@b.example,x@y.example",
    "<a@b.example>",
    "a b@c.example",
    "a@b",
    '"a"@b.example',
  ])
    await expect(put({ to })).rejects.toThrow("no address");
  for (const subject of ["x\r\nBcc: x@y.example", "x\ny", "x\u2028y", "x\0"])
    await expect(put({ subject })).rejects.toThrow("no single line");
  await expect(put({ text: "a\u0000b" })).rejects.toThrow("control");
  // The organisation's name is somebody's typing too; here it holds a quote and a line break.
  await put({ text: "Bcc: x@y.example\n\n.\nQUIT\n" });
  at.outbox.kick();
  const mail = await at.smtp.mailTo(message.to);
  expect(mail.to).toEqual([message.to]);
  expect(headersOfMail(mail).filter((line) => /^(?:bcc|cc)/iu.test(line))).toEqual([]);
  expect(textOfMail(mail)).toContain("\n.\nQUIT");
});
