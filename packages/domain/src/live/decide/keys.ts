/**
 * The server orders the commits of a group and knows who is in it; it holds no key (ENC-2). What a commit says is checked
 * by the members; here only that it is the next one, and that it adds nobody whom the gate has not admitted (ENC-7).
 */
import { accepted, rejected, type DecideContext, type Decision, type KeyCommand } from "./command.ts";
import { isHosting } from "../capabilities.ts";
import type { MeetingEvent } from "../events.ts";
import { mayAdd } from "../key-news.ts";
import { awaitingKeys, belongsTo, hasOffered, isEndToEnd, keysMs, nextGeneration } from "../keys.ts";
import type { AdmissionId } from "../../ids.ts";
import type { Admission, InstanceState, KeyGroup } from "../state.ts";

type Of<T extends KeyCommand["type"]> = Extract<KeyCommand, { type: T }>;

/** By whoever waits, so that the keys are there when the host decides; by whoever is inside and has lost theirs. */
export function offer(state: InstanceState, actor: Admission, command: Of<"keys.offer">): Decision {
  if (!isEndToEnd(state)) return rejected("not_allowed");
  const { group, digest } = command;
  const waits = group === "main" && actor.status.kind === "waiting";
  if (!waits && !belongsTo(state, group, actor)) return rejected("not_in_meeting");
  if (state.keyOffers.get(group)?.get(actor.id) === digest) return accepted([]);
  return accepted([{ type: "keys.offered", admissionId: actor.id, group, digest }]);
}

/** The meeting's by a host or co-host, a call's by its verifier. Two that begin at once: the first wins. */
export function found(state: InstanceState, actor: Admission, command: Of<"keys.found">): Decision {
  const { group, generation } = command;
  if (!isEndToEnd(state) || !mayFound(state, actor, group)) return rejected("not_allowed");
  if (generation !== nextGeneration(state.keyGroups.get(group))) return rejected("keys_taken");
  return accepted([{ type: "keys.founded", by: actor.id, group, generation }]);
}

function mayFound(state: InstanceState, actor: Admission, group: Of<"keys.found">["group"]): boolean {
  if (!belongsTo(state, group, actor)) return false;
  return group === "main" ? isHosting(actor) : state.calls.get(group)?.verifierId === actor.id;
}

export function commit(state: InstanceState, actor: Admission, command: Of<"keys.commit">): Decision {
  const group = state.keyGroups.get(command.group);
  if (group?.members.has(actor.id) !== true || !belongsTo(state, command.group, actor))
    return rejected("not_allowed");
  if (command.generation !== group.generation || command.epoch !== group.epoch) return rejected("keys_taken");
  const problem = addProblem(state, actor, command) ?? removeProblem(group, command);
  if (problem !== null) return rejected(problem);
  const { type: _, ...said } = command;
  return accepted([{ type: "keys.committed", by: actor.id, ...said }]);
}

function addProblem(state: InstanceState, actor: Admission, { group, added }: Of<"keys.commit">) {
  if (added.length === 0) return null;
  if (!mayAdd(state, actor, group)) return "not_allowed";
  const fits = added.every((one) => {
    const person = state.admissions.get(one);
    return person !== undefined && belongsTo(state, group, person) && hasOffered(state, group, one);
  });
  return fits ? null : "no_such_person";
}

/** Nobody is put out of the keys who is to stay in the meeting: that is a removal, and is decided as one (ADM-8). */
function removeProblem(group: KeyGroup, { added, removed }: Of<"keys.commit">) {
  const again = new Set<AdmissionId>(added);
  return removed.some((one) => group.members.has(one) && !again.has(one)) ? "not_allowed" : null;
}

/** By the clock: nobody added them in time, and without keys there is no place for them. */
export function keysDue(state: InstanceState, ctx: DecideContext): readonly MeetingEvent[] {
  if (!isEndToEnd(state)) return [];
  const since = state.keyGroups.get("main")?.foundedAt ?? 0;
  return awaitingKeys(state).flatMap(({ admissionId }) => {
    const person = state.admissions.get(admissionId);
    if (person?.status.kind !== "admitted" || isHosting(person)) return [];
    const { at, connection } = person.status;
    // Whoever has been connected and has to be added again has the time that everybody has who drops (ADM-7).
    const never = connection.kind === "absent" && connection.since === at;
    const late = ctx.now - Math.max(at, since) >= (ctx.limits.keysMs ?? keysMs);
    return never && late ? [{ type: "keys.missed", admissionId }] : [];
  });
}
