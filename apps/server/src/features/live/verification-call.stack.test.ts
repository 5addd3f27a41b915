/** Verification calls over two server processes, with PostgreSQL and LiveKit: who gets where, and what ends it (ADM-13). */
import type { AdmissionView, LobbyRowView, StreamMessage } from "@sekisho/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { colleague, type Colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import { plainJoinRequest } from "../../../../../packages/testkit/src/contract-suites/sfu.ts";
import {
  startProduct,
  type Client,
  type Product,
  type ProductProcess,
} from "../../../../../packages/testkit/src/index.ts";
import {
  follow,
  schedule,
  until,
  type Insider,
  type TestMeeting,
} from "../../../../../packages/testkit/src/meetings.ts";
import { createLivekitSfu } from "../../sfu/livekit-sfu.ts";
import type { Sfu } from "../../sfu/sfu.ts";

let product: Product;
let second: ProductProcess;
let host: Client;
let verifier: Colleague;
let sfu: Sfu;

beforeAll(async () => {
  product = await startProduct({ page: false });
  host = await product.setUp();
  second = await product.startProcess();
  verifier = await colleague(product, host);
  sfu = createLivekitSfu(product.livekit);
}, 300_000);
afterAll(() => product?.[Symbol.asyncDispose]());

type Scene = AsyncDisposable & {
  readonly meeting: TestMeeting;
  readonly hosting: Insider;
  /** At the second process. */
  readonly checking: Insider;
  readonly applicant: Insider;
};
type Waiting = Extract<AdmissionView, { state: "waiting" }>;

const at = (meeting: TestMeeting, path: string) => `/api/m/${meeting.link}/${path}`;

async function scene(): Promise<Scene> {
  const meeting = await schedule(host, { verifier: verifier.me.id });
  const hosting = await follow(host, meeting);
  const checking = await follow(verifier.client.at(second.origin), meeting);
  await until(checking, "admitted");
  const applicant = await follow(product.client(), meeting);
  const people = [hosting, checking, applicant];
  return {
    ...{ meeting, hosting, checking, applicant },
    async [Symbol.asyncDispose]() {
      await Promise.all(people.map((one) => one.stream.close()));
    },
  };
}

function start({ meeting, applicant }: Scene, by: Client, revision = 1) {
  return by.send("POST", at(meeting, `waiting/${applicant.admissionId}/call`), { revision });
}
const answer = ({ meeting, applicant }: Scene, accept: boolean) =>
  applicant.client.send("POST", at(meeting, "call/answer"), { accept });
const ascending = (a: number, b: number) => a - b;
const code = (answered: { readonly body: unknown }): unknown => Reflect.get(Object(answered.body), "code");

/** The newest of what this person was told of the own admission. */
function own(insider: Insider): AdmissionView | undefined {
  return insider.stream.messages.findLast((one) => one.type === "admission")?.admission;
}
const callOf = (insider: Insider): Waiting["call"] | undefined => {
  const view = own(insider);
  return view?.state === "waiting" ? view.call : undefined;
};
async function stayOf(insider: Insider, before = ""): Promise<string> {
  const stay = () => {
    const view = own(insider);
    return view?.state === "admitted" && view.sfuIdentity !== before ? view.sfuIdentity : "";
  };
  await expect.poll(stay).not.toBe("");
  return stay();
}

async function begin(made: Scene): Promise<{ readonly mine: string; readonly theirs: string }> {
  const before = await stayOf(made.checking);
  expect((await start(made, made.checking.client)).status).toBe(200);
  await expect.poll(() => callOf(made.applicant)?.state).toBe("asked");
  expect((await answer(made, true)).status).toBe(200);
  await expect.poll(() => callOf(made.applicant)?.state).toBe("running");
  const call = callOf(made.applicant);
  return {
    theirs: call?.state === "running" ? call.sfuIdentity : "",
    mine: await stayOf(made.checking, before),
  };
}

async function ticketOf(client: Client, meeting: TestMeeting): Promise<string> {
  const { ticket } = await client.ok<{ ticket: string }>("POST", at(meeting, "ticket"));
  return ticket;
}

/** What a connect with this ticket would meet at this moment. */
async function validate(client: Client, ticket: string): Promise<number> {
  const query = new URLSearchParams({ access_token: ticket, join_request: plainJoinRequest() });
  return (await client.send("GET", `/sfu/rtc/v1/validate?${query}`)).status;
}

