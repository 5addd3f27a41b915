/** Admit, deny, send back (ADM-4, ADM-5, ADM-8, ADM-9). First decision wins: whoever is no longer waiting is skipped. */
import {
  accepted,
  rejected,
  type DecideContext,
  type Decision,
  type PersonCommand,
  type RowSeen,
} from "./command.ts";
import { isWalledOff } from "../barrier.ts";
import { isVerifier, needsVerification } from "../calls.ts";
import { capabilitiesOf, isHosting } from "../capabilities.ts";
import { matchesRegistration, seatOf } from "../entrance.ts";
import type { MeetingEvent } from "../events.ts";
import type { AdmissionId } from "../../ids.ts";
import { hasOffered, isEndToEnd } from "../keys.ts";
import { presence } from "../presence.ts";
import { hasAddressProof, mayStillJoin } from "../standing.ts";
import { personKey, type Admission, type InstanceState, type VerificationMethod } from "../state.ts";
import { id } from "../../unsafe.ts";

/**
 * `not_admissible`: a barrier stands between this person and somebody of the meeting (BAR-3); whom, only the log tells.
 * `fixed_by_policy`: the rules of this moment do not let this person join, whatever they were when asked.
 */
export type RowProblem =
  | "already_decided"
  | "request_changed"
  | "capacity"
  | "fixed_by_policy"
  | "keys_not_ready"
  | "not_admissible";

export type RowOutcome = {
  readonly done: readonly AdmissionId[];
  readonly skipped: readonly {
    readonly admissionId: AdmissionId;
    readonly code: RowProblem;
  }[];
};

type Of<T extends PersonCommand["type"]> = Extract<PersonCommand, { type: T }>;

export function admit(
  state: InstanceState,
  actor: Admission,
  command: Of<"admission.admit">,
  ctx: DecideContext,
): Decision<RowOutcome> {
  const able = capabilitiesOf(state, actor);
  if (!able.has("admission.admit")) return rejected("not_allowed");
  if (state.locked !== null) return rejected("meeting_locked");
  if (!isHosting(actor) && !presence(state).hostsPresent) return rejected("host_not_present");
  const { values } = state.settings.policy;
  if (isEndToEnd(state) && !state.keyGroups.has("main")) return rejected("keys_not_ready");
  if (!values.admitAll && command.rows.length > 1) return rejected("admit_all_forbidden");
  const externals = rowsToVerify(state, command.rows);
  const problem = externals.length > 0 ? verificationProblem(state, actor, command, externals) : null;
  if (problem !== null) return rejected(problem);
  let room = ctx.limits.capacity - state.inside.size;
  const seats = new Map<string, AdmissionId>();
  const admitting: Admission[] = [];
  return eachRow(state, command.rows, (person) => {
    const key = personKey(person.principal);
    const replaces = seats.get(key) ?? seatOf(state, person.principal)?.id ?? null;
    // BAR-3, again at admit: against everybody inside, and those whom this very step brings in.
    if (ctx.barrier.denyNew || isWalledOff(state, person.principal, ctx.barrier)) return "not_admissible";
    if (admitting.some((one) => blocks(one, person, ctx))) return "not_admissible";
    if (!mayStillJoin(state, person) || !hasAddressProof(state, person)) return "fixed_by_policy";
    // ENC-7: without a key package of theirs nobody could add them.
    if (isEndToEnd(state) && !hasOffered(state, "main", person.id)) return "keys_not_ready";
    if (replaces === null && room <= 0) return "capacity";
    if (replaces === null) room -= 1;
    seats.set(key, person.id);
    admitting.push(person);
    const verified = needsVerification(state, person);
    return {
      type: "admission.admitted",
      admissionId: person.id,
      by: actor.id,
      sfuIdentity: id.sfuIdentity(ctx.newId()),
      method: verified ? command.method : null,
      personal: { standInReason: verified ? command.standInReason : null },
      // ADM-1: when a second device is admitted, the first connection closes; two rows of one person give one seat.
      replaces,
      barrier: ctx.barrier.stamp,
    };
  });
}

function blocks(one: Admission, other: Admission, { barrier }: DecideContext): boolean {
  if (personKey(one.principal) === personKey(other.principal)) return false;
  return barrier.hard(barrier.classOf(one.principal), barrier.classOf(other.principal));
}

/** ADM-4: only the verifier, or the host standing in with a reason; the method is always said, and had to be possible. */
function verificationProblem(
  state: InstanceState,
  actor: Admission,
  command: Of<"admission.admit">,
  externals: readonly Admission[],
) {
  const own = isVerifier(state, actor);
  if (!own && actor.role !== "host") return "verifier_only";
  if (!own && (command.standInReason ?? "").trim() === "") return "reason_required";
  const { method } = command;
  if (method === null) return "method_required";
  // What is no registration will not become one: another method has to be chosen.
  if (method === "registrationMatch")
    return externals.every((person) => matchesRegistration(state, person.principal))
      ? null
      : "method_required";
  return externals.every((person) => isBorneOut(method, person, actor)) ? null : "call_needed";
}

