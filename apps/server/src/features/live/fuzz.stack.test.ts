/**
 * Random people do random things at two server processes, lose their streams and come back; after every step the
 * invariants of the gate hold. A seed that failed once stays in the list.
 */
import { fold, type InstanceState, type RecordedEvent } from "@sekisho/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  startProduct,
  type Client,
  type Product,
  type ProductProcess,
} from "../../../../../packages/testkit/src/index.ts";
import {
  ask,
  asked,
  idOf,
  schedule,
  type TestMeeting,
} from "../../../../../packages/testkit/src/meetings.ts";
import { readMasterKey } from "../../platform/keys/master-key.ts";
import { createKeys } from "../../platform/keys/keys.ts";
import { openDatabase, type DatabaseHandle } from "../../platform/db/database.ts";
import { readEvents, unwrapInstanceKey } from "./event-store.ts";

const seeds = [1, 7, 42, 20261123];
const steps = 60;

let product: Product;
let second: ProductProcess;
let host: Client;
let database: DatabaseHandle;

beforeAll(async () => {
  product = await startProduct({ page: false });
  host = await product.setUp();
  second = await product.startProcess();
  database = openDatabase(product.database.connectionString, () => undefined, 2);
}, 300_000);
afterAll(async () => {
  await database?.close();
  await product?.[Symbol.asyncDispose]();
});

/** mulberry32: small, seeded, the same on every machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Person = { readonly name: string; readonly client: Client; admissionId: string };

async function logOf(meeting: TestMeeting): Promise<readonly RecordedEvent[]> {
  const { rows } = await database.pool.query<{ id: string; evidence_key: Buffer }>(
    "select id, evidence_key from meeting_instance where meeting_id = $1",
    [meeting.id],
  );
  const [row] = rows;
  if (row === undefined) return [];
  const key = unwrapInstanceKey(createKeys(readMasterKey(product.keysDir)), row.id, row.evidence_key);
  return readEvents(database.pool, row.id, key, 0);
}

function checkInvariants(state: InstanceState, events: readonly RecordedEvent[]): void {
  const banned = new Set([...state.bans.values()].map((ban) => ban.principal.device));
  for (const person of state.admissions.values()) {
    const inside = person.status.kind === "admitted";
    expect(state.inside.has(person.id)).toBe(inside);
    if (inside) expect(banned.has(person.principal.device), "a banned person is inside").toBe(false);
    if (inside && state.phase !== "live") expect.unreachable("somebody is inside a meeting that is not live");
  }
  let locked = false;
  for (const { event } of events) {
    if (event.type === "meeting.locked" || event.type === "meeting.suspended") locked = true;
    if (event.type === "meeting.unlocked" || event.type === "instance.ended") locked = false;
    if (event.type === "admission.admitted" && locked)
      expect(state.admissions.get(event.admissionId)?.role, "admitted while locked").not.toBe("participant");
  }
  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
}

function pick<T>(list: readonly T[], next: () => number): T | undefined {
  return list[Math.floor(next() * list.length)];
}

async function step(meeting: TestMeeting, people: Person[], next: () => number): Promise<string> {
  const at = (path: string) => `/api/m/${meeting.link}${path}`;
  const person = pick(people, next);
  if (person === undefined) return "nobody";
  const other = pick(people, next)?.admissionId ?? "";
  const rows = people
    .filter((one) => one.admissionId !== "" && next() < 0.4)
    .map((one) => ({ admissionId: one.admissionId, revision: 1 + Math.floor(next() * 2) }));
  const some =
    rows.length === 0 ? [{ admissionId: other === "" ? "a".repeat(22) : other, revision: 1 }] : rows;
  const actor = next() < 0.75 ? host : person.client;
  const hostActions: readonly (readonly [string, unknown])[] = [
    ["/admit", { rows: some, method: null, standInReason: null }],
    ["/admit", { rows: some, method: null, standInReason: null }],
    ["/deny", { rows: some.slice(0, 1) }],
    ["/lock", { locked: next() < 0.4 }],
    ["/suspend", undefined],
    ["/resume", undefined],
    ["/reopen-link", undefined],
    ["/waiting-room", { on: next() < 0.5, waiting: pick(["keep", "admit", "deny"], next) }],
    ["/rights", { screenShare: "hosts", chat: "everyone", rename: "nobody", unmute: "hosts" }],
    [`/participants/${other || "x".repeat(22)}/remove`, { report: false }],
    [`/participants/${other || "x".repeat(22)}/send-back`, undefined],
    [`/participants/${other || "x".repeat(22)}/role`, { role: next() < 0.5 ? "coHost" : "participant" }],
    ["/withdraw", undefined],
    ["/leave", { handTo: null }],
    ["/ticket", undefined],
    ["/hand", undefined],
  ];
  const [path, body] = pick(hostActions, next) ?? ["/hand", undefined];
  const calls = [actor.send("POST", at(path), body)];
  if (next() < 0.6)
    calls.push(
      ask(person.client, meeting, { name: person.name }).then((answer) => {
        const view = Object(answer.body) as { admissionId?: string };
        if (view.admissionId !== undefined) person.admissionId = view.admissionId;
        return answer;
      }),
    );
  if (next() < 0.2)
    calls.push(
      host.send("POST", at("/requests"), { displayName: "", affiliation: "", passcode: null, build: 1 }),
    );
  const answers = await Promise.all(calls);
  for (const answer of answers)
    expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBeLessThan(500);
  return path;
}

test.each(seeds)(
  "[ADM-1] [ADM-5] [ADM-8] seed %i: whatever people do at once, the gate holds",
  { timeout: 120_000 },
  async (seed) => {
    const next = random(seed);
    const meeting = await schedule(host);
    const people: Person[] = Array.from({ length: 6 }, (_, index) => ({
      name: `人 ${seed}-${index}`,
      client: product.client(index % 2 === 0 ? product.origin : second.origin),
      admissionId: "",
    }));
    await asked(host, meeting);
    for (const person of people)
      person.admissionId = idOf(await asked(person.client, meeting, { name: person.name }));
    for (let round = 0; round < steps; round += 1) {
      await step(meeting, people, next);
      const events = await logOf(meeting);
      const state = fold(events);
      if (state !== null) checkInvariants(state, events);
    }
  },
);
