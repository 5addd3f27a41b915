/**
 * What a batch of events asks of the SFU. An effect says whom to look at, not what to do: the worker brings the SFU in
 * line with the state of its moment, so effects may be repeated and may overtake one another.
 */
import {
  grantsEqual,
  grantsOf,
  placedAtSfu,
  sfuRoomOf,
  sfuRoomsOf,
  type Admission,
  type AdmissionId,
  type InstanceState,
  type RecordedEvent,
} from "@sekisho/domain";

export type Effect =
  /** Rights have changed for somebody who stays inside. */
  | { readonly kind: "sync"; readonly admissionId: AdmissionId }
  /** A stay is over, in that room: what the SFU called it has to go, whoever and wherever the person is by now. */
  | {
      readonly kind: "evict";
      readonly admissionId: AdmissionId;
      readonly sfuRoom: string;
      readonly sfuIdentity: string;
    }
  | { readonly kind: "mute"; readonly admissionId: AdmissionId; readonly source: string }
  | { readonly kind: "deleteRoom"; readonly sfuRoom: string };

export function effectsOf(
  before: InstanceState,
  after: InstanceState,
  events: readonly RecordedEvent[],
): readonly Effect[] {
  const effects: Effect[] = [];
  for (const was of placedAtSfu(before)) {
    const effect = changed(before, after, was);
    if (effect !== null) effects.push(effect);
  }
  for (const { event } of events) {
    if (event.type === "participant.muted")
      for (const admissionId of event.admissionIds)
        effects.push({ kind: "mute", admissionId, source: event.source });
  }
  return [...effects, ...roomsOver(before, after, events)];
}

/** Breakout rooms that are closed and calls that are over, whatever ended them; and with the meeting every room. */
function roomsOver(
  before: InstanceState,
  after: InstanceState,
  events: readonly RecordedEvent[],
): readonly Effect[] {
  const ended = events.some(({ event }) => event.type === "instance.ended");
  const still = ended ? [] : sfuRoomsOf(after);
  return sfuRoomsOf(before)
    .filter((sfuRoom) => !still.includes(sfuRoom))
    .map((sfuRoom) => ({ kind: "deleteRoom", sfuRoom }));
}

function changed(before: InstanceState, after: InstanceState, was: Admission): Effect | null {
  const admissionId = was.id;
  const is = after.admissions.get(admissionId);
  if (was.sfuIdentity === null) return null;
  const stays = is?.sfuIdentity === was.sfuIdentity && sfuRoomOf(after, is) !== null;
  const sfuRoom = sfuRoomOf(before, was) ?? before.sfuRoom;
  if (is === undefined || !stays)
    return { kind: "evict", admissionId, sfuRoom, sfuIdentity: was.sfuIdentity };
  return grantsEqual(grantsOf(before, was), grantsOf(after, is)) ? null : { kind: "sync", admissionId };
}
