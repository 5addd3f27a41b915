/** What has to be true of the keys of end-to-end encryption at every instant (ENC-1, ENC-7). */
import { isEndToEnd, isKeyed, type InstanceState, type MeetingEvent } from "@sekisho/domain";
import type { Taken } from "./invariants.ts";

function happened({ decision }: Taken): readonly MeetingEvent[] {
  return decision.kind === "accepted" ? decision.events : [];
}

/** Decision, keys, ticket: nobody is connected whom nobody has added. */
function nobodyConnectsWithoutKeys(taken: Taken): boolean {
  return happened(taken).every((event) => {
    if (event.type !== "participant.connected" && event.type !== "verificationCall.connected") return true;
    const person = taken.after.admissions.get(event.admissionId);
    return person !== undefined && isKeyed(taken.before, person);
  });
}

/** Who is in the keys is inside; who is in a call's, is one of its two. */
function membersAreInside({ after }: Taken): boolean {
  return [...after.keyGroups].every(([name, group]) =>
    [...group.members].every((one) => {
      if (name === "main") return after.inside.has(one);
      const call = after.calls.get(name);
      return call?.running !== null && (call?.applicantId === one || call?.verifierId === one);
    }),
  );
}

/** Nobody is added who was not admitted before, and by nobody who is not in the group. */
function addsAreCovered(taken: Taken): boolean {
  const { before } = taken;
  return happened(taken).every((event) => {
    if (event.type !== "keys.committed") return true;
    const group = before.keyGroups.get(event.group);
    const fits = event.added.every((one) =>
      (event.group === "main" ? before.inside : new Set(before.calls.keys())).has(one),
    );
    return fits && group?.members.has(event.by) === true && group.epoch === event.epoch;
  });
}

function running({ phase }: InstanceState): boolean {
  return phase === "live" || phase === "waiting_for_host";
}

/** ENC-1: never down while it runs; up only with nobody left inside but those who host, and they in a new stay. */
function modeNeverSlips({ before, after }: Taken): boolean {
  if (!running(before) || !running(after) || isEndToEnd(before) === isEndToEnd(after)) return true;
  if (isEndToEnd(before)) return false;
  return [...after.inside].every((one) => {
    const person = after.admissions.get(one);
    const stay = before.admissions.get(one)?.sfuIdentity;
    return (person?.role === "host" || person?.role === "coHost") && person.sfuIdentity !== stay;
  });
}

export const keyInvariants: readonly (readonly [string, (taken: Taken) => boolean])[] = [
  ["nobody is connected without keys", nobodyConnectsWithoutKeys],
  ["who is in the keys is inside", membersAreInside],
  ["nobody is added whom the gate has not admitted", addsAreCovered],
  ["the mode of encryption never slips", modeNeverSlips],
];
