/** Pre-registration over HTTP, with PostgreSQL, a mail server and two processes' worth of routes (INV-5). */
import { id } from "@sekisho/domain";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import {
  registrationWorld,
  type RegistrationWorld,
} from "../../../../../packages/testkit/src/registration-world.ts";
import { headersOfMail, subjectOfMail, textOfMail } from "../../../../../packages/testkit/src/smtp-server.ts";
import type { AccountCaller, Caller } from "../../platform/http/caller.ts";
import { newUuid } from "../../platform/random.ts";
import { verifyAll } from "../evidence/verify.ts";

let postgres: TestPostgres;
let world: RegistrationWorld;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
});
beforeEach(async () => {
  world = await registrationWorld(postgres);
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

/** Opens the personal link in a browser of its own; answers that browser's identity. */
async function opened(path: string): Promise<string> {
  expect((await world.newBrowser().send("POST", `${path}/open`)).status).toBe(200);
  const { rows } = await world.base.handle.pool.query<{ id: string }>(
    "select data::jsonb->>'guestId' as id from organisation_event where type = 'registration.opened' order by seq desc limit 1",
  );
  return rows[0]?.id ?? "";
}

function accountWith(email: string): AccountCaller {
  return {
    ...{
      kind: "account",
      accountId: id.account(newUuid()),
      sessionId: newUuid(),
      role: "member",
      duties: [],
    },
    ...{ displayName: "同僚", email, strength: "password" },
  };
}

test("[INV-5] a seminar: register, confirm by the button, get a personal link, open it", async () => {
  const { host, newBrowser } = world;
  const at = await world.seminar({ passcodeRequired: false });
  const guest = newBrowser();
  const form = await guest.send("GET", `/api/r/${at.formId}`);
  expect(form).toMatchObject({ status: 200, body: { state: "open", meeting: { topic: at.topic } } });
  // The form's page leads to the form alone: neither link nor number of the meeting stand in it.
  expect(form.text).not.toContain(at.link);
  expect(await world.register(at, { email: "Oba@Tokiwagi.example" })).toMatchObject({ body: { ok: true } });
  const first = await world.linkTo("oba@tokiwagi.example");
  expect(textOfMail(first.mail)).not.toContain("大庭");
  // Programs that open every link in a mail change nothing.
  for (let time = 0; time < 3; time += 1)
    expect(await newBrowser().send("GET", first.path)).toMatchObject({ body: { state: "unconfirmed" } });
  expect((await guest.send("POST", `${first.path}/open`)).status).toBe(404);
  expect(await guest.send("POST", `${first.path}/confirm`)).toMatchObject({ body: { state: "registered" } });
  expect(await guest.send("POST", `${first.path}/confirm`)).toMatchObject({ body: { state: "registered" } });
  const personal = await world.linkTo("oba@tokiwagi.example");
  expect(personal.path).toBe(first.path);
  expect(await guest.send("POST", `${personal.path}/open`)).toMatchObject({ body: { link: at.link } });
  const list = await host.send("GET", `/api/meetings/${at.id}/registrations`);
  expect(list.body).toMatchObject({
    registrants: [{ name: "大庭 修一郎", email: "oba@tokiwagi.example", state: "registered", opened: true }],
    next: null,
  });
  expect((await verifyAll({ db: world.base.handle.db, keys: world.base.keys })).ok).toBe(true);
});

test("[INV-5] nobody can tell whether an address is registered: same answer, and only the mailbox learns", async () => {
  const at = await world.seminar();
  await world.registered(at, "oba@tokiwagi.example");
  const known = await world.register(at, { email: "oba@tokiwagi.example", name: "偽名" });
  const fresh = await world.register(at, { email: "new@tokiwagi.example", name: "偽名" });
  expect([known.status, known.text]).toEqual([fresh.status, fresh.text]);
  // Somebody else's words have not replaced what was confirmed, and are in no mail.
  const again = await world.linkTo("oba@tokiwagi.example");
  expect(textOfMail(again.mail)).not.toContain("偽名");
  expect(await world.names(at)).toEqual(["大庭 修一郎"]);
});

test("[INV-5] [INV-1] no mail holds the passcode, and none what somebody typed into the form", async () => {
  const at = await world.seminar({ passcodeRequired: true });
  const name = "悪い人 https://evil.example";
  await world.register(at, { email: "oba@tokiwagi.example", name });
  const { mail } = await world.linkTo("oba@tokiwagi.example");
  expect(textOfMail(mail)).not.toContain("evil.example");
  expect(textOfMail(mail)).not.toContain(at.passcode);
  expect(headersOfMail(mail).some((line) => /^bcc|^cc/iu.test(line))).toBe(false);
});

test("[INV-5] what could become a header, or is no name and no address, is not taken", async () => {
  const at = await world.seminar();
  for (const name of ["a\r\nBcc: x@y.example", "大庭\n修一郎", "\u202eoba", " "])
    expect(await world.register(at, { name })).toMatchObject({ status: 400, body: { fields: ["name"] } });
  for (const email of ["a@b.example\r\nBcc: x@y.example", "a@b.example,c@d.example", "oba", "<a@b.example>"])
    expect(await world.register(at, { email })).toMatchObject({ status: 400, body: { fields: ["email"] } });
});

test("[INV-5] places are never given twice: fifty confirm at once at two processes, and the waiting list keeps its order", async () => {
  const at = await world.seminar({}, { capacity: 20, waitingList: true });
  await using second = await world.secondProcess();
  const paths = await world.registerMany(at, 50);
  const answers = await Promise.all(
    paths.map((path, index) =>
      (index % 2 === 0 ? world.newBrowser() : second.newBrowser()).send("POST", `${path}/confirm`),
    ),
  );
  const states = answers.map((answer) => String(Reflect.get(Object(answer.body), "state")));
  expect(states.filter((state) => state === "registered").length).toBe(20);
  expect(states.filter((state) => state === "waitlisted").length).toBe(30);
  expect(await world.counts(at)).toMatchObject({ registered: 20, waitlisted: 30 });
  // One place is given back: whoever waits longest has it, is told so, and nobody else is.
  const waiting = await world.names(at, "waitlisted");
  const leaving = paths[states.indexOf("registered")];
  expect((await world.newBrowser().send("POST", `${leaving}/cancel`)).status).toBe(200);
  expect(await world.counts(at)).toMatchObject({ registered: 20, waitlisted: 29, gone: 1 });
  expect(await world.names(at, "waitlisted")).toEqual(waiting.slice(1));
  // Ten places more: ten move up.
  await world.setForm(at, { capacity: 30 });
  expect(await world.counts(at)).toMatchObject({ registered: 30, waitlisted: 19 });
}, 120_000);

test("[INV-5] without a waiting list the last place is the last", async () => {
  const at = await world.seminar({}, { capacity: 1, waitingList: false });
  const [one = "", two = ""] = await world.registerMany(at, 2);
  expect(await world.newBrowser().send("POST", `${one}/confirm`)).toMatchObject({
    body: { state: "registered" },
  });
  expect(await world.newBrowser().send("POST", `${two}/confirm`)).toMatchObject({
    status: 409,
    body: { code: "registration_full" },
  });
  expect(await world.register(at, { email: "late@x.example" })).toMatchObject({
    body: { code: "registration_full" },
  });
});

test("[INV-5] a link dies with the registration: cancelled, taken back, or of a meeting that is cancelled", async () => {
  const at = await world.seminar();
  const dead = { status: 404, body: { code: "not_found" } };
  const own = await world.registered(at, "own@tokiwagi.example");
  const taken = await world.registered(at, "taken@tokiwagi.example");
  const other = await world.registered(at, "other@tokiwagi.example");
  const browser = world.newBrowser();
  expect((await browser.send("POST", `${own}/cancel`)).status).toBe(200);
  const [person] = await world.registrants(at, "taken@tokiwagi.example");
  await world.decide(at, [person?.id ?? ""], "remove");
  for (const path of [own, taken])
    for (const [method, rest] of [
      ["GET", ""],
      ["POST", "/open"],
      ["POST", "/confirm"],
      ["POST", "/cancel"],
    ] as const)
      expect(await browser.send(method, `${path}${rest}`)).toMatchObject(dead);
  // A forged one, and a right one at another form, look the same.
  const elsewhere = await world.seminar();
  const [, token] = other.split(`/api/r/${at.formId}/`);
  expect(await browser.send("GET", `/api/r/${elsewhere.formId}/${token}`)).toMatchObject(dead);
  expect(await browser.send("GET", `/api/r/${at.formId}/${"A".repeat(43)}`)).toMatchObject(dead);
  expect((await browser.send("GET", other)).status).toBe(200);
  await world.host.send("POST", `/api/meetings/${at.id}/cancel`);
  expect(await browser.send("POST", `${other}/open`)).toMatchObject(dead);
  expect(await browser.send("GET", `/api/r/${at.formId}`)).toMatchObject(dead);
  expect(world.gone.flatMap(({ ids }) => ids).length).toBe(2);
});

test("[INV-5] a cancelled meeting is told to everybody who counts on it, and to nobody who never confirmed", async () => {
  const at = await world.seminar({}, { capacity: 1, waitingList: true });
  await world.registered(at, "has-a-place@tokiwagi.example");
  await world.registered(at, "waits@tokiwagi.example");
  await world.register(at, { email: "typed@tokiwagi.example" });
  await world.linkTo("typed@tokiwagi.example");
  const left = await world.registered(at, "left@tokiwagi.example");
  await world.newBrowser().send("POST", `${left}/cancel`);
  expect((await world.host.send("POST", `/api/meetings/${at.id}/cancel`)).status).toBe(200);
  for (const name of ["has-a-place", "waits"]) {
    const mail = await world.mailTo(`${name}@tokiwagi.example`, 3);
    expect(subjectOfMail(mail)).toBe(`会議は中止になりました：${at.topic}`);
    expect(textOfMail(mail)).not.toMatch(/https?:|パスコード/u);
  }
  const rest = await world.lettersFor("typed@tokiwagi.example", "left@tokiwagi.example");
  expect(rest.filter((subject) => subject.startsWith("会議は中止"))).toEqual([]);
});

test("[ADM-8] [INV-5] a tag makes no second registrant of one mailbox, neither by the form nor by a table", async () => {
  const at = await world.seminar();
  const path = await world.registered(at, "oba@tokiwagi.example");
  const [person] = await world.registrants(at);
  await world.decide(at, [person?.id ?? ""], "remove");
  expect(await world.register(at, { email: "Oba+2@tokiwagi.example" })).toMatchObject({ status: 200 });
  const table = "再び 来る,,oba+3@tokiwagi.example";
  expect(await world.imported(at, table)).toMatchObject({
    body: { added: 0, problems: [{ line: 1, problem: "known" }] },
  });
  expect(await world.registrants(at)).toMatchObject([
    { id: person?.id, email: "oba@tokiwagi.example", state: "declined" },
  ]);
  expect((await world.newBrowser().send("GET", path)).status).toBe(404);
  // Another mailbox is somebody else, as far as anybody can tell; a tag is no hindrance to its owner.
  await world.confirmed(at, "oba2@tokiwagi.example", { email: "oba2+seminar@tokiwagi.example" });
  const caller = accountWith("oba2+work@tokiwagi.example");
  expect(await world.feature.registrantAt(at.id, caller)).toMatchObject({ proved: true });
});

test("[INV-5] an account is registered by its own address or as the first with the link, and by no link passed on", async () => {
  const at = await world.seminar();
  const path = await world.registered(at, "oba@tokiwagi.example");
  const [oba] = await world.registrants(at);
  const first = await opened(path);
  const second = await opened(path);
  const knownAt = (caller: Caller) => world.feature.registrantAt(at.id, caller);
  expect(await knownAt({ kind: "guest", guestId: first })).toMatchObject({ proved: true });
  expect(await knownAt({ kind: "guest", guestId: second })).toMatchObject({ proved: false });
  const mallory = accountWith("mallory@x.example");
  expect(await knownAt({ ...mallory, browser: second })).toBeNull();
  expect(await knownAt({ ...mallory, browser: first })).toMatchObject({
    ...{ registrationId: oba?.id, proved: false },
  });
  // Whoever is registered is so under the own registration, whatever was opened in the browser.
  await world.confirmed(at, "mallory@x.example", { name: "自分 自身" });
  for (const browser of [first, second])
    expect(await knownAt({ ...mallory, browser })).toMatchObject({ displayName: "自分 自身", proved: true });
});

test("[INV-5] under a link that was mailed stands what was typed then, and no stranger's asking makes it worthless", async () => {
  const at = await world.seminar();
  const email = "oba@tokiwagi.example";
  const one = world.newBrowser();
  await world.register(at, { email }, one);
  const { path: before } = await world.linkTo(email);
  await world.register(at, { email, name: "偽名 一" }, world.newBrowser());
  const { path: after } = await world.linkTo(email);
  expect(after).not.toBe(before);
  for (const [path, name] of [
    [before, "大庭 修一郎"],
    [after, "偽名 一"],
  ] as const)
    expect(await world.newBrowser().send("GET", path)).toMatchObject({
      body: { name, state: "unconfirmed" },
    });
  expect(await world.newBrowser().send("POST", `${before}/confirm`)).toMatchObject({
    body: { state: "registered", name: "大庭 修一郎" },
  });
  // The one that was used stays; the others are good for nothing.
  expect((await world.newBrowser().send("POST", `${after}/confirm`)).status).toBe(404);
  expect(await world.newBrowser().send("GET", before)).toMatchObject({ body: { name: "大庭 修一郎" } });
}, 30_000);

test("[INV-5] of several links for one mailbox the one that is used brings its own words; each ends in its own time", async () => {
  const at = await world.seminar();
  const email = "oba@tokiwagi.example";
  const one = world.newBrowser();
  const links: string[] = [];
  for (const name of ["偽名 零", "偽名 一", "偽名 二", "大庭 修一郎"]) {
    await world.register(at, { email, name }, one);
    links.push((await world.linkTo(email)).path);
  }
  const [first = "", , , last = ""] = links;
  // No mail is left for this mailbox from there: nothing changes without one.
  expect(await world.register(at, { email, name: "偽名 三" }, one)).toMatchObject({ status: 200 });
  const { pool } = world.base.handle;
  const drafts = async () =>
    (await pool.query<{ n: number }>("select count(*)::int as n from registration_draft")).rows[0]?.n;
  expect(await drafts()).toBe(3);
  await pool.query("update registration set confirm_until = $1", [new Date(world.clock.at - 1000)]);
  await world.feature.everyMinute();
  expect((await world.newBrowser().send("GET", first)).status).toBe(404);
  expect(await world.newBrowser().send("POST", `${last}/confirm`)).toMatchObject({
    body: { state: "registered", name: "大庭 修一郎" },
  });
  expect(await drafts()).toBe(0);
  for (const path of links.slice(0, 3)) expect((await world.newBrowser().send("GET", path)).status).toBe(404);
}, 30_000);

test("[INV-6] a name brings no brackets of its own through the form: they would stand beside the badge", async () => {
  const at = await world.seminar();
  for (const name of ["大庭（みどり野銀行）", "Oba <bank>", "大庭﹙銀行﹚", "大庭 [bank"])
    expect(await world.register(at, { name })).toMatchObject({ status: 400, body: { fields: ["name"] } });
  expect(await world.register(at, { organisation: "株式会社（東京）" })).toMatchObject({ status: 200 });
});

test("[INV-5] a host's word: approve, decline; by domain without one", async () => {
  const at = await world.seminar({}, { approval: "domains", domains: ["tokiwagi.example"] });
  await world.registered(at, "in@tokiwagi.example");
  const outside = await world.confirmed(at, "out@else.example");
  expect(await world.newBrowser().send("GET", outside)).toMatchObject({ body: { state: "pending" } });
  expect((await world.newBrowser().send("POST", `${outside}/open`)).status).toBe(404);
  const [pending] = await world.registrants(at, "out@else.example");
  expect(await world.decide(at, [pending?.id ?? ""], "approve")).toMatchObject({ body: { registered: 2 } });
  expect(await world.decide(at, [pending?.id ?? ""], "approve")).toMatchObject({
    status: 409,
    body: { code: "already_decided" },
  });
  expect(await world.newBrowser().send("GET", outside)).toMatchObject({ body: { state: "registered" } });
  expect(await world.decide(at, ["00000000-0000-4000-8000-000000000000"], "approve")).toMatchObject({
    status: 404,
  });
});

test("[INV-5] tables out and in: nothing runs as a formula, each line is checked, places are kept", async () => {
  const at = await world.seminar(
    {},
    {
      capacity: 3,
      waitingList: false,
      questions: [{ id: "q1", kind: "short", label: "役職", required: false, options: [] }],
    },
  );
  await world.confirmed(at, "evil@x.example", {
    ...{ name: "=1+1", organisation: "=HYPERLINK(1)" },
    answers: [{ id: "q1", text: "@SUM(A1)" }],
  });
  const csv = await world.exported(at);
  for (const cell of ["'=1+1", "'=HYPERLINK(1)"]) expect(csv).toContain(cell);
  expect(csv).toContain("'@SUM(A1)");
  const table = [
    "name,organisation,email",
    "山田 太郎,常磐木製作所,taro@tokiwagi.example",
    "'=1+1,,formula@x.example",
    ",,noname@x.example",
    "花子,,not an address",
    "悪い人,,evil@x.example",
    "満席,,late@x.example",
  ].join("\n");
  expect(await world.imported(at, table)).toMatchObject({
    status: 200,
    body: {
      added: 2,
      problems: [
        { line: 4, problem: "name" },
        { line: 5, problem: "email" },
        { line: 6, problem: "full" },
        { line: 7, problem: "full" },
      ],
    },
  });
  const personal = await world.linkTo("taro@tokiwagi.example");
  expect(await world.newBrowser().send("GET", personal.path)).toMatchObject({
    body: { state: "registered" },
  });
});

test("[INV-5] answers are checked by the server, and lie sealed", async () => {
  const at = await world.seminar(
    {},
    {
      questions: [{ id: "q1", kind: "choice", label: "会場", required: true, options: ["東京", "大阪"] }],
    },
  );
  const wrong = { status: 400, body: { fields: ["answers.q1"] } };
  expect(await world.register(at, {})).toMatchObject(wrong);
  expect(await world.register(at, { answers: [{ id: "q1", text: "京都" }] })).toMatchObject(wrong);
  await world.confirmed(at, "oba@tokiwagi.example", { answers: [{ id: "q1", text: "大阪" }] });
  const { rows } = await world.base.handle.pool.query("select * from registration");
  expect(JSON.stringify(rows)).not.toMatch(/tokiwagi|大庭|大阪/u);
  expect(await world.registrants(at)).toMatchObject([{ answers: [{ label: "会場", text: "大阪" }] }]);
});

test("[IDN-6] limits: one network cannot send a mailbox more than a few mails, and the answer does not change", async () => {
  const at = await world.seminar();
  const one = world.newBrowser();
  const answers = [];
  for (let time = 0; time < 8; time += 1)
    answers.push(await world.register(at, { email: "victim@x.example" }, one));
  expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
  const { rows } = await world.base.handle.pool.query("select count(*)::int as n from outbox");
  expect(rows).toEqual([{ n: 4 }]);
}, 30_000);

test("[INV-5] only hosts of this meeting manage its registration", async () => {
  const at = await world.seminar();
  const settings = (await world.manager(at)).settings;
  for (const who of [world.stranger, world.newBrowser()])
    for (const [method, path, body] of [
      ["GET", "registration"],
      ["PUT", "registration", { settings, version: 1 }],
      ["GET", "registrations"],
      ["GET", "registrations.csv"],
      ["POST", "registrations/decide", { ids: [at.id], decision: "approve" }],
      ["POST", "registrations/import", { csv: "a,b,c@d.example", locale: "ja" }],
    ] as const)
      expect([401, 404]).toContain((await who.send(method, `/api/meetings/${at.id}/${path}`, body)).status);
});

test("[INV-5] five hundred registrants cost no more queries to list than five", async () => {
  const at = await world.seminar();
  await world.imported(at, "name,organisation,email\nひとり,,one@x.example");
  const few = await world.queriesOf(() => world.host.send("GET", `/api/meetings/${at.id}/registrations`));
  const table = Array.from({ length: 499 }, (_, index) => `参加者 ${index},,p${index}@x.example`);
  await world.imported(at, ["name,organisation,email", ...table].join("\n"));
  const many = await world.queriesOf(() => world.host.send("GET", `/api/meetings/${at.id}/registrations`));
  expect(many).toBe(few);
  let seen = 0;
  for (let after = ""; ;) {
    const page = await world.host.send("GET", `/api/meetings/${at.id}/registrations${after}`);
    const body: { registrants?: unknown[]; next?: string | null } = Object(page.body);
    seen += body.registrants?.length ?? 0;
    if (typeof body.next !== "string") break;
    after = `?after=${body.next}`;
  }
  expect(seen).toBe(500);
  expect((await world.exported(at)).trim().split("\r\n").length).toBe(501);
}, 120_000);

test("[DAT-5] what nobody confirmed is forgotten after a day, everything thirty days after the meeting", async () => {
  const at = await world.seminar();
  await world.register(at, { email: "never@x.example" });
  await world.registered(at, "oba@tokiwagi.example");
  const count = async () =>
    (await world.base.handle.pool.query<{ n: number }>("select count(*)::int as n from registration")).rows[0]
      ?.n;
  expect(await count()).toBe(2);
  world.clock.at += 25 * 3_600_000;
  await world.feature.everyMinute();
  expect(await count()).toBe(1);
  world.clock.at += 31 * 24 * 3_600_000;
  await world.feature.everyMinute();
  expect(await count()).toBe(0);
});
