/** What the gate itself tells the instance: requests, connections, the clock. */
import { breakoutsDue } from "./breakouts.ts";
import { callsDue } from "./calls.ts";
import { keysDue } from "./keys.ts";
import { accepted, rejected, type DecideContext, type Decision, type SystemCommand } from "./command.ts";
import { connectionOf } from "../calls.ts";
import { isHosting } from "../capabilities.ts";
import { isKeyed } from "../keys.ts";
import { decideRequest, type RequestOutcome } from "../entrance.ts";
import type { MeetingEvent } from "../events.ts";
import type { AdmissionId } from "../../ids.ts";
import { presentable } from "../../names/skeleton.ts";
import { canReturn, presence } from "../presence.ts";
import { saidNow } from "../said-before.ts";
import type { Admission, InstanceState, Principal } from "../state.ts";
import { id } from "../../unsafe.ts";

type Of<T extends SystemCommand["type"]> = Extract<SystemCommand, { type: T }>;

export type RequestResult = {
  readonly outcome: RequestOutcome;
  readonly admissionId: AdmissionId | null;
  /** Shown on the refusal page; resolves only in the audit log. */
  readonly reference: string | null;
};

export function request(
  state: InstanceState,
  command: Of<"gate.request">,
  ctx: DecideContext,
): Decision<RequestResult> {
  const { entrance } = command;
  const outcome = decideRequest(state, entrance, ctx.limits, ctx.barrier);
  if (outcome.kind === "refused") return refuse(command, outcome, ctx);
  if (outcome.kind === "existing") return existing(command, outcome);
  if (outcome.kind !== "register") return accepted([], { outcome, admissionId: null, reference: null });
  const admissionId = id.admission(ctx.newId());
  const events: MeetingEvent[] = [];
  if (state.phase === "ended") events.push({ type: "instance.reopened", by: admissionId });
  events.push({
    type: "admission.requested",
    admissionId,
    principal: entrance.principal,
    role: outcome.role,
    external: entrance.principal.kind === "guest",
    named: entrance.facts.named,
    barrier: ctx.barrier.stamp,
    personal: { displayName: entrance.displayName.trim(), affiliation: entrance.affiliation.trim() },
  });
  events.push(...saidNow(admissionId, entrance));
  if (outcome.enter) events.push(...entering(state, { admissionId, replaces: outcome.replaces }, ctx));
  return accepted(events, { outcome, admissionId, reference: null });
}

/** ADM-3: whoever waits goes on waiting when the host comes; only the meeting's phase changes. */
function entering(
  state: InstanceState,
  who: { readonly admissionId: AdmissionId; readonly replaces: AdmissionId | null },
  ctx: DecideContext,
): MeetingEvent[] {
  const admitted: MeetingEvent = {
    type: "admission.admitted",
    ...who,
    by: "gate",
    sfuIdentity: id.sfuIdentity(ctx.newId()),
    method: null,
    personal: { standInReason: null },
    barrier: ctx.barrier.stamp,
  };
  return state.phase === "live" ? [admitted] : [admitted, { type: "instance.started", by: who.admissionId }];
}

function refuse(
  { entrance }: Of<"gate.request">,
  outcome: Extract<RequestOutcome, { kind: "refused" }>,
  ctx: DecideContext,
): Decision<RequestResult> {
  const reference = referenceOf(ctx.newId());
  const { principal, displayName, affiliation } = entrance;
  // Refused before the name was looked at: what is kept must be storable whatever was typed.
  const personal = { displayName: presentable(displayName, 64), affiliation: presentable(affiliation, 64) };
  const { reason } = outcome;
  const barrier = ctx.barrier.stamp;
  return accepted([{ type: "admission.refused", principal, reason, reference, barrier, personal }], {
    outcome,
    admissionId: null,
    reference,
  });
}

/** `R7K-24WD`: letters that are not mistaken for one another, from an id that nobody can guess. */
export function referenceOf(unguessable: string): string {
  const alphabet = "234679CDFGHJKMNPQRTVWXYZ";
  const letters = [...unguessable]
    .slice(0, 7)
    .map((char) => alphabet[(char.codePointAt(0) ?? 0) % alphabet.length]);
  return `${letters.slice(0, 3).join("")}-${letters.slice(3).join("")}`;
}

/** Asking again with another name while waiting changes the row, so that the host looks once more. */
function existing(
  { entrance }: Of<"gate.request">,
  outcome: Extract<RequestOutcome, { kind: "existing" }>,
): Decision<RequestResult> {
  const { admission } = outcome;
  const result = { outcome, admissionId: admission.id, reference: null };
  const personal = { displayName: entrance.displayName.trim(), affiliation: entrance.affiliation.trim() };
  const same =
    personal.displayName === admission.displayName && personal.affiliation === admission.affiliation;
  const { principal } = admission;
  const rename =
    admission.status.kind === "waiting" && isOwnName(principal) && isOwnName(entrance.principal) && !same;
  // Asked again under a newer fact sheet: what is said to it now stands beside what was said before.
  const said = admission.status.kind === "waiting" ? saidNow(admission.id, entrance, admission.agreed) : [];
  if (!rename || personal.displayName === "") return accepted(said, result);
  return accepted(
    [...said, { type: "participant.renamed", admissionId: admission.id, by: admission.id, personal }],
    result,
  );
}

