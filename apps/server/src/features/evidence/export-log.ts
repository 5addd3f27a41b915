/** The logs as JSON Lines or CSV (AUD-1). Personal fields only if asked for, and only where their key still exists. */
import type { Db } from "../../platform/db/database.ts";
import { openWith, type Keys } from "../../platform/keys/keys.ts";
import { revealSalted, type Revealed } from "../../platform/evidence/chain.ts";
import { organisationChain, sealContext, type Trx } from "../../platform/evidence/organisation-log.ts";
import { readInstanceRows, readOrganisationRows, type SealedRow } from "./read-rows.ts";

export type ExportFormat = "jsonl" | "csv";

/** Opens the sealed part of a record; null where it is gone or was not asked for. */
type Opener = (row: SealedRow) => Revealed | null;

type Count = { records: number; head: { readonly seq: number; readonly hash: string } | null };

/** A file that was cut off has none. `part`: by filters and walls, records are left out. */
export function endLine(kind: "whole" | "part", count: Count): string {
  return JSON.stringify({ end: { kind, ...count } });
}

/** Lines without their line ends; the first of a CSV are the column names. */
export async function* exportLog(
  deps: { readonly db: Db; readonly keys: Keys },
  format: ExportFormat,
  personal: boolean,
): AsyncGenerator<string> {
  const trx = await deps.db
    .startTransaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute();
  try {
    if (format === "csv") yield csvLine(columns);
    const open: Opener = personal ? (row) => openOrganisation(deps.keys, row) : () => null;
    const count: Count = { records: 0, head: null };
    for await (const row of readOrganisationRows(trx)) {
      yield line(format, organisationChain, row, open);
      count.records += 1;
      count.head = { seq: row.seq, hash: row.hash.toString("hex") };
    }
    for await (const one of instanceLines(trx, deps.keys, format, personal)) {
      yield one;
      count.records += 1;
    }
    if (format === "jsonl") yield endLine("whole", count);
  } finally {
    await trx.rollback().execute();
  }
}

const columns = ["chain", "seq", "at", "type", "data", "personal", "commitment", "hash"] as const;

async function* instanceLines(
  trx: Trx,
  keys: Keys,
  format: ExportFormat,
  personal: boolean,
): AsyncGenerator<string> {
  const instances = await trx
    .selectFrom("meeting_instance")
    .select(["id", "evidence_key"])
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  for (const { id, evidence_key: wrapped } of instances) {
    const key = personal ? attempt(() => keys.open("evidence-wrap", wrapped, id)) : null;
    const open: Opener = (row) => (key === null ? null : openInstance(key, id, row));
    for await (const row of readInstanceRows(trx, id)) yield line(format, id, row, open);
  }
}

function line(format: ExportFormat, chain: string, row: SealedRow, open: Opener): string {
  const at = new Date(row.at).toISOString();
  const commitment = row.commitment?.toString("base64") ?? null;
  const hash = row.hash.toString("hex");
  const opened = open(row);
  if (format === "csv") {
    const shown = opened === null ? "" : JSON.stringify(opened.personal);
    return csvLine([chain, String(row.seq), at, row.type, row.data, shown, commitment ?? "", hash]);
  }
  // `data` stays the very text that was hashed, so that the export can be verified without this program.
  return JSON.stringify({
    ...{ chain, seq: row.seq, at: row.at, type: row.type, data: row.data, commitment, hash },
    ...shownPersonal(opened),
  });
}

/** The salt goes with the fields, and never without them: it would let guesses be checked. */
export function shownPersonal(opened: Revealed | null) {
  return { personal: opened?.personal ?? null, salt: opened?.salt.toString("base64") ?? null };
}

function openOrganisation(keys: Keys, row: SealedRow): Revealed | null {
  const { commitment, sealed, seq } = row;
  if (commitment === null || sealed === null) return null;
  return attempt(() =>
    revealSalted(commitment, keys.open("organisation-evidence", sealed, sealContext(seq))),
  );
}

function openInstance(key: Buffer, instanceId: string, row: SealedRow): Revealed | null {
  const { commitment, sealed, seq } = row;
  if (commitment === null || sealed === null) return null;
  return attempt(() => revealSalted(commitment, openWith(key, sealed, `${instanceId}:${seq}`)));
}

/** A key that is gone, or bytes that are not what was sealed, open nothing. */
function attempt<T>(open: () => T): T | null {
  try {
    return open();
  } catch {
    return null;
  }
}

/** Spreadsheets take a cell that begins with one of these for a formula; an apostrophe makes it text. */
export function csvCell(text: string): string {
  const safe = /^[\s]*[=+\-@|%\t\r]/u.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function csvLine(cells: readonly string[]): string {
  return cells.map(csvCell).join(",");
}
