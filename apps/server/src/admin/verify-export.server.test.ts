import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { featureBase } from "../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../packages/testkit/src/postgres.ts";
import { anchorInstanceHeads } from "../features/evidence/anchors.ts";
import { exportLog } from "../features/evidence/export-log.ts";
import { genesis, hashRecord } from "../platform/evidence/chain.ts";
import { runAdmin } from "./run-admin.ts";
import { verifyExport, type NotedHead } from "./verify-export.ts";

let postgres: TestPostgres;
let folder: string;
/** Four records with a name each, a meeting of three, its head, and one more. */
let lines: readonly string[];

beforeAll(async () => {
  postgres = await startPostgres();
  folder = mkdtempSync(join(tmpdir(), "sekisho-export-"));
  await using base = await featureBase(postgres);
  const { db } = base.handle;
  const append = (n: number) =>
    db.transaction().execute((trx) =>
      base.log.append(trx, {
        ...{ type: "account.changed", actor: { kind: "server" }, data: { n } },
        personal: { displayName: `桐生 ${n}` },
      }),
    );
  for (const n of [1, 2, 3, 4]) await append(n);
  await plantMeeting(base.database.adminConnectionString);
  await anchorInstanceHeads({ db, log: base.log });
  await append(5);
  const all: string[] = [];
  for await (const line of exportLog({ db, keys: base.keys }, "jsonl", true)) all.push(line);
  lines = all;
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await postgres.stop();
});

async function plantMeeting(connectionString: string): Promise<void> {
  const owner = new pg.Client({ connectionString });
  await owner.connect();
  const id = "00000000-0000-4000-8000-000000000001";
  await owner.query(
    `insert into account (id, email, display_name, password_hash, role, locale, personal_number, personal_link)
     values ($1::uuid, 'x', 'x', 'x', 'member', 'ja', 'x', 'x')`,
    [id],
  );
  await owner.query(
    `insert into meeting (id, host_id, settings, start_local, time_zone, duration_minutes, first_start, link, preset_version)
     values ($1::uuid, $1::uuid, '{}', '2026-11-24T16:00', 'Asia/Tokyo', 60, now(), 'x', 1)`,
    [id],
  );
  const chain = "instance-aaaaaaaa";
  await owner.query(
    `insert into meeting_instance (id, meeting_id, occurrence, sfu_room, starts_at, ends_at, head, evidence_key)
     values ($1, $2, 'once', $1, now(), now(), $3, 'x')`,
    [chain, id, genesis(chain)],
  );
  let hash = genesis(chain);
  for (const seq of [1, 2, 3]) {
    const row = { chain, seq, at: seq, type: "meeting.locked", data: `{"n":${seq}}`, commitment: null };
    hash = hashRecord(hash, row);
    await owner.query(
      "insert into meeting_event values ($1, $2::int, $2::bigint, 'meeting.locked', $3, null, $4)",
      [chain, seq, row.data, hash],
    );
  }
  await owner.query("update meeting_instance set seq = 3, head = $2 where id = $1", [chain, hash]);
  await owner.end();
}

type Fields = Record<string, unknown>;

