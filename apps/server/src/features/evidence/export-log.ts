/** The logs as JSON Lines or CSV (AUD-1). Personal fields only if asked for, and only where their key still exists. */
import type { Db } from "../../platform/db/database.ts";
import { openWith, type Keys } from "../../platform/keys/keys.ts";
import { reveal } from "../../platform/evidence/chain.ts";
import { organisationChain, sealContext, type Trx } from "../../platform/evidence/organisation-log.ts";
import { readInstanceRows, readOrganisationRows, type SealedRow } from "./read-rows.ts";

export type ExportFormat = "jsonl" | "csv";

/** Opens the sealed part of a record; null where it is gone or was not asked for. */
type Opener = (row: SealedRow) => unknown;

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
    for await (const row of readOrganisationRows(trx)) yield line(format, organisationChain, row, open);
    yield* instanceLines(trx, deps.keys, format, personal);
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
  const personal = open(row);
  if (format === "csv") {
    const shown = personal === null ? "" : JSON.stringify(personal);
    return csvLine([chain, String(row.seq), at, row.type, row.data, shown, commitment ?? "", hash]);
  }
  // `data` stays the very text that was hashed, so that the export can be verified without this program.
  return JSON.stringify({
    chain,
    seq: row.seq,
    at: row.at,
    type: row.type,
    data: row.data,
    commitment,
    hash,
    personal,
  });
}

function openOrganisation(keys: Keys, row: SealedRow): unknown {
  const { commitment, sealed, seq } = row;
  if (commitment === null || sealed === null) return null;
  return attempt(() => reveal(commitment, keys.open("organisation-evidence", sealed, sealContext(seq))));
}

function openInstance(key: Buffer, instanceId: string, row: SealedRow): unknown {
  const { commitment, sealed, seq } = row;
  if (commitment === null || sealed === null) return null;
  return attempt(() => reveal(commitment, openWith(key, sealed, `${instanceId}:${seq}`)));
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
