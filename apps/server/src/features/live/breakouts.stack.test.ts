/** Breakout rooms over two server processes, with PostgreSQL and LiveKit: who is told what, and who gets where (SEC-4). */
import type { AdmissionView, ChatMessage, StreamMessage } from "@sekisho/contract";
import { emptyBarriers } from "@sekisho/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { barriersOn, group, layDown, policy } from "../../../../../packages/testkit/src/barrier-versions.ts";
import { plainJoinRequest } from "../../../../../packages/testkit/src/contract-suites/sfu.ts";
import { colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import {
  startProduct,
  type Client,
  type Product,
  type ProductProcess,
} from "../../../../../packages/testkit/src/index.ts";
import {
  admit,
  ask,
  asked,
  follow,
  idOf,
  schedule,
  until,
  type Insider,
  type TestMeeting,
} from "../../../../../packages/testkit/src/meetings.ts";

let product: Product;
let second: ProductProcess;
let host: Client;
let timed: Scene;

beforeAll(async () => {
  product = await startProduct({ page: false });
  host = await product.setUp();
  second = await product.startProcess();
  timed = await scene();
  await open(timed, 1);
}, 300_000);
afterAll(async () => {
  await closed(timed);
  await product?.[Symbol.asyncDispose]();
});

type Scene = {
  readonly meeting: TestMeeting;
  readonly hosting: Insider;
  readonly first: Insider;
  readonly other: Insider;
  readonly rooms: readonly string[];
};
type Room = Extract<StreamMessage, { type: "room" }>;
type Admitted = Extract<AdmissionView, { state: "admitted" }>;

const at = (meeting: TestMeeting, path: string) => `/api/m/${meeting.link}/${path}`;

/** A host, a guest at each process, two rooms arranged, and one of the guests assigned to each. */
async function scene(clients: readonly Client[] = []): Promise<Scene> {
  const meeting = await schedule(host);
  const hosting = await follow(host, meeting);
  const [one, two] = clients;
  const first = await follow(one ?? product.client(), meeting, { name: "松の人" });
  const other = await follow(two ?? product.client(second.origin), meeting, { name: "竹の人" });
  await admit(host, meeting, { id: first.admissionId }, { id: other.admissionId });
  await Promise.all([until(first, "admitted"), until(other, "admitted")]);
  const names = ["松", "竹"].map((name) => ({ id: null, name }));
  await host.ok("POST", at(meeting, "breakouts"), { rooms: names, choose: false, mayReturn: true });
  const told = await hosting.stream.untilAny(
    (message) => message.type === "patch" && message.meta?.breakouts?.rooms.length === 2,
  );
  const rooms = told.type === "patch" ? (told.meta?.breakouts?.rooms ?? []).map((room) => room.id) : [];
  const made = { meeting, hosting, first, other, rooms };
  await put(made, [first, other]);
  return made;
}

/** Each into the room of the same place in the list; null: to the main one. */
function put({ meeting, rooms }: Scene, people: readonly (Insider | null)[]) {
  const assignments = people.flatMap((one, index) =>
    one === null ? [] : [{ admissionId: one.admissionId, breakoutId: rooms[index] ?? null }],
  );
  return host.ok("POST", at(meeting, "breakouts/assignments"), { assignments });
}

async function open(made: Scene, minutes: number | null = null): Promise<void> {
  await host.ok("POST", at(made.meeting, "breakouts/open"), { minutes });
  await Promise.all([arrived(made.first, made.rooms[0]), arrived(made.other, made.rooms[1])]);
}

async function closed(made: Scene | undefined): Promise<void> {
  if (made === undefined) return;
  await Promise.all([made.hosting, made.first, made.other].map((one) => one.stream.close()));
}

/** The newest word to this person: in that room, with a ticket for it. */
async function arrived(
  insider: Insider,
  room: string | null | undefined,
): Promise<Admitted & { ticket: string }> {
  const from = insider.stream.messages.findLastIndex(
    (message) => message.type === "admission" && placeOf(message) !== (room ?? null),
  );
  const message = await insider.stream.untilAny(
    (one) =>
      insider.stream.messages.indexOf(one) > from &&
      one.type === "admission" &&
      one.ticket !== null &&
      placeOf(one) === (room ?? null),
  );
  if (message.type !== "admission" || message.admission.state !== "admitted") throw new Error("not admitted");
  return { ...message.admission, ticket: message.ticket ?? "" };
}

function placeOf(message: StreamMessage): string | null | undefined {
  return message.type === "admission" && message.admission.state === "admitted"
    ? message.admission.breakoutId
    : undefined;
}

const lastRoom = (insider: Insider): Room | undefined =>
  insider.stream.messages.findLast((message): message is Room => message.type === "room");

/** Who this person sees now: the newest list, and what has changed in it since. */
function seen(insider: Insider): readonly string[] {
  const { messages } = insider.stream;
  const ids = new Set<string>();
  for (const message of messages.slice(messages.findLastIndex(({ type }) => type === "room"))) {
    if (message.type === "room") for (const one of message.people) ids.add(one.id);
    if (message.type !== "patch") continue;
    for (const one of message.people.set) ids.add(one.id);
    for (const id of message.people.gone) ids.delete(id);
  }
  return [...ids];
}

type Words = { readonly to?: "everyone" | "one"; readonly toId?: string };

function say(client: Client, meeting: TestMeeting, text: string, { to = "everyone", toId }: Words = {}) {
  const clientId = crypto.randomUUID().replaceAll("-", "");
  return client.send("POST", at(meeting, "messages"), { to, toId: toId ?? null, text, clientId });
}

const heard = (insider: Insider) =>
  insider.stream.messages.flatMap((message) => (message.type === "chat" ? [message.message.text] : []));

/** What a connect with this ticket would meet at this moment. */
async function validate(client: Client, ticket: string) {
  const query = new URLSearchParams({ access_token: ticket, join_request: plainJoinRequest() });
  return (await client.send("GET", `/sfu/rtc/v1/validate?${query}`)).status;
}

test("[SEC-4] [OPS-4] an opening tells each, at either process, where it goes, and shows it the people there", async () => {
  const made = await scene();
  const { first, other, hosting, rooms } = made;
  const before = first.stream.messages.findLast((message) => placeOf(message) === null);
  await open(made);
  const mine = await arrived(first, rooms[0]);
  expect(before?.type === "admission" && before.admission.state === "admitted").toBe(true);
  expect(JSON.stringify(before)).not.toContain(mine.sfuIdentity);
  for (const [insider, name] of [
    [first, "松"],
    [other, "竹"],
  ] as const) {
    const { people, meta, lobby } = lastRoom(insider) ?? { people: [], meta: null, lobby: [] };
    expect(people.map((one) => one.id)).toEqual([insider.admissionId]);
    expect(meta?.breakouts).toMatchObject({ phase: "open", rooms: [{ name }], hosts: null });
    expect(lobby).toEqual([]);
  }
  await hosting.stream.untilAny(
    (message) =>
      message.type === "patch" &&
      message.people.set.some((one) => one.id === other.admissionId && one.breakoutId === rooms[1]),
  );
  await closed(made);
});

test("[SEC-4] nothing of what goes on in one room reaches the other, not even that something does", async () => {
  const made = await scene();
  const { meeting, first, other, rooms } = made;
  await open(made);
  const quiet = () => other.stream.messages.filter((message) => message.type !== "alive").length;
  await other.stream.untilAny((message) => message.type === "room" && message.people.length === 1);
  const before = quiet();
  await first.client.ok("POST", at(meeting, "hand"));
  await first.client.ok("POST", at(meeting, `participants/${first.admissionId}/rename`), {
    displayName: "別の名前",
    affiliation: "",
  });
  await first.client.ok("POST", at(meeting, "reactions"), { reaction: "clap" });
  await say(first.client, meeting, "松の中だけ");
  await first.client.ok("POST", at(meeting, "breakouts/call"));
  await made.hosting.stream.untilAny(
    (message) =>
      message.type === "patch" &&
      message.meta?.breakouts?.hosts?.calls[0]?.admissionId === first.admissionId &&
      message.meta.breakouts.hosts.calls[0].breakoutId === rooms[0],
  );
  // What comes last of the first room has come to the host: had it gone to the other room, it would be there too.
  await say(other.client, meeting, "竹の中だけ");
  await other.stream.untilAny((message) => message.type === "chat");
  expect(quiet()).toBe(before + 1);
  expect(heard(made.hosting)).toEqual([]);
  expect(other.client.received()).not.toContain("別の名前");
  await closed(made);
});

test("[SEC-4] [SEC-5] chat belongs to its room; whoever comes back finds what was said where they were", async () => {
  const made = await scene();
  const { meeting, first, other, hosting, rooms } = made;
  await say(host, meeting, "はじめに");
  await open(made);
  await say(first.client, meeting, "松で");
  await say(host.at(second.origin), meeting, "本会議で");
  await first.stream.untilAny((message) => message.type === "chat" && message.message.text === "松で");
  expect((await say(first.client, meeting, "ひそひそ", { to: "one", toId: other.admissionId })).status).toBe(
    404,
  );
  expect((await say(host, meeting, "ひとりへ", { to: "one", toId: other.admissionId })).status).toBe(200);
  const text = "あと 5 分です";
  const clientId = crypto.randomUUID().replaceAll("-", "");
  expect(await host.ok("POST", at(meeting, "breakouts/messages"), { text, clientId })).toMatchObject({
    to: "broadcast",
  });
  expect(
    (await first.client.send("POST", at(meeting, "breakouts/messages"), { text, clientId })).status,
  ).toBe(403);
  for (const one of [first, other, hosting])
    await one.stream.untilAny((message) => message.type === "chat" && message.message.to === "broadcast");
  await host.ok("POST", at(meeting, "breakouts/close"), { atOnce: true });
  await arrived(first, null);
  await say(other.client, meeting, "もどりました");
  await first.stream.untilAny(
    (message) => message.type === "chat" && message.message.text === "もどりました",
  );
  const found = async (client: Client) =>
    (await client.ok<{ messages: ChatMessage[] }>("GET", at(meeting, "messages"))).messages.map(
      (one) => one.text,
    );
  expect(await found(first.client)).toEqual(["はじめに", "松で", text, "もどりました"]);
  expect(await found(other.client)).toEqual(["はじめに", "ひとりへ", text, "もどりました"]);
  expect(heard(other)).toEqual(await found(other.client));
  expect(await found(host)).toEqual(["はじめに", "本会議で", "ひとりへ", text, "もどりました"]);
  expect(rooms).toHaveLength(2);
  await closed(made);
});

test("[SEC-4] [ADM-1] a ticket is good for one room: after a move the old one is refused, at either process", async () => {
  const made = await scene();
  const { first, rooms } = made;
  await open(made);
  const pine = await arrived(first, rooms[0]);
  expect(await validate(first.client, pine.ticket)).toBe(200);
  await put(made, [null, first]);
  const bamboo = await arrived(first, rooms[1]);
  for (const client of [first.client, first.client.at(second.origin)])
    expect([await validate(client, pine.ticket), await validate(client, bamboo.ticket)]).toEqual([403, 200]);
  expect(
    lastRoom(first)
      ?.people.map((one) => one.id)
      .toSorted(),
  ).toEqual([first.admissionId, made.other.admissionId].toSorted());
  await closed(made);
});

test("[SEC-4] [ADM-1] the ticket for the room before is refused at once, also while the media server hangs", async () => {
  const made = await scene();
  const { first, rooms } = made;
  await open(made);
  const pine = await arrived(first, rooms[0]);
  // Its answer to the removal is what deletes the ticket: until then the stay that it names has to be enough.
  process.kill(product.livekit.pid, "SIGSTOP");
  try {
    await put(made, [null, first]);
    const bamboo = await arrived(first, rooms[1]);
    expect([await validate(first.client, pine.ticket), await validate(first.client, bamboo.ticket)]).toEqual([
      403, 200,
    ]);
  } finally {
    process.kill(product.livekit.pid, "SIGCONT");
  }
  await closed(made);
});

test("[SEC-4] [ADM-8] a removal reaches into a room; the ticket dies, and no room takes the person again", async () => {
  const made = await scene();
  const { meeting, other, rooms } = made;
  await open(made);
  const { ticket } = await arrived(other, rooms[1]);
  await host.ok("POST", at(meeting, `participants/${other.admissionId}/remove`), { report: false });
  await until(other, "removed");
  expect(await validate(other.client, ticket)).toBe(403);
  expect((await other.client.send("POST", at(meeting, "breakouts/go"), { breakoutId: null })).status).toBe(
    403,
  );
  const assignments = [{ admissionId: other.admissionId, breakoutId: rooms[0] }];
  const again = await host.send("POST", at(meeting, "breakouts/assignments"), { assignments });
  expect(again.body).toEqual({ code: "no_such_person" });
  expect((await ask(other.client, meeting)).status).toBe(403);
  await closed(made);
});

test("[SEC-4] [OPS-4] a process that dies takes nobody's place: the next one knows who is in which room", async () => {
  const made = await scene();
  const { first, rooms, meeting } = made;
  await open(made);
  const third = await product.startProcess();
  const stream = await first.client.at(third.origin).stream(meeting.link);
  await stream.untilAny((message) => placeOf(message) === rooms[0]);
  await third.stop();
  const fourth = await product.startProcess();
  const later = first.client.at(fourth.origin);
  const again = await later.stream(meeting.link);
  const room = await again.until((message): message is Room => message.type === "room");
  expect(room.people.map((one) => one.id)).toEqual([first.admissionId]);
  const answer = await later.send("POST", at(meeting, "ticket"));
  const ticket: unknown = Reflect.get(Object(answer.body), "ticket");
  expect(await validate(later, String(ticket))).toBe(200);
  await fourth.stop();
  await closed(made);
});

test("[SEC-4] what cannot be is refused with a clear code", async () => {
  const made = await scene();
  const { meeting, first } = made;
  const code = async (client: Client, path: string, body?: unknown): Promise<unknown> => {
    const answer = await client.send("POST", at(meeting, `breakouts${path}`), body);
    return Reflect.get(Object(answer.body), "code");
  };
  const unknown = "A".repeat(22);
  expect(await code(host, "/close", { atOnce: true })).toBe("breakouts_closed");
  expect(await code(host, "/messages", { text: "?", clientId: unknown })).toBe("breakouts_closed");
  expect(await code(first.client, "/go", { breakoutId: null })).toBe("breakouts_closed");
  await open(made);
  expect(await code(host, "", { rooms: [], choose: false, mayReturn: true })).toBe("breakouts_open");
  expect(await code(host, "/go", { breakoutId: unknown })).toBe("no_such_breakout");
  expect(await code(first.client, "/go", { breakoutId: unknown })).toBe("not_allowed");
  expect(await code(first.client, "/open", { minutes: 1 })).toBe("not_allowed");
  expect(await code(host, "/open", { minutes: 0 })).toBe("bad_request");
  expect(await code(host, "/open", { minutes: 1e9 })).toBe("bad_request");
  await closed(made);
});

test("[SEC-4] a timer warns everybody, and a minute later all are back without anybody's doing", async () => {
  const { first, other, hosting, meeting } = timed;
  for (const one of [first, other, hosting])
    await one.stream.untilAny(
      (message) => message.type === "patch" && message.meta?.breakouts?.phase === "closing",
    );
  await expect
    .poll(() => first.stream.messages.findLast((message) => placeOf(message) !== undefined), {
      timeout: 90_000,
    })
    .toMatchObject({ admission: { breakoutId: null } });
  await Promise.all([arrived(first, null), arrived(other, null)]);
  await expect.poll(() => seen(other)).toHaveLength(3);
  expect((await host.send("POST", at(meeting, "breakouts/close"), { atOnce: true })).status).toBe(409);
}, 120_000);

// Last: switched on, barriers send away guests who came in before people had to sign in.
test("[BAR-3] [BAR-5] an edit at the same instant as a move, 50 times: never both inside, in whichever rooms", async () => {
  const [banker, analyst] = await Promise.all([colleague(product, host), colleague(product, host)]);
  const hostId = (await host.ok<{ id: string }>("GET", "/api/me")).id;
  const walls = (flags: readonly "meeting"[]) => [
    barriersOn,
    ...group("rest", hostId),
    ...group("banking", banker.me.id),
    ...group("research", analyst.me.id),
    policy("banking", "research", flags),
  ];
  await layDown(product, walls([]));
  const made = await scene([banker.client, analyst.client.at(second.origin)]);
  const { meeting, other } = made;
  await open(made);
  let { admissionId } = other;
  for (let round = 0; round < 50; round += 1) {
    const assignments = [{ admissionId, breakoutId: made.rooms[round % 2] ?? null }];
    const by = round % 3 === 0 ? host.at(second.origin) : host;
    await Promise.all([
      layDown(product, walls(["meeting"])),
      by.send("POST", at(meeting, "breakouts/assignments"), { assignments }),
    ]);
    // Whichever came first, the next decision is under the new version, and the later comer is out of every room.
    expect((await analyst.client.send("POST", at(meeting, "hand"))).status).toBe(403);
    expect((await banker.client.send("POST", at(meeting, "hand"))).status).toBe(200);
    await layDown(product, walls([]));
    admissionId = idOf(await asked(analyst.client, meeting));
    await admit(host, meeting, { id: admissionId });
  }
  await layDown(product, [{ type: "rules.put", rules: { ...emptyBarriers.rules, on: false } }]);
  await closed(made);
}, 300_000);
