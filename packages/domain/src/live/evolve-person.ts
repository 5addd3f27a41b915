/** The part of `evolve` that concerns one person. */
import { addAdmission, change, setStatus, type Draft } from "./draft.ts";
import type { AdmissionId } from "../ids.ts";
import type { EventOf, MeetingEvent } from "./events.ts";
import { currentRole, isUnproved } from "./entrance.ts";
import { placeOnEntering } from "./evolve-breakouts.ts";
import { agreementOf, declarationOf } from "./said-before.ts";
import { personKey, type Connection, type Principal } from "./state.ts";

export function applyToPerson(draft: Draft, event: MeetingEvent, at: number): void {
  switch (event.type) {
    case "admission.requested":
      return requested(draft, event, at);
    case "admission.admitted":
      return admitted(draft, event, at);
    case "admission.denied":
    case "participant.removed":
      return banned(draft, event, at);
    case "admission.withdrawn":
      return setStatus(draft, event.admissionId, { kind: "withdrawn", at });
    case "admission.sentBack":
      return sendBack(draft, event.admissionId, at, event.by === "gate");
    case "participant.left":
      noteHostGoing(draft, event.admissionId, at);
      return setStatus(draft, event.admissionId, { kind: "left", at, reason: event.reason });
    case "participant.connected":
      return setConnection(draft, event.admissionId, {
        kind: "connected",
        connectionId: event.connectionId,
        since: at,
      });
    case "participant.dropped":
      return dropped(draft, event, at);
    default:
      return applyToBearing(draft, event, at);
  }
}

function applyToBearing(draft: Draft, event: MeetingEvent, at: number): void {
  switch (event.type) {
    case "participant.renamed":
      return renamed(draft, event);
    case "admission.agreed":
      return change(draft, event.admissionId, { agreed: { version: event.factSheet.version, at } });
    case "admission.deviceDeclared":
      return change(draft, event.admissionId, { deviceDeclaredAt: at });
    case "participant.roleChanged":
      return appointed(draft, event);
    case "participant.askedToUnmute":
      return change(draft, event.admissionId, { askedToUnmuteAt: at });
    case "participant.muted":
      if (event.source === "microphone")
        for (const admissionId of event.admissionIds) change(draft, admissionId, { askedToUnmuteAt: null });
      return;
    case "participant.handRaised":
      return change(draft, event.admissionId, { handRaisedAt: at });
    case "participant.handLowered":
      return change(draft, event.admissionId, { handRaisedAt: null });
    default:
      return;
  }
}

function requested(draft: Draft, event: EventOf<"admission.requested">, at: number): void {
  addAdmission(draft, {
    id: event.admissionId,
    principal: event.principal,
    displayName: event.personal.displayName,
    affiliation: event.personal.affiliation,
    role: event.role,
    external: event.external,
    named: event.named,
    requestedAt: at,
    revision: 1,
    sfuIdentity: null,
    status: { kind: "waiting" },
    wasInside: false,
    sentBackByRules: false,
    verification: null,
    // What this browser has said in this instance stays said.
    agreed: agreementOf(draft, event.principal),
    deviceDeclaredAt: declarationOf(draft, event.principal),
    callCheck: null,
    breakoutId: null,
    places: [],
    calledHostAt: null,
    handRaisedAt: null,
    askedToUnmuteAt: null,
  });
  if (draft.phase === "scheduled") draft.phase = "waiting_for_host";
}

function admitted(draft: Draft, event: EventOf<"admission.admitted">, at: number): void {
  const { admissionId, by, method, replaces } = event;
  setStatus(draft, admissionId, { kind: "admitted", at, by, connection: { kind: "absent", since: at } });
  const person = draft.admissions.get(admissionId);
  const breakoutId = person === undefined ? null : placeOnEntering(draft, person.principal);
  const places = [{ breakoutId, since: at }];
  change(draft, admissionId, { wasInside: true, sfuIdentity: event.sfuIdentity, breakoutId, places });
  draft.sfuIdentities.add(event.sfuIdentity);
  // What was seen in a call counts for the decision that it led to, and for none after it.
  change(draft, admissionId, { callCheck: null });
  if (method !== null && by !== "gate")
    change(draft, admissionId, {
      verification: { method, by, at, standInReason: event.personal.standInReason },
    });
  if (replaces !== null) setStatus(draft, replaces, { kind: "left", at, reason: "replaced" });
}

