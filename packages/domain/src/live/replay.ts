/**
 * The decisions of one meeting about information barriers, made again from its log and from the versions of the barriers
 * (BAR-15). What the log says and what the rules say now have to be the same, decision by decision.
 */
import { noBarriers, type BarrierContext, type BarrierStamp } from "../barrier/context.ts";
import type { AdmissionId } from "../ids.ts";
import { isWalledOff, softMaskOf, sweepOf } from "./barrier.ts";
import type { MeetingEvent, RecordedEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import type { InstanceState, Principal } from "./state.ts";

export type ReplayProblem = {
  readonly seq: number;
  readonly what:
    | "admitted_behind_a_wall"
    | "refused_without_a_wall"
    | "admitted_without_a_policy"
    | "sweep_differs"
    | "mask_differs"
    | "version_went_back"
    | "version_unknown";
};

export type Replay = { readonly decisions: number; readonly problems: readonly ReplayProblem[] };

/** @param contextOf the barriers of a stamp, or null where no such version was ever made. */
export function replayBarriers(
  events: readonly RecordedEvent[],
  contextOf: (stamp: BarrierStamp) => BarrierContext | null,
): Replay {
  const problems: ReplayProblem[] = [];
  let state: InstanceState | null = null;
  let newest = 0;
  let decisions = 0;
  for (const recorded of events) {
    const stamp = stampOf(recorded.event);
    if (state !== null && stamp !== null) {
      decisions += 1;
      const barrier = stamp.version === 0 ? { ...noBarriers, stamp } : contextOf(stamp);
      const what = barrier === null ? "version_unknown" : problemOf(state, recorded.event, barrier);
      if (what !== null) problems.push({ seq: recorded.seq, what });
      if (stamp.freshness !== "none" && stamp.version < newest)
        problems.push({ seq: recorded.seq, what: "version_went_back" });
      newest = Math.max(newest, stamp.version);
    }
    state = evolve(state, recorded);
  }
  return { decisions, problems };
}

/** Records of before there were barriers carry no stamp. */
function stampOf(event: MeetingEvent): BarrierStamp | null {
  switch (event.type) {
    case "admission.requested":
    case "admission.refused":
    case "admission.admitted":
    case "verificationCall.asked":
    case "verificationCall.begun":
    case "barrier.swept":
    case "barrier.masked":
      return event.barrier ?? null;
    default:
      return null;
  }
}

function problemOf(
  state: InstanceState,
  event: MeetingEvent,
  barrier: BarrierContext,
): ReplayProblem["what"] | null {
  switch (event.type) {
    case "admission.requested":
      return entrance(state, event.principal, barrier);
    case "verificationCall.asked":
    case "verificationCall.begun":
    case "admission.admitted": {
      const person = state.admissions.get(event.admissionId);
      return person === undefined ? null : entrance(state, person.principal, barrier);
    }
    case "admission.refused":
      return refusal(state, event, barrier);
    case "barrier.swept": {
      const { removed, barred } = sweepOf(state, barrier);
      return same(removed, event.removed) && same(barred, event.barred) ? null : "sweep_differs";
    }
    case "barrier.masked":
      return softMaskOf(state, barrier) === event.mask ? null : "mask_differs";
    default:
      return null;
  }
}

function entrance(
  state: InstanceState,
  principal: Principal,
  barrier: BarrierContext,
): ReplayProblem["what"] | null {
  if (barrier.denyNew) return "admitted_without_a_policy";
  return isWalledOff(state, principal, barrier) ? "admitted_behind_a_wall" : null;
}

function refusal(
  state: InstanceState,
  event: Extract<MeetingEvent, { type: "admission.refused" }>,
  barrier: BarrierContext,
): ReplayProblem["what"] | null {
  if (event.reason === "barrier_unknown") return barrier.denyNew ? null : "refused_without_a_wall";
  if (event.reason !== "barrier") return null;
  return isWalledOff(state, event.principal, barrier) ? null : "refused_without_a_wall";
}

function same(one: readonly AdmissionId[], other: readonly AdmissionId[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}
