/** Verification calls (ADM-13): asked for by the verifier, begun by the applicant, ended by either or by the meeting. */
import { accepted, rejected, type CallCommand, type DecideContext, type Decision } from "./command.ts";
import { stale } from "./admission.ts";
import { callProblem, callStands } from "../call-standing.ts";
import { callAnswerMs, callGraceMs, callWith, connectionOf } from "../calls.ts";
import { isHosting } from "../capabilities.ts";
import type { CallEnd, MeetingEvent, Move } from "../events.ts";
import { presence } from "../presence.ts";
import type { Admission, InstanceState, VerificationCall } from "../state.ts";
import { id } from "../../unsafe.ts";

type Of<T extends CallCommand["type"]> = Extract<CallCommand, { type: T }>;

/** First decision wins (ADM-5): one call for one applicant, and one for one verifier. */
export function ask(
  state: InstanceState,
  actor: Admission,
  command: Of<"verificationCall.start">,
  ctx: DecideContext,
): Decision {
  const applicant = state.admissions.get(command.row.admissionId);
  if (applicant === undefined) return rejected("no_such_person");
  const problem = callProblem(state, actor, applicant, ctx.barrier) ?? stale(applicant, command.row);
  if (problem !== null) return rejected(problem);
  if (!isHosting(actor) && !presence(state).hostsPresent) return rejected("host_not_present");
  if (callWith(state, actor) !== null || callWith(state, applicant) !== null)
    return rejected("call_under_way");
  return accepted([
    {
      type: "verificationCall.asked",
      admissionId: applicant.id,
      by: actor.id,
      barrier: ctx.barrier.stamp,
    },
  ]);
}

/** By the applicant, whose camera and microphone it is about. */
export function answer(
  state: InstanceState,
  actor: Admission,
  command: Of<"verificationCall.answer">,
  ctx: DecideContext,
): Decision {
  const call = state.calls.get(actor.id);
  if (call === undefined || call.running !== null) return rejected("call_over");
  if (!command.accept) return accepted([ended(state, call, "applicant", ctx)]);
  if (!callStands(state, call, ctx.barrier)) return rejected("call_over");
  return accepted([
    {
      type: "verificationCall.begun",
      admissionId: actor.id,
      by: call.verifierId,
      sfuRoom: id.sfuRoom(ctx.newId()),
      sfuIdentity: id.sfuIdentity(ctx.newId()),
      moves: verifiersMove(state, call, ctx),
      barrier: ctx.barrier.stamp,
    },
  ]);
}

/** By either side, also before it has begun. */
export function end(state: InstanceState, actor: Admission, ctx: DecideContext): Decision {
  const call = callWith(state, actor);
  if (call === null) return rejected("call_over");
  const reason = call.verifierId === actor.id ? "verifier" : "applicant";
  return accepted([ended(state, call, reason, ctx)]);
}

/** What of the calls cannot go on as things are: asked after every decision, so that whatever ends one ends it at once. */
export function callsOver(state: InstanceState, ctx: DecideContext): readonly MeetingEvent[] {
  const over = [...state.calls.values()].filter((call) => !callStands(state, call, ctx.barrier));
  return over.map((call) => ended(state, call, "over", ctx));
}

/** By the clock: nobody answers, or one side does not come back. */
export function callsDue(state: InstanceState, ctx: DecideContext): readonly MeetingEvent[] {
  return [...state.calls.values()].flatMap((call) => {
    const reason = callStands(state, call, ctx.barrier) ? due(state, call, ctx.now) : "over";
    return reason === null ? [] : [ended(state, call, reason, ctx)];
  });
}

function due(state: InstanceState, call: VerificationCall, now: number): CallEnd | null {
  if (call.running === null) return now - call.askedAt >= callAnswerMs ? "unanswered" : null;
  const gone = [call.verifierId, call.applicantId].some((one) => {
    const person = state.admissions.get(one);
    const connection = person === undefined ? null : connectionOf(state, person);
    return connection?.kind !== "connected" && now - (connection?.since ?? 0) >= callGraceMs;
  });
  return gone ? "lost" : null;
}

function ended(
  state: InstanceState,
  call: VerificationCall,
  reason: CallEnd,
  ctx: DecideContext,
): MeetingEvent {
  const by = reason === "verifier" ? call.verifierId : reason === "applicant" ? call.applicantId : "gate";
  const moves = call.running === null ? [] : verifiersMove(state, call, ctx);
  return { type: "verificationCall.ended", admissionId: call.applicantId, by, reason, moves };
}

/** Out of the meeting's room and back: a stay of its own each time, so that nothing meant for one reaches the other. */
function verifiersMove(state: InstanceState, call: VerificationCall, ctx: DecideContext): readonly Move[] {
  const verifier = state.admissions.get(call.verifierId);
  if (verifier?.status.kind !== "admitted") return [];
  const { id: admissionId, breakoutId } = verifier;
  return [{ admissionId, breakoutId, sfuIdentity: id.sfuIdentity(ctx.newId()) }];
}
