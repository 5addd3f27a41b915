/** A back-up into an empty database, all of it or nothing, and every chain checked afterwards. */
import { access } from "node:fs/promises";
import type { Client } from "pg";
import { verifyAll } from "../features/evidence/verify.ts";
import { withClient } from "../platform/embedded/postgres-roles.ts";
import { AdminProblem } from "./admin-problem.ts";
import type { AdminTools } from "./admin-tools.ts";
import { tellOfBarriers } from "./barriers.ts";
import { backupTables } from "./backup-format.ts";
import { migrationsOf } from "./backup.ts";
import { openBackup, type BackupRow } from "./read-backup.ts";

const batch = 200;

/** The wrapped keys of each instance, as the fields of a JSON object. */
type WrappedKeys = ReadonlyMap<string, string>;

/** False where a chain does not hold afterwards. */
export async function restoreBackup(tools: AdminTools, file: string): Promise<boolean> {
  const { header, rows } = await openBackup(file, "sekisho-backup");
  const keys = await readKeys(tools, `${file}.keys`);
  const count = await withClient(tools.database.adminConnectionString, async (client) => {
    await client.query("begin");
    await requireEmpty(client);
    const own = await migrationsOf(client);
    if (header.migrations.join() !== own.join())
      throw new AdminProblem("otherVersion", {
        file,
        theirs: header.migrations.at(-1) ?? "-",
        ours: own.at(-1) ?? "-",
      });
    const inserted = await insertAll(client, rows, keys);
    // Its owner is there again: the link of an empty server must not stay good.
    await client.query("delete from setup_link");
    await client.query(
      "select setval(pg_get_serial_sequence('barrier_sync', 'seq'), coalesce(max(seq), 0) + 1, false) from barrier_sync",
    );
    await client.query("commit");
    return inserted;
  });
  tools.tell("restored", { rows: String(count) });
  await tellOfBarriers(tools);
  return check(tools);
}

async function check(tools: AdminTools): Promise<boolean> {
  const { ok, records, chains, problems } = await verifyAll({ db: tools.handle.db, keys: tools.keys });
  if (ok) tools.tell("verified", { records: String(records), chains: String(chains) });
  else if (problems.every((one) => one.kind === "head_forged" || one.kind === "personal_changed"))
    tools.tell("wrongMasterKey", { keysDir: tools.config.keysDir });
  else tools.tell("broken", { count: String(problems.length) });
  return ok;
}

async function requireEmpty(client: Client): Promise<void> {
  for (const table of backupTables) {
    const { rowCount } = await client.query(`select from ${table} ${unlessNew(table)} limit 1`);
    if (rowCount !== 0) throw new AdminProblem("notEmpty");
  }
  // The one row that a migration has made: its place is taken by the back-up's.
  await client.query("delete from barrier_head where version = 0");
}

function unlessNew(table: (typeof backupTables)[number]): string {
  return table === "barrier_head" ? "where version > 0" : "";
}

async function insertAll(
  client: Client,
  rows: AsyncGenerator<BackupRow>,
  keys: WrappedKeys,
): Promise<number> {
  let waiting: BackupRow[] = [];
  let count = 0;
  async function flush(): Promise<void> {
    const [first] = waiting;
    if (first === undefined) return;
    const values = `[${waiting.map((row) => withKeys(row, keys)).join(",")}]`;
    await client.query(
      `insert into ${first.table} select * from jsonb_populate_recordset(null::${first.table}, $1::jsonb)`,
      [values],
    );
    count += waiting.length;
    waiting = [];
  }
  for await (const row of rows) {
    if (waiting.length >= batch || (waiting[0] !== undefined && waiting[0].table !== row.table))
      await flush();
    waiting.push(row);
  }
  await flush();
  return count;
}

/** An instance whose key is not there gets an empty one: its personal parts stay sealed, its chain still holds. */
function withKeys({ table, row, text }: BackupRow, keys: WrappedKeys): string {
  if (table !== "meeting_instance") return text;
  const wrapped = keys.get(String(row["id"])) ?? '"evidence_key":"\\\\x","content_key":null';
  return `${text.slice(0, -1)},${wrapped}}`;
}

async function readKeys(tools: AdminTools, path: string): Promise<WrappedKeys> {
  const keys = new Map<string, string>();
  try {
    await access(path);
  } catch {
    tools.tell("noKeysFile", { file: path });
    return keys;
  }
  const { rows } = await openBackup(path, "sekisho-backup-keys");
  for await (const { row } of rows) {
    const { id, ...wrapped } = row;
    keys.set(String(id), JSON.stringify(wrapped).slice(1, -1));
  }
  return keys;
}
