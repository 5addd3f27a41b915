/** One statement for everything that a batch writes: events, their sealed parts, the instance's head, effects, notice. */
import { isMasked, type InstanceState } from "@sekisho/domain";
import type { PoolClient } from "pg";
import type { Effect } from "./effects-of.ts";
import type { NewRows } from "./event-store.ts";

export const instanceChannel = "sekisho_instance";

export type Batch = {
  readonly instanceId: string;
  readonly rows: NewRows;
  readonly effects: readonly Effect[];
  readonly draft: InstanceState;
  readonly processId: string;
};

/** The notification rides in the same commit: whoever hears it can read what it speaks of. Answers the effects' ids. */
export async function insertBatch(client: PoolClient, batch: Batch): Promise<readonly string[]> {
  const { instanceId, rows, effects, draft } = batch;
  const { rows: answers } = await client.query<{ effect_ids: readonly string[] }>(
    `with events as (
       insert into meeting_event (instance_id, seq, at, type, data, commitment, hash)
       select $1, * from unnest($2::int[], $3::bigint[], $4::text[], $5::text[], $6::bytea[], $7::bytea[])
     ), personal as (
       insert into meeting_event_personal (instance_id, seq, sealed)
       select $1, * from unnest($8::int[], $9::bytea[])
     ), effects as (
       insert into sfu_effect (instance_id, kind, admission_id, source, sfu_room)
       select $1, * from unnest($10::text[], $11::text[], $12::text[], $18::text[]) returning id
     ), head as (
       update meeting_instance set seq = $13, head = $14, phase = $15, tidied = tidied and $15 = 'ended',
         chat_off = $19 where id = $1
     )
     select pg_notify($16, $17), array(select id::text from effects) as effect_ids`,
    [
      instanceId,
      rows.seqs,
      rows.ats,
      rows.types,
      rows.datas,
      rows.commitments,
      rows.hashes,
      rows.personalSeqs,
      rows.sealed,
      effects.map((effect) => effect.kind),
      effects.map((effect) => (effect.kind === "deleteRoom" ? null : effect.admissionId)),
      effects.map(detailOf),
      draft.seq,
      rows.head,
      draft.phase,
      instanceChannel,
      `${batch.processId} ${instanceId} ${draft.seq}`,
      effects.map((effect) => ("sfuRoom" in effect ? effect.sfuRoom : null)),
      isMasked(draft, "chat"),
    ],
  );
  return answers[0]?.effect_ids ?? [];
}

/** What an effect needs besides the person: the source to mute, or the name of the stay that is over. */
function detailOf(effect: Effect): string | null {
  if (effect.kind === "mute") return effect.source;
  return effect.kind === "evict" ? effect.sfuIdentity : null;
}
