/** The security menu: lock, suspend, waiting room, rights, message, end (SEC-1, ADM-7, ADM-12). */
import { accepted, rejected, type DecideContext, type Decision, type PersonCommand } from "./command.ts";
import { audienceOf, capabilitiesOf, isHosting } from "../capabilities.ts";
import { waitingRoomOn } from "../entrance.ts";
import type { MeetingEvent } from "../events.ts";
import { presentable } from "../../names/skeleton.ts";
import { openness } from "../../policy/values.ts";
import type { Admission, InstanceState, Rights } from "../state.ts";
import { admit, deny } from "./admission.ts";

type Of<T extends PersonCommand["type"]> = Extract<PersonCommand, { type: T }>;

export function lock(state: InstanceState, actor: Admission, command: Of<"meeting.lock">): Decision {
  if (!capabilitiesOf(state, actor).has("meeting.lock")) return rejected("not_allowed");
  if (command.locked === (state.locked !== null)) return accepted([]);
  // SEC-1: a suspended meeting stays locked until the host resumes it.
  if (!command.locked && state.suspended !== null) return rejected("not_allowed");
  return accepted([{ type: command.locked ? "meeting.locked" : "meeting.unlocked", by: actor.id }]);
}

export function suspend(state: InstanceState, actor: Admission): Decision {
  if (!capabilitiesOf(state, actor).has("meeting.suspend")) return rejected("not_allowed");
  return accepted(state.suspended === null ? [{ type: "meeting.suspended", by: actor.id }] : []);
}

/** SEC-1: everybody comes back muted, whatever was asked of them before. */
export function resume(state: InstanceState, actor: Admission): Decision {
  if (!capabilitiesOf(state, actor).has("meeting.resume")) return rejected("not_allowed");
  if (state.suspended === null) return accepted([]);
  return accepted([
    { type: "meeting.resumed", by: actor.id },
    { type: "participant.muted", admissionIds: [...state.inside], by: actor.id, source: "microphone" },
  ]);
}

/** ADM-12: turning it off asks what to do with those in it; keeping them waiting is the default. */
export function setWaitingRoom(
  state: InstanceState,
  actor: Admission,
  command: Of<"meeting.setWaitingRoom">,
  ctx: DecideContext,
): Decision {
  if (!capabilitiesOf(state, actor).has("meeting.setWaitingRoom")) return rejected("not_allowed");
  if (command.on) return accepted(waitingRoomOn(state) ? [] : turnedOn(state, actor));
  const { values, reasons } = state.settings.policy;
  const fixed = values.waitingRoom && reasons.waitingRoom.some((source) => source !== "meeting");
  if (fixed || values.verifierRequired) return rejected("fixed_by_policy");
  const off: MeetingEvent = { type: "meeting.waitingRoomTurnedOff", by: actor.id };
  if (command.waiting === "keep") return accepted([off]);
  const rows = waitingRows(state);
  if (rows.length === 0) return accepted([off]);
  const decided =
    command.waiting === "admit"
      ? admit(state, actor, { type: "admission.admit", rows, method: null, standInReason: null }, ctx)
      : deny(state, actor, { type: "admission.deny", rows }, ctx);
  return decided.kind === "accepted" ? accepted([off, ...decided.events]) : decided;
}

function turnedOn(state: InstanceState, actor: Admission): readonly MeetingEvent[] {
  return state.waitingRoomOff ? [{ type: "meeting.waitingRoomTurnedOn", by: actor.id }] : [];
}

export function waitingRows(state: InstanceState) {
  return [...state.waiting].flatMap((admissionId) => {
    const person = state.admissions.get(admissionId);
    return person === undefined ? [] : [{ admissionId, revision: person.revision }];
  });
}

/** Rights are narrowed or given back up to what the policy allows, never beyond (CNF-3, SEC-2). */
export function setRights(
  state: InstanceState,
  actor: Admission,
  command: Of<"meeting.setRights">,
): Decision {
  if (!capabilitiesOf(state, actor).has("meeting.setRights")) return rejected("not_allowed");
  const { values } = state.settings.policy;
  const rights: readonly (keyof Rights)[] = ["screenShare", "chat", "rename", "unmute"];
  if (rights.some((right) => openness(right, command.rights[right]) > openness(right, values[right])))
    return rejected("fixed_by_policy");
  const same = rights.every((right) => audienceOf(state, right) === command.rights[right]);
  return accepted(same ? [] : [{ type: "meeting.rightsChanged", by: actor.id, rights: command.rights }]);
}

/** At most 500 characters; control characters but line breaks are taken out. */
export function setHostMessage(
  state: InstanceState,
  actor: Admission,
  command: Of<"meeting.setHostMessage">,
): Decision {
  if (!capabilitiesOf(state, actor).has("meeting.setHostMessage")) return rejected("not_allowed");
  const message = presentable(command.message, 500, true);
  if (message === state.hostMessage) return accepted([]);
  return accepted([{ type: "meeting.hostMessageChanged", by: actor.id, personal: { message } }]);
}

export function end(state: InstanceState, actor: Admission): Decision {
  if (!isHosting(actor) || !capabilitiesOf(state, actor).has("meeting.end")) return rejected("not_allowed");
  return accepted([{ type: "instance.ended", by: actor.id, reason: "host" }]);
}