/** A name that was proved stays with the request that it was proved for (IDN-4). */
function isOwnName(principal: Principal): boolean {
  return principal.kind === "guest" && principal.nameProved !== true;
}

export function withdraw(state: InstanceState, admissionId: AdmissionId): Decision {
  const person = state.admissions.get(admissionId);
  if (person === undefined || person.status.kind !== "waiting") return rejected("already_decided");
  return accepted([{ type: "admission.withdrawn", admissionId }]);
}

export function deviceEnded(state: InstanceState, { device }: Of<"gate.deviceEnded">): Decision {
  const events: MeetingEvent[] = [];
  for (const admissionId of [...state.inside, ...state.waiting]) {
    const person = state.admissions.get(admissionId);
    if (person === undefined || person.principal.device !== device) continue;
    // A guest's device never ends by itself: what let it in without an account was withdrawn (BAR-8).
    const reason = person.principal.kind === "guest" ? "policy" : "absent";
    if (person.status.kind === "admitted") events.push({ type: "participant.left", admissionId, reason });
    else events.push({ type: "admission.withdrawn", admissionId });
  }
  return accepted(events);
}

export function connected(state: InstanceState, command: Of<"gate.connected">): Decision {
  const person = state.admissions.get(command.admissionId);
  if (person === undefined || connectionOf(state, person) === null) return rejected("not_in_meeting");
  // Sent back and admitted again in between: this connection belongs to the stay before.
  if (person.sfuIdentity !== command.sfuIdentity) return rejected("not_in_meeting");
  if (!isKeyed(state, person)) return rejected("not_in_meeting");
  const { connectionId } = command;
  const inside = person.status.kind === "admitted";
  const type = inside ? "participant.connected" : "verificationCall.connected";
  return accepted([{ type, admissionId: person.id, connectionId }]);
}

/** Only of an applicant in a call, and once for each medium. */
export function mediumReceived(state: InstanceState, command: Of<"gate.mediumReceived">): Decision {
  const { admissionId, medium } = command;
  const person = state.admissions.get(admissionId);
  if (person === undefined || person.sfuIdentity !== command.sfuIdentity) return rejected("call_over");
  if (!state.calls.get(admissionId)?.running) return rejected("call_over");
  if (person.callCheck?.[medium] !== false) return accepted([]);
  return accepted([{ type: "verificationCall.received", admissionId, medium }]);
}

export function dropped(state: InstanceState, command: Of<"gate.dropped">): Decision {
  const { admissionId, connectionId } = command;
  const person = state.admissions.get(admissionId);
  const current = person === undefined ? null : connectionOf(state, person);
  if (current?.kind !== "connected" || current.connectionId !== connectionId) return accepted([]);
  const inside = person?.status.kind === "admitted";
  const type = inside ? "participant.dropped" : "verificationCall.dropped";
  return accepted([{ type, admissionId, connectionId }]);
}

/** Time passing: places that were not come back to, hosts gone too long, a meeting that nobody is in any more. */
export function tick(state: InstanceState, command: Of<"clock.tick">, ctx: DecideContext): Decision {
  if (state.phase === "ended") return accepted([]);
  const gone = hostsGone(state, ctx);
  if (gone !== null) return accepted([gone]);
  const events: MeetingEvent[] = [
    ...breakoutsDue(state, ctx),
    ...callsDue(state, ctx),
    ...keysDue(state, ctx),
  ];
  for (const admissionId of state.inside) {
    const person = state.admissions.get(admissionId);
    if (person !== undefined && gaveUp(state, person, ctx))
      events.push({ type: "participant.left", admissionId, reason: "absent" });
  }
  const over = command.scheduledEnd !== null && ctx.now >= command.scheduledEnd + ctx.limits.emptyAfterEndMs;
  if (over && state.inside.size === 0) events.push({ type: "instance.ended", by: "gate", reason: "empty" });
  return accepted(events);
}

/**
 * Hosts keep their seat while the meeting waits for them (ADM-7, ADM-9). Where it goes on without a host, an absent
 * one gives the seat up after the same time, or the meeting would never count as empty (MTG-3).
 */
function gaveUp(state: InstanceState, person: Admission, { now, limits }: DecideContext): boolean {
  if (!isHosting(person)) return !canReturn(person, now, limits.dropGraceMs);
  if (!state.settings.policy.values.joinBeforeHost || person.status.kind !== "admitted") return false;
  const { connection } = person.status;
  return connection.kind === "absent" && now - connection.since >= limits.hostsAwayMs;
}

function hostsGone(state: InstanceState, ctx: DecideContext): MeetingEvent | null {
  const { hostsAwaySince } = presence(state);
  if (hostsAwaySince === null || ctx.now - hostsAwaySince < ctx.limits.hostsAwayMs) return null;
  if (state.settings.policy.values.joinBeforeHost) return null;
  const sentBack = [...state.inside].filter((one) => {
    const person = state.admissions.get(one);
    return person !== undefined && !isHosting(person);
  });
  return { type: "instance.hostsGone", sentBack };
}