function banned(draft: Draft, event: EventOf<"admission.denied" | "participant.removed">, at: number): void {
  const person = draft.admissions.get(event.admissionId);
  if (person === undefined) return;
  const kind = event.type === "admission.denied" ? "denied" : "removed";
  const { banId, by } = event;
  draft.bans.set(banId, { id: banId, kind, admissionId: person.id, principal: person.principal, at, by });
  // ADM-8: nothing else ties this person to the next request, so the shared link stays shut for unproved people.
  if (comesBackUnknown(draft, person.principal)) draft.linkClosedToUnproved = true;
  // Not this device alone: a second one that waits, or is inside, goes with it (ADM-8: by no entrance).
  for (const admissionId of draft.byPerson.get(personKey(person.principal)) ?? []) {
    const status = draft.admissions.get(admissionId)?.status.kind;
    if (status !== "admitted" && status !== "waiting") continue;
    noteHostGoing(draft, admissionId, at);
    setStatus(draft, admissionId, { kind, at, by });
  }
}

/** Somebody was verified under a name: a name of one's own choice afterwards is not a verified one (IDN-4, SEC-6). */
function renamed(draft: Draft, event: EventOf<"participant.renamed">): void {
  const person = draft.admissions.get(event.admissionId);
  if (person === undefined) return;
  change(draft, person.id, {
    displayName: event.personal.displayName,
    affiliation: event.personal.affiliation,
    revision: person.revision + 1,
    verification: event.by === person.id ? null : person.verification,
    callCheck: null,
  });
}

function appointed(draft: Draft, event: EventOf<"participant.roleChanged">): void {
  const person = draft.admissions.get(event.admissionId);
  if (person === undefined) return;
  draft.appointed.set(personKey(person.principal), event.role);
  change(draft, person.id, { role: currentRole(draft, person.principal) });
}

/** A verification belongs to one stay: who is sent back is looked at again. */
export function sendBack(draft: Draft, admissionId: AdmissionId, at: number, byRules = false): void {
  noteHostGoing(draft, admissionId, at);
  const revision = (draft.admissions.get(admissionId)?.revision ?? 0) + 1;
  change(draft, admissionId, { verification: null, callCheck: null, revision, sentBackByRules: byRules });
  setStatus(draft, admissionId, { kind: "waiting" });
}

function setConnection(draft: Draft, admissionId: AdmissionId, connection: Connection): void {
  const status = draft.admissions.get(admissionId)?.status;
  if (status?.kind === "admitted") change(draft, admissionId, { status: { ...status, connection } });
}

/** A drop of an older connection, told late, must not mark the newer one absent. */
function dropped(draft: Draft, event: EventOf<"participant.dropped">, at: number): void {
  const status = draft.admissions.get(event.admissionId)?.status;
  if (status?.kind !== "admitted" || status.connection.kind !== "connected") return;
  if (status.connection.connectionId !== event.connectionId) return;
  setConnection(draft, event.admissionId, { kind: "absent", since: at });
}

export function noteHostGoing(draft: Draft, admissionId: AdmissionId, at: number): void {
  const person = draft.admissions.get(admissionId);
  const hosting = person?.role === "host" || person?.role === "coHost";
  if (hosting && person.status.kind === "admitted") draft.hostLeftAt = at;
}

/** What a guest has proved elsewhere ties nobody to the next request where this meeting does not ask for it. */
function comesBackUnknown({ settings }: Pick<Draft, "settings">, principal: Principal): boolean {
  if (principal.kind !== "guest") return false;
  const { guestProof, registration, whoMayJoin } = settings.policy.values;
  const asks = guestProof === "address" || registration === "required" || whoMayJoin !== "anyoneWithLink";
  return !asks || isUnproved(principal);
}
