/** Ways in that somebody found and that are closed: each stays here as it was walked. */
import type { MeetingInput } from "@sekisho/contract";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import { startProduct, type Client, type Product } from "../../../../../packages/testkit/src/index.ts";
import {
  admit,
  ask,
  asked,
  idOf,
  meetingInput,
  schedule,
} from "../../../../../packages/testkit/src/meetings.ts";

let product: Product;
let host: Client;

const generous = { max: 1_000_000, windowSeconds: 60 };
const limits = {
  read: generous,
  write: generous,
  signIn: generous,
  entry: generous,
  command: generous,
  chat: generous,
};

beforeAll(async () => {
  product = await startProduct({
    page: false,
    config: {
      trustedProxies: ["127.0.0.1"],
      rateLimits: { ...limits, read: { max: 40, windowSeconds: 60 } },
    },
  });
  host = await product.setUp();
}, 300_000);
afterAll(() => product?.[Symbol.asyncDispose]());

const refused = { status: 403, body: { code: "entry_refused" } };

test("[ADM-8] an account that was removed does not come back as a guest of the same browser", async () => {
  const { client, me } = await colleague(product, host);
  const invitees = [{ name: me.displayName, organisation: "", email: me.email }];
  const meeting = await schedule(host, { waitingRoom: false, invitees });
  await asked(host, meeting);
  const inside = await asked(client, meeting);
  await host.ok("POST", `/api/m/${meeting.link}/participants/${idOf(inside)}/remove`, { report: false });
  expect(await ask(client, meeting)).toMatchObject(refused);
  await client.ok("POST", "/api/sign-out");
  expect(await ask(client, meeting, { name: "山本 太郎" })).toMatchObject(refused);
});

test("[ADM-8] a guest who was removed does not come back as an account of the same browser", async () => {
  const { client, me, password } = await colleague(product, host);
  const invitees = [{ name: me.displayName, organisation: "", email: me.email }];
  const meeting = await schedule(host, { waitingRoom: false, invitees });
  await asked(host, meeting);
  await client.ok("POST", "/api/sign-out");
  const inside = await asked(client, meeting, { name: "山本 太郎" });
  await host.ok("POST", `/api/m/${meeting.link}/participants/${idOf(inside)}/remove`, { report: false });
  await client.ok("POST", "/api/sign-in", { email: me.email, password });
  expect(await ask(client, meeting)).toMatchObject(refused);
});

test("[SEC-7] [ADM-8] a removed co-host does nothing to the meeting and brings nobody in", async () => {
  const [removed, friend] = [await colleague(product, host), await colleague(product, host)];
  const meeting = await schedule(host, { coHosts: [removed.me.id] });
  await asked(host, meeting);
  const inside = await asked(removed.client, meeting);
  await host.ok("POST", `/api/m/${meeting.link}/participants/${idOf(inside)}/remove`, { report: true });
  await host.ok("POST", `/api/m/${meeting.link}/lock`, { locked: true });
  const { version } = await host.ok<{ version: number }>("GET", `/api/meetings/${meeting.id}`);
  const coHosts = [removed.me.id, friend.me.id];
  const edit = await removed.client.send("PUT", `/api/meetings/${meeting.id}`, {
    version,
    meeting: meetingInput({ coHosts }),
  });
  const shown = await removed.client.send("POST", `/api/meetings/${meeting.id}/passcode/show`);
  expect([edit.status, shown.status]).toEqual([404, 404]);
  expect((await asked(friend.client, meeting)).state).toBe("waiting");
  expect(await ask(removed.client, meeting)).toMatchObject(refused);
});

