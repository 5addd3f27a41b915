/** What happens in a meeting in progress as webhooks: it begins and ends, people come and go (BAR-12). */
import {
  fold,
  type Admission,
  type AdmissionId,
  type InstanceState,
  type RecordedEvent,
} from "@sekisho/domain";
import { isoOf } from "./meeting-times.ts";
import type { Happening } from "./webhook-store.ts";

/** Where the reading of one instance's log stands. */
export type InstanceSeen = {
  readonly state: InstanceState | null;
  /** Of whom it was told that they are in. */
  readonly inside: ReadonlySet<AdmissionId>;
  readonly startedAt: number | null;
};

export const nothingSeen: InstanceSeen = { state: null, inside: new Set(), startedAt: null };

export type MeetingFacts = {
  readonly accountId: string;
  readonly uuid: string;
  readonly number: string;
  readonly hostId: string;
  readonly topic: string;
  readonly type: number;
  readonly timezone: string;
  readonly duration: number;
};

type Step = {
  readonly joined: readonly AdmissionId[];
  readonly left: readonly AdmissionId[];
  readonly began: boolean;
  readonly ended: boolean;
};

/**
 * Folds further events. Nobody who was refused, waits, or is barred is ever told of: only who was connected, and only
 * when they come and go.
 */
export function instanceHappenings(
  seen: InstanceSeen,
  events: readonly RecordedEvent[],
  facts: MeetingFacts,
  emailOf: (accountId: string) => string,
): { readonly seen: InstanceSeen; readonly happenings: readonly Happening[] } {
  let { state, startedAt } = seen;
  const inside = new Set(seen.inside);
  const happenings: Happening[] = [];
  for (const recorded of events) {
    state = fold([recorded], state);
    if (state === null) continue;
    const step = stepOf(state, recorded, inside);
    if (step.began) startedAt = recorded.at;
    const object = objectOf(facts, startedAt ?? recorded.at);
    const tell = (event: Happening["event"], more: object = {}) =>
      happenings.push({
        event,
        at: recorded.at,
        payload: { account_id: facts.accountId, object: { ...object, ...more } },
      });
    if (step.began) tell("meeting.started");
    for (const one of step.joined) {
      inside.add(one);
      const at = { join_time: isoOf(recorded.at) };
      tell("meeting.participant_joined", { participant: { ...personOf(state, one, emailOf), ...at } });
    }
    for (const one of step.left) {
      inside.delete(one);
      const at = { leave_time: isoOf(recorded.at) };
      tell("meeting.participant_left", { participant: { ...personOf(state, one, emailOf), ...at } });
    }
    if (step.ended && startedAt !== null) tell("meeting.ended", { end_time: isoOf(recorded.at) });
  }
  return { seen: { state, inside, startedAt }, happenings };
}

function stepOf(state: InstanceState, { event }: RecordedEvent, inside: ReadonlySet<AdmissionId>): Step {
  const isIn = (one: AdmissionId) => state.admissions.get(one)?.status.kind === "admitted";
  const joined =
    event.type === "participant.connected" && !inside.has(event.admissionId) && isIn(event.admissionId)
      ? [event.admissionId]
      : [];
  const ended = event.type === "instance.ended";
  const left = [...inside].filter((one) => ended || !isIn(one));
  return { joined, left, began: event.type === "instance.started", ended };
}

function objectOf(facts: MeetingFacts, startedAt: number) {
  return {
    id: facts.number,
    uuid: facts.uuid,
    host_id: facts.hostId,
    topic: facts.topic,
    type: facts.type,
    start_time: isoOf(startedAt),
    timezone: facts.timezone,
    duration: facts.duration,
  };
}

function personOf(state: InstanceState, admissionId: AdmissionId, emailOf: (accountId: string) => string) {
  const admission: Admission | undefined = state.admissions.get(admissionId);
  const principal = admission?.principal;
  const accountId = principal?.kind === "account" ? principal.accountId : "";
  return {
    user_id: admissionId,
    user_name: admission?.displayName ?? "",
    id: accountId,
    participant_uuid: admissionId,
    participant_user_id: accountId,
    email: accountId === "" ? "" : emailOf(accountId),
  };
}
