/** What has to be true of verification calls at every instant (ADM-4, ADM-13). Each answers with whether it holds. */
import {
  banOf,
  capabilitiesOf,
  grantsEqual,
  grantsOf,
  isInCall,
  personKey,
  sfuRoomOf,
  type Admission,
  type InstanceState,
  type VerificationCall,
} from "@sekisho/domain";
import type { Taken } from "./invariants.ts";

const calls = (state: InstanceState) => [...state.calls.values()];
const running = (state: InstanceState) => calls(state).filter((call) => call.running !== null);
const sidesOf = (call: VerificationCall) => [call.verifierId, call.applicantId];

/** Whoever has a place in a call's room is one of its two; and neither has a place anywhere else. */
function twoInARoom({ after }: Taken): boolean {
  return running(after).every((call) => {
    const there = [...after.admissions.values()].filter(
      (one) => sfuRoomOf(after, one) === call.running?.sfuRoom,
    );
    return there.length === 2 && there.every((one) => sidesOf(call).includes(one.id));
  });
}

function oneCallEach({ after }: Taken): boolean {
  const people = calls(after).flatMap(sidesOf);
  return new Set(people).size === people.length;
}

/** An applicant has a place in a call's room or in none. */
function applicantsStayOut({ after }: Taken): boolean {
  return [...after.admissions.values()].every((one) => {
    const room = sfuRoomOf(after, one);
    if (room === null || one.status.kind === "admitted") return true;
    return one.status.kind === "waiting" && after.calls.get(one.id)?.running?.sfuRoom === room;
  });
}

/** Ban, lock, stop and the end of the meeting end it; so does every decision about either side. */
function callsStand({ after }: Taken): boolean {
  return calls(after).every((call) => {
    const [verifier, applicant] = sidesOf(call).map((one) => after.admissions.get(one));
    return (
      after.phase === "live" &&
      after.locked === null &&
      after.suspended === null &&
      verifier?.status.kind === "admitted" &&
      capabilitiesOf(after, verifier).has("verificationCall.start") &&
      applicant?.status.kind === "waiting" &&
      applicant.external &&
      !banOf(after, applicant.principal)
    );
  });
}

/** Hear, see, send voice and picture: nothing less, nothing more. */
function callsGrantTheSame({ after }: Taken): boolean {
  const grants = { subscribe: true, sources: ["microphone", "camera"] } as const;
  return [...after.admissions.values()].every(
    (one) => !isInCall(after, one) || grantsEqual(grantsOf(after, one), grants),
  );
}

function roomsAreFresh({ before, decision }: Taken): boolean {
  const events = decision.kind === "accepted" ? decision.events : [];
  return events.every(
    (event) =>
      event.type !== "verificationCall.begun" ||
      (!running(before).some((call) => call.running?.sfuRoom === event.sfuRoom) &&
        event.sfuRoom !== before.sfuRoom &&
        !before.sfuIdentities.has(event.sfuIdentity)),
  );
}

/** ADM-4: "by voice" is said by whoever had that voice in a call, of that person, under that name, since the last one. */
function methodsAreBorneOut({ before, decision, command }: Taken): boolean {
  const events = decision.kind === "accepted" ? decision.events : [];
  return events.every((event) => {
    if (event.type !== "admission.admitted" || event.method === null || event.by === "gate") return true;
    if (event.method !== "voice" && event.method !== "voiceAndFace") return true;
    const check = before.admissions.get(event.admissionId)?.callCheck;
    const seen = event.method === "voice" || check?.face === true;
    return command.type === "admission.admit" && check?.by === event.by && check.voice && seen;
  });
}

/** Whoever waits agreed, or is in no call that runs: nobody else turns on their camera. */
function applicantsAgree({ before, after, command, actor }: Taken): boolean {
  return running(after).every((call) => {
    if (before.calls.get(call.applicantId)?.running) return true;
    const applicant: Admission | undefined = after.admissions.get(call.applicantId);
    return (
      command.type === "verificationCall.answer" &&
      command.accept &&
      applicant !== undefined &&
      actor !== null &&
      personKey(actor) === personKey(applicant.principal) &&
      actor.device === applicant.principal.device
    );
  });
}

export const callInvariants: readonly (readonly [string, (taken: Taken) => boolean])[] = [
  ["exactly two in a call's room", twoInARoom],
  ["one call for each person", oneCallEach],
  ["an applicant is in no room of the meeting", applicantsStayOut],
  ["a call stands only while it may", callsStand],
  ["both sides of a call have the same rights", callsGrantTheSame],
  ["rooms of calls are fresh", roomsAreFresh],
  ["what is said of a call happened in it", methodsAreBorneOut],
  ["nobody is in a call without having agreed", applicantsAgree],
];
