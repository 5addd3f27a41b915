import fc from "fast-check";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import { featureBase, type FeatureBase } from "../../../../../packages/testkit/src/feature-app.ts";
import { genesis, hashRecord } from "../../platform/evidence/chain.ts";
import { createKeys } from "../../platform/keys/keys.ts";
import { newUuid } from "../../platform/random.ts";
import { anchorInstanceHeads } from "./anchors.ts";
import { csvCell, exportLog } from "./export-log.ts";
import { verifyAll } from "./verify.ts";

let postgres: TestPostgres;
let base: FeatureBase;
/** The tamperer: owner of the tables, with the triggers switched off. */
let owner: pg.Client;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  base = await featureBase(postgres);
  owner = new pg.Client({ connectionString: base.database.adminConnectionString });
  await owner.connect();
  await owner.query("set session_replication_role = replica");
});
afterEach(async () => {
  await owner.end();
  await base[Symbol.asyncDispose]();
});

function append(n: number, personal = true): Promise<void> {
  return base.handle.db.transaction().execute((trx) =>
    base.log.append(trx, {
      type: "account.changed",
      actor: { kind: "server" },
      data: { n },
      ...(personal ? { personal: { displayName: `=person ${n}` } } : {}),
    }),
  );
}

/** An instance with `length` records, made as the runner makes them; answers its id. */
async function instance(name: string, length: number): Promise<string> {
  const [account, meeting] = [newUuid(), newUuid()];
  await owner.query(
    `insert into account (id, email, display_name, password_hash, role, locale, personal_number, personal_link)
     values ($1::uuid, $1::text, 'x', 'x', 'member', 'ja', $1::text, $1::text)`,
    [account],
  );
  await owner.query(
    `insert into meeting (id, host_id, settings, start_local, time_zone, duration_minutes, first_start, link, preset_version)
     values ($1::uuid, $2, '{}', '2026-11-24T16:00', 'Asia/Tokyo', 60, now(), $1::text, 1)`,
    [meeting, account],
  );
  await owner.query(
    `insert into meeting_instance (id, meeting_id, occurrence, sfu_room, starts_at, ends_at, head, evidence_key)
     values ($1, $2, 'once', $1, now(), now(), $3, 'x')`,
    [name, meeting, genesis(name)],
  );
  for (let seq = 1; seq <= length; seq++) await record(name, seq);
  return name;
}

async function record(name: string, seq: number, value = seq): Promise<void> {
  const { rows } = await owner.query<{ head: Buffer }>("select head from meeting_instance where id = $1", [
    name,
  ]);
  const data = JSON.stringify({ n: value });
  const row = { chain: name, seq, at: seq, type: "meeting.locked", data, commitment: null };
  const hash = hashRecord(rows[0]?.head ?? Buffer.alloc(0), row);
  await owner.query(
    "insert into meeting_event values ($1, $2::int, $2::bigint, 'meeting.locked', $3, null, $4)",
    [name, seq, data, hash],
  );
  await owner.query("update meeting_instance set seq = $2, head = $3 where id = $1", [name, seq, hash]);
}

async function kinds(): Promise<readonly string[]> {
  const { problems } = await verifyAll({ db: base.handle.db, keys: base.keys });
  return problems.map((one) => `${one.chain} ${one.seq} ${one.kind}`);
}

test("[AUD-1] the running server's role cannot change, delete or empty the logs", async () => {
  await append(1);
  for (const table of ["organisation_event", "meeting_event"])
    for (const statement of [`update ${table} set type = 'x'`, `delete from ${table}`, `truncate ${table}`])
      await expect(base.handle.pool.query(statement)).rejects.toThrow(/permission denied/u);
  const plainOwner = new pg.Client({ connectionString: base.database.adminConnectionString });
  await plainOwner.connect();
  await expect(plainOwner.query("delete from organisation_event")).rejects.toThrow(/append-only/u);
  await plainOwner.end();
});

test("[AUD-1] many who write at one instant make one chain without gaps", async () => {
  await Promise.all(Array.from({ length: 40 }, (_, n) => append(n)));
  expect(await kinds()).toEqual([]);
  const verified = await verifyAll({ db: base.handle.db });
  expect([verified.ok, verified.records]).toEqual([true, 40]);
});

test("[AUD-1] whatever is done to one record of the organisation's chain is found", async () => {
  for (let n = 0; n < 6; n++) await append(n);
  const tamperings = [
    "update organisation_event set data = replace(data, '}', ' }') where seq = $1",
    "update organisation_event set type = type || '.' where seq = $1",
    "update organisation_event set at = at + 1 where seq = $1",
    "update organisation_event set hash = sha256(hash) where seq = $1",
    "update organisation_event set commitment = sha256(commitment) where seq = $1",
    "update organisation_event set commitment = null where seq = $1",
    "delete from organisation_event where seq = $1",
    "update organisation_event_personal set sealed = sha256(sealed) where seq = $1",
    "update organisation_event e set data = f.data from organisation_event f where e.seq = $1 and f.seq = $1 % 6 + 1",
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...tamperings),
      fc.integer({ min: 1, max: 6 }),
      async (statement, seq) => {
        await owner.query("create temp table kept as table organisation_event");
        await owner.query("create temp table kept_personal as table organisation_event_personal");
        await owner.query(statement, [seq]);
        const found = await kinds();
        await owner.query("delete from organisation_event");
        await owner.query("insert into organisation_event select * from kept");
        await owner.query("delete from organisation_event_personal");
        await owner.query("insert into organisation_event_personal select * from kept_personal");
        await owner.query("drop table kept, kept_personal");
        expect(found.length, `${statement} ${seq}`).toBeGreaterThan(0);
      },
    ),
    { numRuns: 40 },
  );
  expect(await kinds()).toEqual([]);
});

