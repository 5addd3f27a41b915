/** Who is really there: connections, not admissions. */
import { isHosting } from "./capabilities.ts";
import type { Admission, InstanceState } from "./state.ts";

export type Presence = {
  /** Host or co-host is admitted and connected, or connecting for the first time. */
  readonly hostsPresent: boolean;
  /** ms since 1970 UTC; null while a host is connected or the meeting is not live. */
  readonly hostsAwaySince: number | null;
};

/**
 * A host whose connection is still being made counts as present, after the admission and after a move to another room:
 * the admission is the presence, and a drop ends it.
 * The time away runs from the admission all the same, so that a host who never connects does not hold the meeting open.
 */
export function presence(state: InstanceState): Presence {
  if (state.phase !== "live") return { hostsPresent: false, hostsAwaySince: null };
  // A meeting that others began (join before host) has been without a host since its start.
  let since: number | null = state.hostLeftAt ?? state.startedAt;
  let connecting = false;
  for (const admissionId of state.inside) {
    const person = state.admissions.get(admissionId);
    if (person === undefined || !isHosting(person) || person.status.kind !== "admitted") continue;
    const { connection } = person.status;
    if (connection.kind === "connected") return { hostsPresent: true, hostsAwaySince: null };
    connecting ||= connection.since === person.places.at(-1)?.since;
    since = since === null ? connection.since : Math.max(since, connection.since);
  }
  return { hostsPresent: connecting, hostsAwaySince: since };
}

/** ADM-7: who drops may return within the grace; host and co-hosts at any time. */
export function canReturn(person: Admission, now: number, dropGraceMs: number): boolean {
  if (person.status.kind !== "admitted") return false;
  if (isHosting(person)) return true;
  const { connection } = person.status;
  return connection.kind === "connected" || now - connection.since < dropGraceMs;
}
