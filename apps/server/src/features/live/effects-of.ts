/**
 * What a batch of events asks of the SFU. An effect says whom to look at, not what to do: the worker brings the SFU in
 * line with the state of its moment, so effects may be repeated and may overtake one another.
 */
import {
  grantsEqual,
  grantsOf,
  type AdmissionId,
  type InstanceState,
  type RecordedEvent,
} from "@sekisho/domain";

export type Effect =
  /** Rights have changed for somebody who stays inside. */
  | { readonly kind: "sync"; readonly admissionId: AdmissionId }
  /** A stay is over: what the SFU called it has to go, whoever the person is by now. */
  | { readonly kind: "evict"; readonly admissionId: AdmissionId; readonly sfuIdentity: string }
  | { readonly kind: "mute"; readonly admissionId: AdmissionId; readonly source: string }
  | { readonly kind: "deleteRoom" };

export function effectsOf(
  before: InstanceState,
  after: InstanceState,
  events: readonly RecordedEvent[],
): readonly Effect[] {
  const effects: Effect[] = [];
  for (const admissionId of before.inside) {
    const effect = changed(before, after, admissionId);
    if (effect !== null) effects.push(effect);
  }
  for (const { event } of events) {
    if (event.type === "participant.muted")
      for (const admissionId of event.admissionIds)
        effects.push({ kind: "mute", admissionId, source: event.source });
    if (event.type === "instance.ended") effects.push({ kind: "deleteRoom" });
  }
  return effects;
}

function changed(before: InstanceState, after: InstanceState, admissionId: AdmissionId): Effect | null {
  const was = before.admissions.get(admissionId);
  const is = after.admissions.get(admissionId);
  if (was === undefined || was.sfuIdentity === null) return null;
  const stays = is?.status.kind === "admitted" && is.sfuIdentity === was.sfuIdentity;
  if (!stays) return { kind: "evict", admissionId, sfuIdentity: was.sfuIdentity };
  return grantsEqual(grantsOf(before, was), grantsOf(after, is)) ? null : { kind: "sync", admissionId };
}
