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
  | { readonly kind: "sync"; readonly admissionId: AdmissionId }
  | { readonly kind: "mute"; readonly admissionId: AdmissionId; readonly source: string }
  | { readonly kind: "deleteRoom" };

export function effectsOf(
  before: InstanceState,
  after: InstanceState,
  events: readonly RecordedEvent[],
): readonly Effect[] {
  const effects: Effect[] = [];
  for (const admissionId of before.inside)
    if (changed(before, after, admissionId)) effects.push({ kind: "sync", admissionId });
  for (const { event } of events) {
    if (event.type === "participant.muted")
      for (const admissionId of event.admissionIds)
        effects.push({ kind: "mute", admissionId, source: event.source });
    if (event.type === "instance.ended") effects.push({ kind: "deleteRoom" });
  }
  return effects;
}

function changed(before: InstanceState, after: InstanceState, admissionId: AdmissionId): boolean {
  const was = before.admissions.get(admissionId);
  const is = after.admissions.get(admissionId);
  if (was === undefined || is === undefined) return true;
  if (is.status.kind !== "admitted") return true;
  return !grantsEqual(grantsOf(before, was), grantsOf(after, is));
}
