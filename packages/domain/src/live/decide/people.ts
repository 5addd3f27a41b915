/** What is done to, or by, one participant: leave, remove, mute, rename, appoint, hands, bans. */
import { accepted, rejected, type DecideContext, type Decision, type PersonCommand } from "./command.ts";
import { removalProblem } from "./admission.ts";
import { capabilitiesOf, isHosting, type Capability } from "../capabilities.ts";
import { nameRefusal } from "../entrance.ts";
import type { MeetingEvent } from "../events.ts";
import { isEndToEnd } from "../keys.ts";
import type { AdmissionId } from "../../ids.ts";
import type { Admission, InstanceState } from "../state.ts";
import { id } from "../../unsafe.ts";

type Of<T extends PersonCommand["type"]> = Extract<PersonCommand, { type: T }>;

function may(state: InstanceState, actor: Admission, capability: Capability): boolean {
  return capabilitiesOf(state, actor).has(capability);
}

function insider(state: InstanceState, admissionId: AdmissionId): Admission | null {
  const person = state.admissions.get(admissionId);
  return person !== undefined && person.status.kind === "admitted" ? person : null;
}

export function leave(state: InstanceState, actor: Admission, command: Of<"participant.leave">): Decision {
  if (actor.status.kind !== "admitted") return rejected("not_in_meeting");
  const events: MeetingEvent[] = [];
  if (command.handTo !== null) {
    const next = insider(state, command.handTo);
    if (next === null) return rejected("no_such_person");
    if (!may(state, actor, "participant.appoint")) return rejected("not_allowed");
    if (next.principal.kind !== "account") return rejected("not_allowed");
    if (next.role === "participant" || next.role === "verifier")
      events.push({ type: "participant.roleChanged", admissionId: next.id, by: actor.id, role: "coHost" });
  }
  events.push({ type: "participant.left", admissionId: actor.id, reason: "own" });
  return accepted(events);
}

/** Who is inside, or was and slipped out before the host's hand: leaving first does not escape a removal. */
function removable(state: InstanceState, admissionId: AdmissionId): Admission | null {
  const person = state.admissions.get(admissionId);
  if (person === undefined || person.status.kind === "removed" || person.status.kind === "denied")
    return null;
  return person.status.kind === "waiting" ? null : person;
}

/** ADM-8, SEC-7. */
export function remove(
  state: InstanceState,
  actor: Admission,
  command: Of<"participant.remove">,
  ctx: DecideContext,
): Decision {
  if (!may(state, actor, "participant.remove")) return rejected("not_allowed");
  const person = removable(state, command.admissionId);
  if (person === null) return rejected("no_such_person");
  const problem = removalProblem(state, actor, person);
  if (problem !== null) return rejected(problem);
  return accepted([
    {
      type: "participant.removed",
      admissionId: person.id,
      by: actor.id,
      banId: id.ban(ctx.newId()),
      reported: command.report,
    },
  ]);
}

export function mute(state: InstanceState, actor: Admission, command: Of<"participant.mute">): Decision {
  if (!may(state, actor, "participant.mute")) return rejected("not_allowed");
  const named = command.admissionIds === "others" ? others(state, actor) : command.admissionIds;
  if (named.some((one) => insider(state, one) === null)) return rejected("no_such_person");
  if (named.length === 0) return rejected("nothing_to_do");
  return accepted([{ type: "participant.muted", admissionIds: named, by: actor.id, source: command.source }]);
}

function others(state: InstanceState, actor: Admission): readonly AdmissionId[] {
  return [...state.inside].filter((one) => one !== actor.id && state.admissions.get(one)?.role !== "host");
}

export function askToUnmute(
  state: InstanceState,
  actor: Admission,
  command: Of<"participant.askToUnmute">,
): Decision {
  if (!may(state, actor, "participant.askToUnmute")) return rejected("not_allowed");
  if (insider(state, command.admissionId) === null) return rejected("no_such_person");
  return accepted([{ type: "participant.askedToUnmute", admissionId: command.admissionId, by: actor.id }]);
}

/** ADM-10 and INV-6 hold for renames too: a guest does not become the host by renaming, nor anybody else. */
export function rename(state: InstanceState, actor: Admission, command: Of<"participant.rename">): Decision {
  const own = command.admissionId === actor.id;
  const needed = own ? "participant.renameSelf" : "participant.rename";
  if (!may(state, actor, needed)) return rejected("not_allowed");
  const person = insider(state, command.admissionId);
  if (person === null) return rejected("no_such_person");
  // An account's name is the organisation's: it is changed in the account, not in a meeting.
  if (person.principal.kind === "account") return rejected("not_allowed");
  // IDN-4: the name is tied to the address that was proved; no other may stand beside the badge.
  if (person.principal.nameProved === true) return rejected("not_allowed");
  const { displayName, affiliation } = command;
  const refused = nameRefusal(state, command);
  if (refused !== null)
    return rejected(refused === "nameAgainstRule" ? "name_against_rule" : "name_not_accepted");
  const personal = { displayName: displayName.trim(), affiliation: affiliation.trim() };
  return accepted([{ type: "participant.renamed", admissionId: person.id, by: actor.id, personal }]);
}

export function appoint(
  state: InstanceState,
  actor: Admission,
  command: Of<"participant.appoint">,
): Decision {
  if (!may(state, actor, "participant.appoint")) return rejected("not_allowed");
  const person = insider(state, command.admissionId);
  if (person === null) return rejected("no_such_person");
  if (person.role === "host") return rejected("host_cannot_be_removed");
  // Nobody answers for a guest's identity: a guest never decides who comes in.
  if (person.principal.kind !== "account") return rejected("not_allowed");
  if (person.role === command.role) return rejected("nothing_to_do");
  return accepted([
    { type: "participant.roleChanged", admissionId: person.id, by: actor.id, role: command.role },
  ]);
}

export function report(state: InstanceState, actor: Admission, command: Of<"participant.report">): Decision {
  if (!may(state, actor, "participant.report")) return rejected("not_allowed");
  if (insider(state, command.admissionId) === null) return rejected("no_such_person");
  return accepted([{ type: "participant.reported", admissionId: command.admissionId, by: actor.id }]);
}

export function raiseHand(state: InstanceState, actor: Admission): Decision {
  // ENC-5: there it is said to the group, and the server is not told.
  if (isEndToEnd(state) || !may(state, actor, "hand.raise")) return rejected("not_allowed");
  if (actor.handRaisedAt !== null) return accepted([]);
  return accepted([{ type: "participant.handRaised", admissionId: actor.id }]);
}

export function lowerHand(state: InstanceState, actor: Admission, command: Of<"hand.lower">): Decision {
  const person = insider(state, command.admissionId);
  if (person === null) return rejected("no_such_person");
  if (person.id !== actor.id && !isHosting(actor)) return rejected("not_allowed");
  if (person.handRaisedAt === null) return accepted([]);
  return accepted([{ type: "participant.handLowered", admissionId: person.id, by: actor.id }]);
}

export function liftBan(state: InstanceState, actor: Admission, command: Of<"ban.lift">): Decision {
  if (!may(state, actor, "ban.lift")) return rejected("not_allowed");
  if (!state.bans.has(command.banId)) return rejected("no_such_person");
  return accepted([{ type: "ban.lifted", banId: command.banId, by: actor.id }]);
}

export function reopenLink(state: InstanceState, actor: Admission): Decision {
  if (!may(state, actor, "link.reopen")) return rejected("not_allowed");
  return accepted(state.linkClosedToUnproved ? [{ type: "link.reopened", by: actor.id }] : []);
}