function parsed(line: string | undefined): Fields {
  const value: unknown = JSON.parse(line ?? "null");
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
const changed = (index: number, change: (fields: Fields) => Fields) =>
  lines.map((line, at) => (at === index ? JSON.stringify(change(parsed(line))) : line));
const without = (...indexes: readonly number[]) => lines.filter((_, index) => !indexes.includes(index));

async function kindsOf(of: readonly string[], noted: NotedHead | null = null): Promise<readonly string[]> {
  const { ok, problems } = await verifyExport(of, noted);
  expect(ok).toBe(problems.length === 0);
  return problems.map(({ line, kind }) => `${line} ${kind}`);
}

test("[AUD-1] an export holds together without the database, with the names that it opens", async () => {
  expect(await verifyExport(lines)).toMatchObject({
    ...{ ok: true, kind: "whole", records: 9, chains: 2, opened: 5, unjudged: 0 },
    head: { seq: 6, hash: parsed(lines[5])["hash"] },
  });
});

test("[AUD-1] whatever is done to one line of it is found, and where", async () => {
  const edits: readonly (readonly [string, (fields: Fields) => Fields])[] = [
    ["changed", (one) => ({ ...one, at: Number(one["at"]) + 1 })],
    ["changed", (one) => ({ ...one, type: "account.created" })],
    ["changed", (one) => ({ ...one, data: String(one["data"]).replace("}", " }") })],
    ["changed", (one) => ({ ...one, hash: "0".repeat(64) })],
    ["personal_changed", (one) => ({ ...one, personal: { displayName: "別人" } })],
    ["personal_changed", (one) => ({ ...one, salt: Buffer.alloc(32).toString("base64") })],
    ["personal_changed", (one) => ({ ...one, salt: null })],
    ["unreadable", (one) => ({ ...one, seq: "2" })],
    ["unreadable", () => ({})],
  ];
  for (const [kind, edit] of edits) expect(await kindsOf(changed(1, edit)), kind).toContain(`2 ${kind}`);
  const moved = { ...parsed(lines[1]), commitment: Buffer.alloc(32).toString("base64") };
  expect(await kindsOf(changed(1, () => moved))).toEqual(["2 changed", "2 personal_changed"]);
  expect(await kindsOf([...lines.slice(0, 2), "not JSON", ...lines.slice(2)])).toEqual(["3 unreadable"]);
});

test("[AUD-1] lines that are gone, stand twice or elsewhere, and a tail that was cut off, are found", async () => {
  expect(await kindsOf(without(2))).toEqual(["3 removed", "0 unfinished"]);
  expect(await kindsOf(without(5))).toContain("0 head_differs");
  expect(await kindsOf(without(8))).toEqual(["0 tail_removed", "0 unfinished"]);
  expect(await kindsOf(without(6, 7, 8))).toEqual(["0 tail_removed", "0 unfinished"]);
  expect(await kindsOf(without(9))).toEqual(["0 unfinished"]);
  const [first = "", second = "", ...rest] = lines;
  expect(await kindsOf([second, first, ...rest])).toContain("2 out_of_place");
  expect(await kindsOf([first, first, second, ...rest])).toContain("2 out_of_place");
  const other = changed(6, (one) => ({ ...one, chain: "instance-bbbbbbbb" }));
  expect(await kindsOf(other)).toContain("7 changed");
});

/** A tamperer who knows the format makes every later hash anew. */
function rewritten(index: number, edit: (fields: Fields) => Fields): readonly string[] {
  const chain = String(parsed(lines[index])["chain"]);
  let previous = genesis(chain);
  return lines.map((line, at) => {
    const before = parsed(line);
    if (before["chain"] !== chain) return line;
    const one = at === index ? edit(before) : before;
    const { seq, at: time, type, data, commitment } = one;
    previous = hashRecord(previous, {
      ...{ chain, seq: Number(seq), at: Number(time), type: String(type), data: String(data) },
      commitment: typeof commitment === "string" ? Buffer.from(commitment, "base64") : null,
    });
    return JSON.stringify({ ...one, hash: previous.toString("hex") });
  });
}

test("[AUD-1] a meeting's chain that was made anew differs from the head that the organisation's has", async () => {
  const anew = rewritten(7, (one) => ({ ...one, data: '{"n":9}' }));
  expect(await kindsOf(anew)).toEqual(["9 anchor_differs"]);
});

test("[AUD-1] an organisation's chain that was made anew differs from a head that was noted elsewhere", async () => {
  const noted = { seq: 4, hash: String(parsed(lines[3])["hash"]) };
  expect(await kindsOf(lines, noted)).toEqual([]);
  const anew = rewritten(1, (one) => ({ ...one, type: "account.created" }));
  expect(await kindsOf(anew, noted)).toEqual(["4 head_differs", "0 head_differs"]);
  expect(await kindsOf(lines, { seq: 7, hash: noted.hash })).toEqual(["0 tail_removed"]);
});

test("[AUD-1] the check runs as a command without a database, and as one file by itself", async () => {
  const [good, bad] = [join(folder, "good.jsonl"), join(folder, "bad.jsonl")];
  writeFileSync(good, `${lines.join("\n")}\n`);
  writeFileSync(bad, `${without(2).join("\n")}\n`);
  const out: string[] = [];
  const admin = (...words: readonly string[]) =>
    runAdmin(["audit", "verify-export", ...words, "--data", join(folder, "nothing"), "--lang", "en"], {
      ...{ env: {}, root: folder, print: (line) => out.push(line), printError: (line) => out.push(line) },
      askPassword: async () => "",
    });
  const head = `4:${String(parsed(lines[3])["hash"])}`;
  expect([await admin(good), await admin(good, head), await admin(bad), await admin(good, "4:x")]).toEqual([
    ...[0, 0, 1, 1],
  ]);
  expect(await admin(join(folder, "absent"))).toBe(1);
  expect(out.join("\n")).toContain("9 records in 2 chains hold together");
  expect(out.join("\n")).toContain("line 3: organisation 4 removed");
  const script = resolve(import.meta.dirname, "verify-export.ts");
  const runs = [good, bad].map((file) => spawnSync(process.execPath, [script, file], { encoding: "utf8" }));
  expect(runs.map((run) => run.status)).toEqual([0, 1]);
  expect(runs[1]?.stdout).toContain("line 3: organisation 4 removed");
});