/** Signalling of a page that sends no media: LiveKit counts it among the people of the room. */
async function connect(client: Client, ticket: string) {
  const query = new URLSearchParams({ access_token: ticket, join_request: plainJoinRequest() });
  const socket = new WebSocket(`${client.origin.replace(/^http/u, "ws")}/sfu/rtc/v1?${query}`, {
    headers: { origin: client.origin, cookie: client.cookieHeader() },
  });
  let closed = 0;
  socket.on("close", (why) => {
    closed = why;
  });
  const status = await new Promise<number>((resolve) => {
    socket.once("open", () => resolve(101));
    socket.once("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.once("error", () => resolve(0));
  });
  return { status, close: () => socket.terminate(), closed: () => closed };
}

/** The room of the SFU in which somebody of this name is. */
async function roomNameOf(identity: string): Promise<string | null> {
  for (const room of await sfu.listRooms())
    if ((await sfu.listParticipants(room)).some((one) => one.identity === identity)) return room;
  return null;
}

/** Who is in it. */
async function roomWith(identity: string): Promise<readonly string[] | null> {
  const room = await roomNameOf(identity);
  if (room === null) return null;
  return (await sfu.listParticipants(room)).map((one) => one.identity).toSorted();
}

function row(insider: Insider): LobbyRowView | undefined {
  const of = (message: StreamMessage): readonly LobbyRowView[] => {
    if (message.type === "room") return message.lobby;
    return message.type === "patch" ? message.lobby.set : [];
  };
  return insider.stream.messages.flatMap(of).at(-1);
}

test("[ADM-13] two, at two processes, are alone in a room of their own, and it is gone when the call ends", async () => {
  await using made = await scene();
  const { meeting, checking, applicant, hosting } = made;
  const inMeeting = await connect(host, await ticketOf(host, meeting));
  const { mine, theirs } = await begin(made);
  const sockets = await Promise.all(
    [checking, applicant].map(async ({ client }) => connect(client, await ticketOf(client, meeting))),
  );
  expect([inMeeting.status, ...sockets.map((one) => one.status)]).toEqual([101, 101, 101]);
  await expect.poll(() => roomWith(theirs)).toEqual([mine, theirs].toSorted());
  expect(await roomWith(await stayOf(hosting))).toHaveLength(1);
  const room = await roomNameOf(theirs);
  expect(row(hosting)).toMatchObject({
    call: { verifierId: checking.admissionId, running: { sfuIdentity: theirs } },
    shown: { toId: checking.admissionId, voice: false, face: false },
  });
  expect((await checking.client.send("POST", at(meeting, "call/end"))).status).toBe(200);
  await expect.poll(() => callOf(applicant)).toBeNull();
  for (const socket of sockets) await expect.poll(socket.closed).toBeGreaterThan(4000);
  await expect.poll(async () => (await sfu.listRooms()).includes(room ?? "")).toBe(false);
  expect(await validate(checking.client, await ticketOf(checking.client, meeting))).toBe(200);
  inMeeting.close();
});

test("[ADM-13] a ticket is good for the one place it was made for: not before, not after, not for another", async () => {
  await using made = await scene();
  const { meeting, checking, applicant } = made;
  const other = await follow(product.client(), meeting, { name: "別の人" });
  expect((await applicant.client.send("POST", at(meeting, "ticket"))).status).toBe(403);
  const ofMeeting = await ticketOf(checking.client, meeting);
  await begin(made);
  const [ofCall, theirs] = [
    await ticketOf(checking.client, meeting),
    await ticketOf(applicant.client, meeting),
  ];
  expect(await validate(checking.client, ofMeeting)).toBe(403);
  expect([await validate(checking.client, ofCall), await validate(applicant.client, theirs)]).toEqual([
    200, 200,
  ]);
  for (const thief of [other.client, host, product.client(), verifier.client])
    expect(await validate(thief, theirs)).toBe(403);
  expect((await other.client.send("POST", at(meeting, "ticket"))).status).toBe(403);
  expect(code(await other.client.send("POST", at(meeting, "call/answer"), { accept: true }))).toBe(
    "call_over",
  );
  expect((await applicant.client.send("POST", at(meeting, "call/end"))).status).toBe(200);
  await expect.poll(() => callOf(applicant)).toBeNull();
  expect([await validate(checking.client, ofCall), await validate(applicant.client, theirs)]).toEqual([
    403, 403,
  ]);
  await begin(made);
  // A further call is another room: what was good for the first is not for this one.
  expect([await validate(checking.client, ofCall), await validate(applicant.client, theirs)]).toEqual([
    403, 403,
  ]);
  await other.stream.close();
});

test("[ADM-2] [ADM-13] nothing of the meeting, nor of who asks, reaches the applicant", async () => {
  await using made = await scene();
  const { meeting, applicant } = made;
  await begin(made);
  await host.ok("POST", at(meeting, "hand"));
  const word = { to: "everyone", toId: null, text: "会議の中だけ", clientId: "A".repeat(22) };
  await host.ok("POST", at(meeting, "messages"), word);
  await applicant.client.ok("POST", at(meeting, "call/end"));
  await expect.poll(() => callOf(applicant)).toBeNull();
  const kinds = new Set(applicant.stream.messages.map((message) => message.type));
  kinds.delete("alive");
  expect([...kinds]).toEqual(["admission"]);
  const all = applicant.client.received();
  for (const secret of [
    verifier.me.displayName,
    verifier.me.id,
    "佐久間",
    made.checking.admissionId,
    word.text,
  ])
    expect(all).not.toContain(secret);
});

test("[ADM-5] [ADM-13] two ask at one instant, at two processes: one has the call, and the other is told so", async () => {
  await using made = await scene();
  const answers = await Promise.all([start(made, host), start(made, made.checking.client)]);
  expect(answers.map((one) => one.status).toSorted(ascending)).toEqual([200, 409]);
  expect(answers.map(code)).toContain("call_under_way");
  // Sent twice: the second finds nothing to agree to.
  const agreed = await Promise.all([answer(made, true), answer(made, true)]);
  expect(agreed.map((one) => one.status).toSorted(ascending)).toEqual([200, 409]);
});

const endings: Readonly<Record<string, (made: Scene) => Promise<unknown>>> = {
  "a lock": ({ meeting }) => host.ok("POST", at(meeting, "lock"), { locked: true }),
  "a stop": ({ meeting }) => host.ok("POST", at(meeting, "suspend")),
  "a denial": ({ meeting, applicant }) =>
    host.ok("POST", at(meeting, "deny"), { rows: [{ admissionId: applicant.admissionId, revision: 1 }] }),
  "the verifier's removal": ({ meeting, checking }) =>
    host.ok("POST", at(meeting, `participants/${checking.admissionId}/remove`), { report: false }),
  "a withdrawal": ({ meeting, applicant }) => applicant.client.ok("POST", at(meeting, "withdraw")),
  "the meeting's end": ({ meeting }) => host.ok("POST", at(meeting, "end")),
};

test.each(Object.entries(endings))(
  "[ADM-13] %s ends it: sockets, tickets and room",
  async (_what, happens) => {
    await using made = await scene();
    const { meeting, applicant } = made;
    const { theirs } = await begin(made);
    const ticket = await ticketOf(applicant.client, meeting);
    const socket = await connect(applicant.client, await ticketOf(applicant.client, meeting));
    await expect.poll(() => roomWith(theirs)).toEqual([theirs]);
    await happens(made);
    await expect.poll(socket.closed).toBeGreaterThan(4000);
    await expect.poll(() => roomWith(theirs)).toBeNull();
    expect(await validate(applicant.client, ticket)).toBe(403);
    if (own(applicant)?.state === "waiting") await expect.poll(() => callOf(applicant)).toBeNull();
  },
);

test("[ADM-4] [ADM-13] nobody says voice or face before the SFU has sent them on; other methods end the call", async () => {
  await using made = await scene();
  const { meeting, applicant, checking } = made;
  await begin(made);
  const admitBy = (method: string) =>
    checking.client.send("POST", at(meeting, "admit"), {
      rows: [{ admissionId: applicant.admissionId, revision: 1 }],
      method,
      standInReason: null,
    });
  expect(code(await admitBy("voiceAndFace"))).toBe("call_needed");
  expect(code(await admitBy("voice"))).toBe("call_needed");
  expect((await admitBy("document")).status).toBe(200);
  const told = await until(applicant, "admitted");
  const ticket = told.type === "admission" ? told.ticket : null;
  expect(await validate(applicant.client, ticket ?? "")).toBe(200);
  expect((await checking.client.send("POST", at(meeting, "call/end"))).status).toBe(409);
});

test("[ADM-13] [OPS-4] a process that dies in the middle takes nobody's place in the call; the next knows it", async () => {
  await using made = await scene();
  const { meeting, applicant } = made;
  const { theirs } = await begin(made);
  const third = await product.startProcess();
  const there = applicant.client.at(third.origin);
  const first = await connect(there, await ticketOf(there, meeting));
  expect(first.status).toBe(101);
  await third.stop();
  const fourth = await product.startProcess();
  const later = applicant.client.at(fourth.origin);
  const again = await connect(later, await ticketOf(later, meeting));
  expect(again.status).toBe(101);
  await expect.poll(() => roomWith(theirs)).toEqual([theirs]);
  expect((await applicant.client.send("POST", at(meeting, "call/end"))).status).toBe(200);
  await expect.poll(again.closed).toBeGreaterThan(4000);
  await fourth.stop();
});

test("[ADM-13] the media server itself lets no third one into a call, whatever token it is shown", async () => {
  await using made = await scene();
  const { meeting, applicant, checking } = made;
  const { theirs } = await begin(made);
  for (const { client } of [applicant, checking])
    expect((await connect(client, await ticketOf(client, meeting))).status).toBe(101);
  await expect.poll(() => roomWith(theirs)).toHaveLength(2);
  const sfuRoom = (await roomNameOf(theirs)) ?? "";
  const grants = { subscribe: true, sources: [] };
  const token = await sfu.mintUpstreamToken({ sfuRoom, sfuIdentity: "third", grants });
  const socket = new WebSocket(`${sfu.signalUrl}/rtc/v1?join_request=${plainJoinRequest()}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  socket.on("error", () => undefined);
  await new Promise((resolve) => {
    socket.once("unexpected-response", resolve);
    socket.once("close", resolve);
    socket.once("error", resolve);
  });
  expect(await roomWith(theirs)).not.toContain("third");
  // A reconnect is no third: it has the name of the one that it takes the place of.
  const again = await connect(applicant.client, await ticketOf(applicant.client, meeting));
  expect(again.status).toBe(101);
  await expect.poll(() => roomWith(theirs)).toHaveLength(2);
});
