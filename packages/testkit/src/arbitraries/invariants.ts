/** What has to be true of a meeting at every instant, whatever happened to it. Each answers with what is wrong. */
import {
  audienceOf,
  banOf,
  capabilitiesOf,
  grantsOf,
  isInCall,
  mayConnect,
  openness,
  personKey,
  presence,
  type Admission,
  type Command,
  type Decision,
  type InstanceState,
  type MeetingEvent,
  type Principal,
  noBarriers,
} from "@sekisho/domain";
import { breakoutInvariants } from "./breakout-invariants.ts";
import { callInvariants } from "./call-invariants.ts";
import { keyInvariants } from "./key-invariants.ts";
import { limits } from "./room.ts";
import { saidInvariants } from "./said-invariants.ts";

export type Taken = {
  readonly before: InstanceState;
  readonly after: InstanceState;
  readonly command: Command;
  readonly actor: Principal | null;
  readonly decision: Decision;
  readonly now: number;
};

function insiders(state: InstanceState): readonly Admission[] {
  return [...state.admissions.values()].filter((one) => one.status.kind === "admitted");
}
const waits = (one: Admission) => one.status.kind === "waiting";

/** Indexes say what the admissions say. */
function indexes({ after }: Taken): boolean {
  const byPerson = Map.groupBy(after.admissions.values(), (one) => personKey(one.principal));
  return (
    after.inside.size === insiders(after).length &&
    insiders(after).every((one) => after.inside.has(one.id)) &&
    after.byPerson.size === byPerson.size &&
    [...byPerson].every(([key, all]) => all.map(({ id }) => id).join() === after.byPerson.get(key)?.join())
  );
}

/** ADM-11: a stay has an identity at the SFU that no stay had before, and all of them are remembered. */
function freshIdentities(taken: Taken): boolean {
  const { before, after } = taken;
  const given = eventsOf(taken).flatMap((event) => {
    if (event.type === "admission.admitted") return [event.sfuIdentity];
    const own = event.type === "verificationCall.begun" ? [event.sfuIdentity] : [];
    return "moves" in event ? [...own, ...event.moves.map((move) => move.sfuIdentity)] : own;
  });
  const present = insiders(after).map((one) => one.sfuIdentity);
  return (
    given.every((one) => !before.sfuIdentities.has(one)) &&
    new Set(given).size === given.length &&
    new Set(present).size === present.length &&
    [...present, ...before.sfuIdentities].every((one) => one !== null && after.sfuIdentities.has(one))
  );
}

/** ADM-11: whom the gate lets connect is admitted, unbanned, in a live meeting, and keeps to grants of capabilities. */
function connectable({ after, now }: Taken): boolean {
  return [...after.admissions.values()].every((one) => {
    const seat = { admissionId: one.id, principal: one.principal };
    const connects =
      mayConnect(after, seat, { now, dropGraceMs: limits.dropGraceMs, barrier: noBarriers }) !== null;
    const granted = grantsOf(after, one);
    const able = capabilitiesOf(after, one);
    // ADM-13: the one exception, and only to the room of the call.
    if (isInCall(after, one) && one.status.kind === "waiting") return able.size === 0;
    if (!after.inside.has(one.id) && (connects || granted.subscribe || able.size > 0)) return false;
    return granted.sources.every((source) => able.has("media.listen") && source !== undefined);
  });
}

/** ADM-8 */
function noBannedPersonOpen({ after }: Taken): boolean {
  return [...after.admissions.values()].every(
    (one) => (one.status.kind !== "admitted" && !waits(one)) || !banOf(after, one.principal),
  );
}

/** ADM-1: one person, one seat. */
function oneSeatEach({ after }: Taken): boolean {
  return new Set(insiders(after).map((one) => personKey(one.principal))).size === after.inside.size;
}

function capacityHolds({ after }: Taken, capacity: number): boolean {
  const { host, coHosts, verifier } = after.settings.appointments;
  const exempt = new Set<string>([host, ...coHosts, verifier ?? "", "verifier"]);
  const counted = insiders(after).filter(
    ({ principal }) => principal.kind === "guest" || !exempt.has(principal.accountId),
  );
  return counted.length <= capacity;
}

/** MTG-3, ADM-3: nobody is inside a meeting that is not live. */
function insideOnlyLive({ after }: Taken): boolean {
  return after.phase === "live" || after.inside.size === 0;
}

function eventsOf({ decision }: Taken): readonly MeetingEvent[] {
  return decision.kind === "accepted" ? decision.events : [];
}

/** ADM-5: a request leaves the waiting room only by an event that says so. */
function requestsAreKept(taken: Taken): boolean {
  const events = eventsOf(taken);
  return [...taken.before.admissions.values()].filter(waits).every((one) => {
    const after = taken.after.admissions.get(one.id);
    if (after === undefined) return false;
    if (waits(after)) return after.requestedAt === one.requestedAt;
    return events.some((event) => concerns(taken.before, event, one));
  });
}

