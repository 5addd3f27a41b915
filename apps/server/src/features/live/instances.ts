/** Which instance a link means at this moment, and the first event of a new one (MTG-3). */
import { fold, id, type InstanceState, type RecordedEvent } from "@sekisho/domain";
import type { Pool } from "pg";
import type { Keys } from "../../platform/keys/keys.ts";
import { genesis } from "../../platform/evidence/chain.ts";
import { newId } from "../../platform/random.ts";
import { addRow, newInstanceKey, noRows } from "./event-store.ts";
import type { MeetingDescription, Occurrence } from "./ports.ts";
import { insertBatch } from "./write-batch.ts";

export type InstanceRow = {
  readonly instanceId: string;
  readonly meetingId: string;
  readonly phase: string;
  readonly endsAt: number;
  /** How many events its log has. */
  readonly seq: number;
};

export type Instances = {
  /** A live one first, whatever the time; else the one of the occurrence that is on or next. */
  current(meeting: MeetingDescription, now: number): Promise<InstanceRow | null>;
  /** The same, made if it is not there yet; null when the meeting is over or cancelled. */
  open(meeting: MeetingDescription, now: number): Promise<InstanceRow | null>;
  byId(instanceId: string): Promise<InstanceRow | null>;
  /** Instances that have begun and not ended. */
  unfinished(): Promise<readonly InstanceRow[]>;
};

export function createInstances(pool: Pool, keys: Keys, processId: string): Instances {
  type Raw = { id: string; meeting_id: string; phase: string; ends_at: Date; seq: number };
  const columns = "id, meeting_id, phase, ends_at, seq";

  async function select(where: string, values: readonly unknown[]): Promise<readonly InstanceRow[]> {
    const { rows } = await pool.query<Raw>(`select ${columns} from meeting_instance where ${where}`, [
      ...values,
    ]);
    return rows.map((row) => ({
      instanceId: row.id,
      meetingId: row.meeting_id,
      phase: row.phase,
      endsAt: row.ends_at.getTime(),
      seq: row.seq,
    }));
  }

  async function current(meeting: MeetingDescription, now: number): Promise<InstanceRow | null> {
    const key = meeting.occurrenceAt(now)?.key ?? null;
    const found = await select("meeting_id = $1 and (phase = 'live' or occurrence = $2)", [
      meeting.meetingId,
      key,
    ]);
    return found.find((row) => row.phase === "live") ?? found[0] ?? null;
  }

  return {
    current,
    async open(meeting, now) {
      const known = await current(meeting, now);
      if (known !== null) return known;
      const occurrence = meeting.occurrenceAt(now);
      if (occurrence === null || meeting.cancelled) return null;
      await insertInstance(meeting, occurrence, now);
      return current(meeting, now);
    },
    async byId(instanceId) {
      return (await select("id = $1", [instanceId]))[0] ?? null;
    },
    unfinished: () => select("phase <> 'ended'", []),
  };

  /** Two processes may try at once: the table's unique key lets one win, and both read the winner's. */
  async function insertInstance(
    meeting: MeetingDescription,
    occurrence: Occurrence,
    now: number,
  ): Promise<void> {
    const instanceId = newId();
    const sfuRoom = newId();
    const { key, wrapped } = newInstanceKey(keys, instanceId);
    const rows = noRows(genesis(instanceId));
    const first = firstEvent(meeting, { instanceId, sfuRoom, now });
    const state = stateOf(first);
    const client = await pool.connect();
    try {
      await client.query("begin");
      const { rowCount } = await client.query(
        `insert into meeting_instance (id, meeting_id, occurrence, sfu_room, starts_at, ends_at, head, evidence_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (meeting_id, occurrence) do nothing`,
        [
          instanceId,
          meeting.meetingId,
          occurrence.key,
          sfuRoom,
          new Date(occurrence.startsAt),
          new Date(occurrence.endsAt),
          rows.head,
          wrapped,
        ],
      );
      if (rowCount === 1) {
        addRow(rows, instanceId, key, first);
        await insertBatch(client, { instanceId, rows, effects: [], draft: state, processId });
      }
      await client.query("commit");
    } catch (error) {
      await client.query("rollback").catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }
}

function stateOf(first: RecordedEvent): InstanceState {
  const state = fold([first]);
  if (state === null) throw new Error("the first event opens an instance");
  return state;
}

function firstEvent(
  meeting: MeetingDescription,
  made: { readonly instanceId: string; readonly sfuRoom: string; readonly now: number },
): RecordedEvent {
  return {
    seq: 1,
    at: made.now,
    event: {
      type: "instance.opened",
      instanceId: id.instance(made.instanceId),
      meetingId: meeting.meetingId,
      sfuRoom: id.sfuRoom(made.sfuRoom),
      settings: meeting.settings,
      personal: meeting.names,
    },
  };
}
