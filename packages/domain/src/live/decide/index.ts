/** decide(state, command) → accepted(events) | rejected(code). Pure: no clock, no randomness but what `ctx` carries. */
import { admit, deny, sendBack } from "./admission.ts";
import { applyBarriers, changesPresence } from "./barrier.ts";
import { decideBreakouts } from "./breakouts.ts";
import { answer, ask, callsOver, end as endCall } from "./calls.ts";
import {
  accepted,
  rejected,
  type BreakoutCommand,
  type Command,
  type DecideContext,
  type Decision,
  type PersonCommand,
} from "./command.ts";
import { end, lock, resume, setHostMessage, setRights, setWaitingRoom, suspend } from "./controls.ts";
import { connected, deviceEnded, dropped, mediumReceived, request, tick, withdraw } from "./gate.ts";
import { commit, found, offer } from "./keys.ts";
import * as people from "./people.ts";
import { changeSettings } from "./settings.ts";
import { noFlags } from "../../barrier/flags.ts";
import { draftOf } from "../draft.ts";
import { applyTo } from "../evolve.ts";
import { admissionOf } from "../entrance.ts";
import type { MeetingEvent } from "../events.ts";
import type { Admission, InstanceState } from "../state.ts";

/**
 * What is decided about people is followed, in the same step, by what barriers ask of the meeting as it then is (BAR-4),
 * and by the end of every verification call that is not as it may be any more (ADM-13).
 */
export function decide(state: InstanceState, command: Command, ctx: DecideContext): Decision {
  const decision = decideCommand(state, command, ctx);
  if (decision.kind === "rejected" || decision.events.length === 0) return decision;
  const walled = (ctx.barrier.on || state.barrier.mask !== noFlags) && decision.events.some(changesPresence);
  if (!walled && state.calls.size === 0) return decision;
  const after = draftOf(state);
  const events: MeetingEvent[] = [];
  const add = (more: readonly MeetingEvent[]) => {
    for (const event of more) {
      events.push(event);
      applyTo(after, { seq: state.seq + events.length, at: ctx.now, event });
    }
  };
  add(decision.events);
  if (walled) add(applyBarriers(after, ctx.barrier));
  add(callsOver(after, ctx));
  return { ...decision, events };
}

function decideCommand(state: InstanceState, command: Command, ctx: DecideContext): Decision {
  switch (command.type) {
    case "gate.request":
      return request(state, command, ctx);
    case "gate.connected":
      return connected(state, command);
    case "gate.dropped":
      return dropped(state, command);
    case "gate.mediumReceived":
      return mediumReceived(state, command);
    case "gate.deviceEnded":
      return deviceEnded(state, command);
    case "gate.end":
      return accepted(
        state.phase === "ended" ? [] : [{ type: "instance.ended", by: "gate", reason: command.reason }],
      );
    case "gate.intruder":
      return accepted([
        { type: "sfu.intruderEjected", sfuIdentity: command.sfuIdentity, reason: command.reason },
      ]);
    case "clock.tick":
      return tick(state, command, ctx);
    case "settings.change":
      return accepted(changeSettings(state, command, ctx));
    case "barrier.apply":
      return accepted(applyBarriers(state, ctx.barrier));
    case "evidence.note":
      return accepted([command.event]);
    default:
      return decideForPerson(state, command, ctx);
  }
}

/** The actor is whoever the session says, by the admission that this very device holds. */
function decideForPerson(state: InstanceState, command: PersonCommand, ctx: DecideContext): Decision {
  if (ctx.actor === null) return rejected("not_in_meeting");
  const actor = admissionOf(state, ctx.actor);
  if (actor === null || actor.principal.device !== ctx.actor.device) return rejected("not_in_meeting");
  if (command.type === "admission.withdraw") return withdraw(state, actor.id);
  // The two that a person who waits may say; both find nothing where there is no call.
  if (command.type === "verificationCall.answer") return answer(state, actor, command, ctx);
  if (command.type === "verificationCall.end") return endCall(state, actor, ctx);
  if (command.type === "keys.offer") return offer(state, actor, command);
  if (actor.status.kind !== "admitted") return rejected("not_in_meeting");
  if (state.phase !== "live") return rejected("meeting_not_live");
  return decideForActor(state, actor, command, ctx);
}

type ActorCommand = Exclude<
  PersonCommand,
  { type: "admission.withdraw" | "verificationCall.answer" | "verificationCall.end" | "keys.offer" }
>;
type ControlCommand = Extract<ActorCommand, { type: `meeting.${string}` | "link.reopen" | "ban.lift" }>;
type DoorCommand = Extract<ActorCommand, { type: `admission.${string}` }>;

function decideForActor(
  state: InstanceState,
  actor: Admission,
  command: ActorCommand,
  ctx: DecideContext,
): Decision {
  switch (command.type) {
    case "admission.admit":
    case "admission.deny":
    case "admission.sendBack":
      return decideAtDoor(state, actor, command, ctx);
    case "verificationCall.start":
      return ask(state, actor, command, ctx);
    case "keys.found":
      return found(state, actor, command);
    case "keys.commit":
      return commit(state, actor, command);
    case "participant.leave":
      return people.leave(state, actor, command);
    case "participant.remove":
      return people.remove(state, actor, command, ctx);
    case "participant.mute":
      return people.mute(state, actor, command);
    case "participant.askToUnmute":
      return people.askToUnmute(state, actor, command);
    case "participant.rename":
      return people.rename(state, actor, command);
    case "participant.appoint":
      return people.appoint(state, actor, command);
    case "participant.report":
      return people.report(state, actor, command);
    case "hand.raise":
      return people.raiseHand(state, actor);
    case "hand.lower":
      return people.lowerHand(state, actor, command);
    default:
      if (isAboutBreakouts(command)) return decideBreakouts(state, actor, command, ctx);
      return decideControl(state, actor, command, ctx);
  }
}

function isAboutBreakouts(command: ControlCommand | BreakoutCommand): command is BreakoutCommand {
  return command.type.startsWith("breakout.");
}

function decideAtDoor(
  state: InstanceState,
  actor: Admission,
  command: DoorCommand,
  ctx: DecideContext,
): Decision {
  switch (command.type) {
    case "admission.admit":
      return admit(state, actor, command, ctx);
    case "admission.deny":
      return deny(state, actor, command, ctx);
    case "admission.sendBack":
      return sendBack(state, actor, command);
  }
}

function decideControl(
  state: InstanceState,
  actor: Admission,
  command: ControlCommand,
  ctx: DecideContext,
): Decision {
  switch (command.type) {
    case "ban.lift":
      return people.liftBan(state, actor, command);
    case "link.reopen":
      return people.reopenLink(state, actor);
    case "meeting.lock":
      return lock(state, actor, command);
    case "meeting.suspend":
      return suspend(state, actor);
    case "meeting.resume":
      return resume(state, actor);
    case "meeting.setWaitingRoom":
      return setWaitingRoom(state, actor, command, ctx);
    case "meeting.setRights":
      return setRights(state, actor, command);
    case "meeting.setHostMessage":
      return setHostMessage(state, actor, command);
    case "meeting.end":
      return end(state, actor);
  }
}