/** Who says "by voice" has had that voice: in a call of their own, with this applicant, under this name (ADM-4). */
function isBorneOut(
  method: Exclude<VerificationMethod, "registrationMatch">,
  { callCheck }: Admission,
  actor: Admission,
): boolean {
  switch (method) {
    case "voiceAndFace":
      return callCheck?.by === actor.id && callCheck.voice && callCheck.face;
    case "voice":
      return callCheck?.by === actor.id && callCheck.voice;
    case "document":
    case "knownPerson":
      return true;
  }
}

/** Of many rows one that has changed meanwhile is left out, and says nothing about the others (ADM-5). */
function rowsToVerify(state: InstanceState, rows: readonly RowSeen[]): readonly Admission[] {
  return rows
    .flatMap((row) => {
      const person = state.admissions.get(row.admissionId);
      return person === undefined || (rows.length > 1 && stale(person, row) !== null) ? [] : person;
    })
    .filter((person) => needsVerification(state, person));
}

export function deny(
  state: InstanceState,
  actor: Admission,
  command: Of<"admission.deny">,
  ctx: DecideContext,
): Decision<RowOutcome> {
  if (!capabilitiesOf(state, actor).has("admission.deny")) return rejected("not_allowed");
  for (const row of command.rows) {
    const problem = seatProblem(state, actor, row);
    if (problem !== null) return rejected(problem);
  }
  return eachRow(state, command.rows, (person) => ({
    type: "admission.denied",
    admissionId: person.id,
    by: actor.id,
    banId: id.ban(ctx.newId()),
  }));
}

/**
 * A denial bars the person, so denying a second device takes the first one's seat too: that asks for what a removal
 * asks for (SEC-2, SEC-7).
 */
function seatProblem(state: InstanceState, actor: Admission, row: RowSeen) {
  const person = state.admissions.get(row.admissionId);
  const seat = person === undefined ? null : seatOf(state, person.principal);
  return seat === null ? null : removalProblem(state, actor, seat);
}

/** SEC-7: the host cannot be removed by those they promoted; co-hosts are removed by the host alone. */
export function removalProblem(
  state: InstanceState,
  actor: Admission,
  person: Admission,
): "not_allowed" | "host_cannot_be_removed" | null {
  if (!capabilitiesOf(state, actor).has("participant.remove")) return "not_allowed";
  if (person.role === "host" || person.id === actor.id) return "host_cannot_be_removed";
  return person.role === "coHost" && actor.role !== "host" ? "not_allowed" : null;
}

function eachRow(
  state: InstanceState,
  rows: readonly RowSeen[],
  decideOne: (person: Admission) => MeetingEvent | RowProblem,
): Decision<RowOutcome> {
  const events: MeetingEvent[] = [];
  const done: AdmissionId[] = [];
  const skipped: RowOutcome["skipped"][number][] = [];
  const seen = new Set<AdmissionId>();
  for (const row of rows) {
    const person = state.admissions.get(row.admissionId);
    if (person === undefined) return rejected("no_such_person");
    if (seen.has(row.admissionId)) continue;
    seen.add(row.admissionId);
    const code = stale(person, row);
    const event = code ?? decideOne(person);
    if (typeof event === "string") skipped.push({ admissionId: row.admissionId, code: event });
    else {
      events.push(event);
      done.push(person.id);
    }
  }
  const [only] = skipped;
  if (rows.length === 1 && only !== undefined) return rejected(only.code);
  return accepted(events, { done, skipped });
}

export function stale(person: Admission, row: RowSeen): "already_decided" | "request_changed" | null {
  if (person.status.kind !== "waiting") return "already_decided";
  return person.revision === row.revision ? null : "request_changed";
}

export function sendBack(
  state: InstanceState,
  actor: Admission,
  command: Of<"admission.sendBack">,
): Decision {
  if (!capabilitiesOf(state, actor).has("admission.sendBack")) return rejected("not_allowed");
  const person = state.admissions.get(command.admissionId);
  if (person === undefined) return rejected("no_such_person");
  if (person.status.kind !== "admitted") return rejected("already_decided");
  // SEC-7: those whom the host appointed do not send each other or the host away.
  if (isHosting(person)) return rejected("host_cannot_be_removed");
  return accepted([{ type: "admission.sentBack", admissionId: person.id, by: actor.id }]);
}
