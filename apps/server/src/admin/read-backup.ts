/** Reads a back-up line by line; anything that is not one is refused with one sentence. */
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { AdminProblem } from "./admin-problem.ts";
import { backupHeader, backupLine, type backupTables, type BackupHeader } from "./backup-format.ts";

export type BackupRow = {
  readonly table: (typeof backupTables)[number];
  readonly row: Readonly<Record<string, unknown>>;
  /** The row as PostgreSQL wrote it. */
  readonly text: string;
};

export type OpenBackup = { readonly header: BackupHeader; readonly rows: AsyncGenerator<BackupRow> };

/** Throws `notABackup`, also while rows are read from a file that breaks off. */
export async function openBackup(file: string, format: BackupHeader["format"]): Promise<OpenBackup> {
  const lines = linesOf(file);
  const first = await lines.next();
  const header = backupHeader.safeParse(first.done === true ? null : jsonOf(first.value));
  if (!header.success || header.data.format !== format) throw new AdminProblem("notABackup", { file });
  return { header: header.data, rows: rowsOf(file, lines) };
}

async function* rowsOf(file: string, lines: AsyncGenerator<string>): AsyncGenerator<BackupRow> {
  for await (const line of lines) {
    const parsed = backupLine.safeParse(jsonOf(line));
    if (!parsed.success) throw new AdminProblem("notABackup", { file });
    const [table, row] = parsed.data;
    yield { table, row, text: line.slice(line.indexOf(",") + 1, -1) };
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const input = createReadStream(file);
  const unpacked = createGunzip().setEncoding("utf8");
  // An error of the file ends the reader below with the same error.
  input.on("error", (error) => unpacked.destroy(error)).pipe(unpacked);
  let rest = "";
  try {
    for await (const chunk of unpacked) {
      const parts = (rest + String(chunk)).split("\n");
      rest = parts.pop() ?? "";
      yield* parts;
    }
  } catch {
    throw new AdminProblem("notABackup", { file });
  }
  if (rest !== "") throw new AdminProblem("notABackup", { file });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
