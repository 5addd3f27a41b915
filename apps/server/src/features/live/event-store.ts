/** The log of one instance in the database: reading it back, and the rows of new events (AUD-1). */
import { commit, canonical, hashRecord, reveal } from "../../platform/evidence/chain.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { openWith, sealWith } from "../../platform/keys/keys.ts";
import type { MeetingEvent, RecordedEvent } from "@sekisho/domain";
import { randomBytes } from "node:crypto";
import type { ClientBase } from "pg";
import { eventOf } from "../../unsafe.ts";

export type InstanceKey = Buffer;

/** A fresh evidence key for an instance, and the form in which the database keeps it. */
export function newInstanceKey(
  keys: Keys,
  instanceId: string,
): { readonly key: InstanceKey; readonly wrapped: Buffer } {
  const key = randomBytes(32);
  return { key, wrapped: keys.seal("evidence-wrap", key, instanceId) };
}

export function unwrapInstanceKey(keys: Keys, instanceId: string, wrapped: Buffer): InstanceKey {
  return keys.open("evidence-wrap", wrapped, instanceId);
}

export type NewRows = {
  readonly seqs: number[];
  readonly ats: number[];
  readonly types: string[];
  readonly datas: string[];
  readonly commitments: (Buffer | null)[];
  readonly hashes: Buffer[];
  readonly personalSeqs: number[];
  readonly sealed: Buffer[];
  head: Buffer;
};

export function noRows(head: Buffer): NewRows {
  return {
    seqs: [],
    ats: [],
    types: [],
    datas: [],
    commitments: [],
    hashes: [],
    personalSeqs: [],
    sealed: [],
    head,
  };
}

/** Adds one event to the rows of a batch, chained to the one before. */
export function addRow(rows: NewRows, instanceId: string, key: InstanceKey, recorded: RecordedEvent): void {
  const { seq, at, event } = recorded;
  const { type, personal, ...data } = splitEvent(event);
  const committed = personal === undefined ? null : commit(personal);
  const text = canonical(data);
  const commitment = committed?.commitment ?? null;
  rows.head = hashRecord(rows.head, { chain: instanceId, seq, at, type, data: text, commitment });
  rows.seqs.push(seq);
  rows.ats.push(at);
  rows.types.push(type);
  rows.datas.push(text);
  rows.commitments.push(commitment);
  rows.hashes.push(rows.head);
  if (committed === null) return;
  rows.personalSeqs.push(seq);
  rows.sealed.push(sealWith(key, committed.opening, `${instanceId}:${seq}`));
}

function splitEvent(event: MeetingEvent): { type: string; personal?: unknown } {
  return event;
}

type StoredRow = {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly data: string;
  readonly commitment: Buffer | null;
  readonly sealed: Buffer | null;
};

/** Events after `after`, oldest first. Throws where a personal part is missing or is not what was committed to. */
export async function readEvents(
  client: Pick<ClientBase, "query">,
  instanceId: string,
  key: InstanceKey,
  after: number,
): Promise<RecordedEvent[]> {
  const { rows } = await client.query<StoredRow>(
    `select e.seq, e.at, e.type, e.data, e.commitment, p.sealed
       from meeting_event e left join meeting_event_personal p using (instance_id, seq)
      where e.instance_id = $1 and e.seq > $2 order by e.seq`,
    [instanceId, after],
  );
  return rows.map((row) => ({ seq: row.seq, at: Number(row.at), event: readEvent(row, instanceId, key) }));
}

function readEvent(row: StoredRow, instanceId: string, key: InstanceKey): MeetingEvent {
  const data: unknown = JSON.parse(row.data);
  const fields = typeof data === "object" && data !== null ? data : {};
  if (row.commitment === null) return eventOf(row.type, fields);
  if (row.sealed === null) throw new Error("a personal part of the log is missing");
  const personal = reveal(row.commitment, openWith(key, row.sealed, `${instanceId}:${row.seq}`));
  if (personal === null) throw new Error("a personal part of the log is not the one committed to");
  return eventOf(row.type, { ...fields, personal });
}
