import { afterAll, beforeAll, expect, test } from "vitest";
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
import {
  partsOfMail,
  subjectOfMail,
  headersOfMail,
} from "../../../../../../packages/testkit/src/smtp-server.ts";
import { forgetOldMail } from "../../../platform/mail/outbox.ts";

let postgres: TestPostgres;
let world: SchedulingWorld;
let meetingId = "";
let passcode = "";
const invitee = { ...outsider, secondEmail: "oba@home.example" };

beforeAll(async () => {
  postgres = await startPostgres();
  world = await schedulingWorld(postgres);
  const made = await world.host.send("POST", "/api/meetings", {
    meeting: { ...meetingInput(lowInput({ coHosts: [world.colleagueId] })), invitees: [invitee] },
    passcode: null,
  });
  meetingId = text(made, "meeting", "id");
  passcode = text(made, "passcode");
  await world.host.send("POST", `/api/meetings/${meetingId}/invitations`, { emails: [invitee.email] });
  const sent = { email: invitee.email, channel: "secondMail" };
  await world.host.send("POST", `/api/meetings/${meetingId}/passcode/send`, sent);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await postgres.stop();
});

type Listed = { readonly id: string; readonly kind: string };
async function messages(): Promise<readonly Listed[]> {
  const answer = await world.host.send("GET", `/api/meetings/${meetingId}/messages`);
  const found = value(answer, "messages");
  return Array.isArray(found)
    ? found.map((one: object) => ({
        id: String(Reflect.get(one, "id")),
        kind: String(Reflect.get(one, "kind")),
      }))
    : [];
}
async function idOf(kind: string): Promise<string> {
  return (await messages()).find((one) => one.kind === kind)?.id ?? "";
}
const open = (messageId: string, who = world.host) =>
  who.send("POST", `/api/meetings/${meetingId}/messages/${messageId}/open`);

test("[INV-3] without a mail server the invitation waits, to be copied or saved as .eml", async () => {
  const overview = await world.host.send("GET", `/api/meetings/${meetingId}/invitations`);
  expect(value(overview, "able")).toEqual({ mail: false, sms: false });
  expect(value(overview, "people", "0", "link", "state")).toBe("noTransport");
  const opened = await open(await idOf("invitation"));
  expect(text(opened, "text")).toContain("/m/");
  const raw = text(opened, "eml");
  expect(raw.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/u);
  expect(subjectOfMail({ raw })).toBe("住宅ローンのご相談");
  expect(headersOfMail({ raw }).join("\n")).toMatch(/X-Unsent: 1[\s\S]*To: oba@example\.com/u);
  const [body, calendar] = partsOfMail({ raw });
  expect(body?.text.replaceAll("\r\n", "\n")).toBe(text(opened, "text"));
  expect(calendar?.type).toContain("method=REQUEST");
  expect(raw + text(opened, "text")).not.toContain(passcode);
});

test("[INV-1] [MTG-8] the passcode's message is apart, and opening it is logged; handed over, it is wiped", async () => {
  const messageId = await idOf("passcode");
  const opened = await open(messageId, world.colleague);
  expect(text(opened, "text").replaceAll("-", "")).toContain(passcode);
  expect(text(opened, "text")).not.toContain("/m/");
  expect(text(opened, "to")).toBe("oba@home.example");
  const logged = await world.base.handle.pool.query(
    "select 1 from organisation_event where type = 'passcode.shown' and data::jsonb ->> 'messageId' = $1",
    [messageId],
  );
  expect(logged.rowCount).toBe(1);
  expect(world.notes).toContain(`${meetingId} passcode.shown`);
  const handOver = () =>
    world.host.send("POST", `/api/meetings/${meetingId}/messages/${messageId}/hand-over`);
  expect((await handOver()).status).toBe(200);
  expect((await open(messageId)).status).toBe(404);
  expect((await handOver()).status).toBe(404);
  const overview = await world.host.send("GET", `/api/meetings/${meetingId}/invitations`);
  expect(value(overview, "people", "0", "passcode")).toMatchObject({
    channel: "secondMail",
    state: "handedOver",
  });
});

test("[INV-3] others see no message; administrators see states, neither texts nor whole addresses", async () => {
  const messageId = await idOf("invitation");
  expect((await open(messageId, world.stranger)).status).toBe(404);
  const other = await world.host.send("POST", "/api/meetings", {
    meeting: meetingInput(lowInput()),
    passcode: null,
  });
  const path = `/api/meetings/${text(other, "meeting", "id")}/messages/${messageId}/open`;
  expect((await world.host.send("POST", path)).status).toBe(404);
  expect((await world.stranger.send("GET", "/api/outbox")).status).toBe(403);
  const list = await world.host.send("GET", "/api/outbox");
  expect(value(list, "messages")).toMatchObject([
    { kind: "passcode" },
    { kind: "invitation", to: "o…@example.com" },
  ]);
  expect(list.text).not.toMatch(/oba@|\/m\/|住宅/u);
});

test("[INV-3] how each message ended stays with the meeting when the outbox has forgotten it", async () => {
  await world.invitations.everyMinute();
  await forgetOldMail(world.base.handle.db, Date.now() + 31 * 24 * 3_600_000);
  expect(await messages()).toEqual([]);
  const overview = await world.host.send("GET", `/api/meetings/${meetingId}/invitations`);
  expect(value(overview, "people", "0", "passcode", "state")).toBe("handedOver");
});
