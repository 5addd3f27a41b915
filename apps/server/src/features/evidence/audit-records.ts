/** Records of the organisation's log as an auditor reads them: filtered, opened, and behind the same walls (AUD-1, BAR-14). */
import type { AuditQuery, AuditRecord } from "@sekisho/contract";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import { revealSalted, type Revealed } from "../../platform/evidence/chain.ts";
import { sealContext } from "../../platform/evidence/organisation-log.ts";
import type { Keys } from "../../platform/keys/keys.ts";

export type AuditReader = {
  readonly db: Db;
  readonly keys: Keys;
  /** Whom the reader must not know of: accounts by their ids. */
  readonly isHidden: (accountId: string) => boolean;
};

/** As the page shows it, and what it takes to check it elsewhere. */
export type FoundRecord = {
  readonly record: AuditRecord;
  readonly commitment: string | null;
  readonly opened: Revealed | null;
};

type Walk = { readonly query: AuditQuery; readonly newestFirst: boolean };

const pageSize = 500;

/** A duty is no exemption: whatever names somebody behind a wall is not there. */
export async function* auditRecords(reader: AuditReader, walk: Walk): AsyncGenerator<FoundRecord> {
  const people = await reader.db.selectFrom("account").select(["id", "email", "display_name"]).execute();
  const names = new Map(people.map((one) => [one.id, one.display_name]));
  const closed = await behindWalls(reader, people);
  let from: number | null = null;
  for (;;) {
    const rows = await readRows(reader.db, walk, from);
    for (const row of rows) {
      const opened = openedOf(reader.keys, row);
      const personal = opened === null ? null : JSON.stringify(opened.personal);
      if (closed.names(`${row.data}\n${personal ?? ""}`)) continue;
      yield {
        record: {
          ...{ seq: Number(row.seq), at: Number(row.at), type: row.type, data: row.data },
          actor: actorIn(row.data, names),
          personal,
          hash: row.hash.toString("hex"),
        },
        ...{ commitment: row.commitment?.toString("base64") ?? null, opened },
      };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    from = Number(last.seq);
  }
}

function readRows(db: Db, { query, newestFirst }: Walk, from: number | null) {
  let rows = db
    .selectFrom("organisation_event as e")
    .leftJoin("organisation_event_personal as p", "p.seq", "e.seq")
    .select(["e.seq", "e.at", "e.type", "e.data", "e.commitment", "e.hash", "p.sealed"])
    .orderBy("e.seq", newestFirst ? "desc" : "asc")
    .limit(pageSize);
  if (from !== null) rows = rows.where("e.seq", newestFirst ? "<" : ">", String(from));
  if (query.before !== undefined) rows = rows.where("e.seq", "<", String(query.before));
  if (query.type !== undefined) rows = rows.where(sql<boolean>`starts_with(e.type, ${query.type})`);
  if (query.from !== undefined) rows = rows.where("e.at", ">=", String(query.from));
  if (query.until !== undefined) rows = rows.where("e.at", "<=", String(query.until));
  // An id between quotes, as canonical JSON has it: never a part of another one.
  if (query.about !== undefined) rows = rows.where(sql<boolean>`strpos(e.data, ${`"${query.about}"`}) > 0`);
  return rows.execute();
}

type Known = { readonly id: string; readonly email: string };

/** Whether a record names, by id or address, somebody whom the reader must not know of, or a meeting of theirs. */
async function behindWalls({ db, isHidden }: AuditReader, people: readonly Known[]) {
  const hidden = people.filter((one) => isHidden(one.id));
  const addresses = hidden.map((one) => JSON.stringify(one.email.toLowerCase()));
  const ids = new Set(hidden.map((one) => one.id));
  if (ids.size > 0) {
    const meetings = await db
      .selectFrom("meeting")
      .select("id")
      .where("host_id", "in", [...ids])
      .execute();
    for (const one of meetings) ids.add(one.id);
  }
  return {
    names(record: string): boolean {
      if (ids.size === 0) return false;
      const lower = record.toLowerCase();
      return mentions(lower).some((id) => ids.has(id)) || addresses.some((one) => lower.includes(one));
    },
  };
}

const uuids = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gu;

function mentions(data: string): readonly string[] {
  return [...new Set(data.match(uuids) ?? [])];
}

function actorIn(data: string, names: ReadonlyMap<string, string>): AuditRecord["actor"] {
  const parsed: unknown = JSON.parse(data);
  const actor: unknown = typeof parsed === "object" && parsed !== null ? Reflect.get(parsed, "actor") : null;
  if (typeof actor !== "object" || actor === null) return { kind: "server", name: null };
  const id: unknown = Reflect.get(actor, "id");
  const name = typeof id === "string" ? (names.get(id) ?? null) : null;
  return { kind: String(Reflect.get(actor, "kind")), name };
}

type Sealed = { readonly seq: string; readonly commitment: Buffer | null; readonly sealed: Buffer | null };

/** A key that is gone, or bytes that are not what was sealed, open nothing. */
function openedOf(keys: Keys, { seq, commitment, sealed }: Sealed): Revealed | null {
  if (commitment === null || sealed === null) return null;
  try {
    return revealSalted(commitment, keys.open("organisation-evidence", sealed, sealContext(Number(seq))));
  } catch {
    return null;
  }
}
