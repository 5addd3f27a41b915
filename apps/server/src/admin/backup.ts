/** A consistent copy of the database in one file, and the wrapped keys in another (see backup-format.ts). */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { access, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Client } from "pg";
import { withClient } from "../platform/embedded/postgres-roles.ts";
import { AdminProblem } from "./admin-problem.ts";
import type { AdminTools } from "./admin-tools.ts";
import { backupTables, keyColumns, leftOut, type BackupHeader } from "./backup-format.ts";

export async function makeBackup(tools: AdminTools, file: string): Promise<void> {
  for (const path of [file, `${file}.keys`])
    if (await exists(path)) throw new AdminProblem("fileExists", { file: path });
  await tools.handle.db
    .transaction()
    .execute((trx) => tools.log.append(trx, { type: "backup.made", actor: { kind: "operator" }, data: {} }));
  await withClient(tools.database.adminConnectionString, async (client) => {
    await client.query("begin isolation level repeatable read read only");
    await requireKnownTables(client);
    const header = {
      version: 1,
      at: new Date().toISOString(),
      migrations: await migrationsOf(client),
    } as const;
    await writeFile(file, rowsOf(client, { ...header, format: "sekisho-backup" }));
    await writeFile(`${file}.keys`, keysOf(client, { ...header, format: "sekisho-backup-keys" }));
    await client.query("commit");
  });
  tools.tell("backupMade", { file, masterKey: join(tools.config.keysDir, "master.key") });
}

export async function migrationsOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>("select name from kysely_migration order by name");
  return rows.map((row) => row.name);
}

/** A table that a later version adds must be put on one of the two lists before a back-up is made without it. */
async function requireKnownTables(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'",
  );
  const known = new Set<string>([...backupTables, ...leftOut]);
  const unknown = rows.filter((row) => !known.has(row.name)).map((row) => row.name);
  if (unknown.length > 0) throw new Error(`tables that the back-up does not know: ${unknown.join(", ")}`);
}

async function* rowsOf(client: Client, header: BackupHeader): AsyncGenerator<string> {
  yield `${JSON.stringify(header)}\n`;
  const without = keyColumns.map((column) => `- '${column}'`).join(" ");
  for (const table of backupTables) {
    // Rows stay the text that PostgreSQL wrote: no number is rounded, no time cut on its way through here.
    const row = table === "meeting_instance" ? `(to_jsonb(t) ${without})::text` : "to_jsonb(t)::text";
    await client.query(`declare rows no scroll cursor for select ${row} as row from ${table} t`);
    for (;;) {
      const { rows } = await client.query<{ row: string }>("fetch 500 from rows");
      if (rows.length === 0) break;
      for (const one of rows) yield `["${table}",${one.row}]\n`;
    }
    await client.query("close rows");
  }
}

async function* keysOf(client: Client, header: BackupHeader): AsyncGenerator<string> {
  yield `${JSON.stringify(header)}\n`;
  const { rows } = await client.query<{ row: string }>(
    "select jsonb_build_object('id', id, 'evidence_key', evidence_key, 'content_key', content_key)::text as row from meeting_instance",
  );
  for (const one of rows) yield `["meeting_instance",${one.row}]\n`;
}

/** Under another name until it is whole: a file of this name is always a complete one. */
async function writeFile(path: string, lines: AsyncGenerator<string>): Promise<void> {
  const part = `${path}.part`;
  const output = createWriteStream(part, { flags: "wx", mode: 0o600, flush: true });
  await once(output, "open");
  try {
    await pipeline(lines, createGzip(), output);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