function concerns(state: InstanceState, event: MeetingEvent, person: Admission): boolean {
  if (event.type === "instance.ended") return true;
  if (event.type === "admission.admitted" || event.type === "admission.withdrawn")
    return event.admissionId === person.id;
  if (event.type !== "admission.denied" && event.type !== "participant.removed") return false;
  const banned = state.admissions.get(event.admissionId);
  return banned !== undefined && personKey(banned.principal) === personKey(person.principal);
}

/** SEC-7: the host's seat ends by the host, by the clock, or with the meeting. */
function hostStays(taken: Taken): boolean {
  const seat = insiders(taken.before).find((one) => one.role === "host");
  const after = seat === undefined ? undefined : taken.after.admissions.get(seat.id);
  if (seat === undefined || after?.status.kind === "admitted") return true;
  const { command, actor } = taken;
  if (command.type === "clock.tick" || command.type === "meeting.end") return true;
  const own = command.type === "gate.request" ? command.entrance.principal : actor;
  return own !== null && personKey(own) === personKey(seat.principal);
}

/** ADM-7, ADM-3: a lock admits hosts only; without a host present nobody enters unless the policy opens that. */
function doorsHold(taken: Taken): boolean {
  const { before, command } = taken;
  const open = presence(before).hostsPresent || before.settings.policy.values.joinBeforeHost;
  return eventsOf(taken).every((event) => {
    if (event.type !== "admission.admitted") return true;
    const role = taken.after.admissions.get(event.admissionId)?.role;
    if (role === "host" || role === "coHost") return true;
    const byHost = command.type !== "gate.request" && actorHosts(before, event.by);
    return before.locked === null && before.suspended === null && (open || byHost);
  });
}

function actorHosts(state: InstanceState, by: Admission["id"] | "gate"): boolean {
  if (by === "gate") return false;
  const role = state.admissions.get(by)?.role;
  return role === "host" || role === "coHost";
}

/** ADM-4: where a verifier is required, nobody from outside gets in without a recorded method. */
function verifiedAtTheDoor(taken: Taken): boolean {
  const { verifierRequired } = taken.before.settings.policy.values;
  return eventsOf(taken).every(
    (event) =>
      event.type !== "admission.admitted" ||
      !verifierRequired ||
      event.method !== null ||
      taken.after.admissions.get(event.admissionId)?.external === false,
  );
}

/** CNF-3: no right in the meeting is opener than the policy. */
function rightsWithinPolicy({ after }: Taken): boolean {
  return (["screenShare", "chat", "rename", "unmute"] as const).every(
    (right) =>
      openness(right, audienceOf(after, right)) <= openness(right, after.settings.policy.values[right]),
  );
}

/** SEC-1: only the host ends a suspension, short of the meeting's end. */
function onlyHostResumes(taken: Taken): boolean {
  if (taken.before.suspended === null || taken.after.suspended !== null) return true;
  if (taken.after.phase === "ended") return true;
  const { actor, before } = taken;
  return actor?.kind === "account" && actor.accountId === before.settings.appointments.host;
}

/** One more person never gives anybody who is inside a further ability; whoever is back from a call has the old ones. */
function companyAddsNothing(taken: Taken): boolean {
  if (taken.command.type !== "gate.request" && taken.command.type !== "admission.admit") return true;
  return insiders(taken.before).every((one) => {
    const before = capabilitiesOf(taken.before, one);
    const after = taken.after.admissions.get(one.id);
    if (isInCall(taken.before, one)) return true;
    return after === undefined || [...capabilitiesOf(taken.after, after)].every((able) => before.has(able));
  });
}

function rejectedChangesNothing({ decision, before, after }: Taken): boolean {
  return decision.kind === "accepted" || before === after;
}

export const invariants: readonly (readonly [string, (taken: Taken, capacity: number) => boolean])[] = [
  ["indexes agree with admissions", indexes],
  ["each stay has an identity of its own", freshIdentities],
  ["whoever may connect is admitted", connectable],
  ["no banned person is inside or waiting", noBannedPersonOpen],
  ["one seat for each person", oneSeatEach],
  ["capacity holds", capacityHolds],
  ["nobody is inside unless live", insideOnlyLive],
  ["no request is lost", requestsAreKept],
  ["the host's seat is the host's", hostStays],
  ["lock and host's absence hold", doorsHold],
  ["outsiders are verified", verifiedAtTheDoor],
  ...callInvariants,
  ...keyInvariants,
  ["rights stay within the policy", rightsWithinPolicy],
  ["only the host resumes", onlyHostResumes],
  ["company adds no ability", companyAddsNothing],
  ["a rejection changes nothing", rejectedChangesNothing],
  ...breakoutInvariants,
  ...saidInvariants,
];

export function broken(taken: Taken, capacity: number): readonly string[] {
  return invariants.filter(([, holds]) => !holds(taken, capacity)).map(([what]) => what);
}
