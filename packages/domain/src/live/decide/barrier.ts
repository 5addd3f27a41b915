/** What barriers ask of a meeting besides single entrances: sweeps, and what nobody may do (BAR-3 … BAR-5). */
import type { BarrierContext } from "../../barrier/context.ts";
import { softMaskOf, sweepOf } from "../barrier.ts";
import { draftOf } from "../draft.ts";
import type { MeetingEvent } from "../events.ts";
import { applyTo } from "../evolve.ts";
import type { InstanceState } from "../state.ts";

/** Whether an event can change who is inside, who waits, or (by the settings) who has a seat by name. */
export function changesPresence(event: MeetingEvent): boolean {
  return presenceEvents.has(event.type);
}

const presenceEvents: ReadonlySet<MeetingEvent["type"]> = new Set<MeetingEvent["type"]>([
  "instance.settingsChanged",
  "instance.hostsGone",
  "admission.requested",
  "admission.admitted",
  "admission.sentBack",
  "participant.left",
  "participant.removed",
  "admission.denied",
]);

/**
 * Brings the meeting in line with the barriers of this moment: nothing, or who goes, then what is off. It is asked for
 * behind the lock before anything is decided under a new version, and after every change of who is inside.
 */
export function applyBarriers(state: InstanceState, barrier: BarrierContext): readonly MeetingEvent[] {
  // Where nothing is known the version is 0: nobody goes, and nothing comes back, on the word of an older one (I14).
  if (state.phase === "ended" || barrier.stamp.version < state.barrier.stamp.version) return [];
  const events: MeetingEvent[] = [];
  const { removed, barred } = sweepOf(state, barrier);
  let after = state;
  if (removed.length + barred.length > 0) {
    const swept: MeetingEvent = { type: "barrier.swept", barrier: barrier.stamp, removed, barred };
    events.push(swept);
    after = applyTo(draftOf(state), { seq: state.seq + 1, at: 0, event: swept }) ?? state;
  }
  const mask = softMaskOf(after, barrier);
  if (mask !== state.barrier.mask) events.push({ type: "barrier.masked", barrier: barrier.stamp, mask });
  return events;
}