test("[SEC-7] who decides at the door and by which link people come is the host's alone to edit", async () => {
  const [coHost, verifier] = [await colleague(product, host), await colleague(product, host)];
  const chosen: Partial<MeetingInput> = {
    confidentiality: "medium",
    coHosts: [coHost.me.id],
    verifier: verifier.me.id,
  };
  const meeting = await schedule(host, chosen);
  await asked(host, meeting);
  await asked(coHost.client, meeting);
  const changes: readonly Partial<MeetingInput>[] = [
    { verifier: null },
    { coHosts: [] },
    { meetingNumber: "personal" },
  ];
  for (const change of changes) {
    const { version } = await host.ok<{ version: number }>("GET", `/api/meetings/${meeting.id}`);
    const edited = meetingInput({ ...chosen, ...change });
    const edit = await coHost.client.send("PUT", `/api/meetings/${meeting.id}`, { version, meeting: edited });
    expect(edit).toMatchObject({ status: 403, body: { code: "not_allowed" } });
  }
  const guest = await asked(product.client(), meeting);
  expect((await admit(coHost.client, meeting, { id: idOf(guest) })).status).toBe(403);
});

test("[ADM-8] a personal link goes on meaning the meeting that is live on it", async () => {
  const first = await schedule(host, { meetingNumber: "personal" });
  await asked(host, first);
  const guest = await asked(product.client(), first);
  await admit(host, first, { id: idOf(guest) });
  const sooner = new Date(Date.now() + 1_200_000).toISOString().slice(0, 16);
  await schedule(host, { meetingNumber: "personal", start: sooner });
  const path = `/api/m/${first.link}/participants/${idOf(guest)}/remove`;
  expect(await host.send("POST", path, { report: false })).toMatchObject({ status: 200 });
});

test("[IDN-5] a disabled account's place is given up at once, and nothing lets it back", async () => {
  const { client, me } = await colleague(product, host);
  const invitees = [{ name: me.displayName, organisation: "", email: me.email }];
  const meeting = await schedule(host, { waitingRoom: false, invitees });
  await asked(host, meeting);
  const inside = await asked(client, meeting);
  const hosting = await host.stream(meeting.link);
  await host.ok("PATCH", `/api/accounts/${me.id}`, { disabled: true });
  await hosting.untilAny((message) => message.type === "patch" && message.people.gone.includes(idOf(inside)));
  await hosting.close();
  expect((await client.send("POST", `/api/m/${meeting.link}/ticket`)).status).toBe(403);
});

const invented = () => ({ cookie: `__Host-sekisho-guest=${randomBytes(32).toString("base64url")}` });

test("[IDN-6] a limit is not shaken off by a cookie that the server never gave out", async () => {
  const statuses: number[] = [];
  // A window of the count may end on the way: 81 fall into two of them, and one has more than 40.
  for (let round = 0; round < 81 && statuses.at(-1) !== 429; round += 1) {
    const headers = { ...invented(), "x-forwarded-for": "203.0.113.50" };
    statuses.push((await product.client().send("GET", "/api/m/12345678901", undefined, headers)).status);
  }
  expect(statuses).toContain(429);
});

test("[IDN-6] [ADM-6] one address that has used up its own tries does not use up everybody else's", async () => {
  const meeting = await schedule(host);
  const body = (passcode: string) => ({ displayName: "大庭", affiliation: "", passcode, build: 1 });
  const at = (number: string) => ({ "x-forwarded-for": number });
  const path = `/api/m/${meeting.number}/requests`;
  for (let round = 0; round < 15; round += 1)
    await Promise.all(
      Array.from({ length: 30 }, () =>
        product.client().send("POST", path, body("WRONGWRONG"), at("203.0.113.60")),
      ),
    );
  const other = await product.client().send("POST", path, body(meeting.passcode), at("198.51.100.7"));
  expect(other).toMatchObject({ status: 200, body: { state: "waiting" } });
  // One IPv6 household has 2^64 addresses, and they count together.
  const from = (index: number) => at(`2001:db8:1:1::${(index + 1).toString(16)}`);
  const statuses: number[] = [];
  // More than 120 in one window, also when one ends on the way.
  for (let first = 0; first < 280 && !statuses.includes(429); first += 35) {
    const tries = Array.from({ length: 35 }, (_, index) =>
      product.client().send("POST", path, body("WRONGWRONG"), from(first + index)),
    );
    for (const answer of await Promise.all(tries)) statuses.push(answer.status);
  }
  expect(statuses).toContain(429);
});