test("[AUD-1] a tail that is cut off, and a chain that is written anew without the key, are found", async () => {
  for (let n = 0; n < 4; n++) await append(n, false);
  await owner.query("delete from organisation_event where seq = 4");
  expect(await kinds()).toEqual(["organisation 4 tail_removed"]);
  // The whole chain anew, with hashes that fit and a head that fits, by somebody who has only the database.
  let hash = genesis("organisation");
  await owner.query("delete from organisation_event");
  for (const seq of [1, 2]) {
    hash = hashRecord(hash, { chain: "organisation", seq, at: seq, type: "x", data: "{}", commitment: null });
    await owner.query("insert into organisation_event values ($1::bigint, $1::bigint, 'x', '{}', null, $2)", [
      seq,
      hash,
    ]);
  }
  await owner.query("update chain_head set seq = 2, hash = $1", [hash]);
  expect(await kinds()).toEqual(["organisation 2 head_forged"]);
  await owner.query("delete from chain_head");
  expect(await kinds()).toEqual(["organisation 2 head_differs"]);
});

test("[AUD-1] heads of instances are recorded as they move, once; and a cut or rewritten instance is found by them", async () => {
  const name = await instance("instance-aaaaaaaa", 5);
  const { db } = base.handle;
  const anchor = () => anchorInstanceHeads({ db, log: base.log });
  expect(await Promise.all([anchor(), anchor(), anchor()]).then((all) => all.toSorted())).toEqual([0, 0, 1]);
  expect(await kinds()).toEqual([]);
  await record(name, 6);
  expect([await anchor(), await anchor()]).toEqual([1, 0]);
  expect(await kinds()).toEqual([]);
  // Cut, and the row's own head set back with it: only the organisation's chain still knows.
  await owner.query("delete from meeting_event where seq = 6");
  await owner.query(
    "update meeting_instance set seq = 5, head = (select hash from meeting_event where seq = 5)",
  );
  expect(await kinds()).toEqual([`${name} 6 tail_removed`]);
  await owner.query("delete from meeting_event");
  await owner.query("update meeting_instance set seq = 0, head = $1", [genesis(name)]);
  // Written anew, longer than before and whole in itself.
  for (let seq = 1; seq <= 7; seq++) await record(name, seq, -seq);
  expect(await kinds()).toEqual([`${name} 5 anchor_differs`, `${name} 6 anchor_differs`]);
  await owner.query("delete from meeting_event");
  await owner.query("delete from meeting_instance");
  expect(await kinds()).toEqual([
    `${name} 0 head_differs`,
    `${name} 5 tail_removed`,
    `${name} 6 tail_removed`,
  ]);
});

test("[AUD-1] a record moved to another instance's chain, or left without its instance, is found", async () => {
  await instance("instance-aaaaaaaa", 3);
  await instance("instance-bbbbbbbb", 3);
  expect(await kinds()).toEqual([]);
  await owner.query(
    `update meeting_event b set hash = a.hash from meeting_event a
      where a.instance_id = 'instance-aaaaaaaa' and b.instance_id = 'instance-bbbbbbbb' and a.seq = b.seq`,
  );
  expect((await kinds()).length).toBeGreaterThan(0);
});

test("[AUD-1] the export opens personal fields only if asked, and still verifies when their key is gone", async () => {
  await append(1);
  const read = async (format: "jsonl" | "csv", personal: boolean, keys = base.keys) => {
    const lines: string[] = [];
    for await (const line of exportLog({ db: base.handle.db, keys }, format, personal)) lines.push(line);
    return lines;
  };
  expect((await read("jsonl", false)).join()).not.toContain("person 1");
  expect((await read("jsonl", true)).join()).toContain('"personal":{"displayName":"=person 1"}');
  const csv = await read("csv", true);
  expect(csv[0]).toBe('"chain","seq","at","type","data","personal","commitment","hash"');
  expect((await read("jsonl", true, createKeys(Buffer.alloc(32, 7)))).join()).not.toContain("person 1");
  await owner.query("delete from organisation_event_personal");
  expect((await read("jsonl", true)).join()).toContain('"personal":null');
  expect(await kinds()).toEqual([]);
});

test("[AUD-1] no cell of a CSV is a formula, and none breaks out of its quotes", () => {
  expect(csvCell('=HYPERLINK("x")')).toBe('"\'=HYPERLINK(""x"")"');
  fc.assert(
    fc.property(fc.string(), (text) => {
      const cell = csvCell(text);
      expect(cell).toMatch(/^"(?:[^"]|"")*"$/u);
      expect(/^"\s*[=+\-@|%]/u.test(cell)).toBe(false);
    }),
  );
});
