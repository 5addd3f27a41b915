/** The part of `evolve` that concerns verification calls (ADM-13). */
import { change, type Draft } from "./draft.ts";
import type { EventOf, MeetingEvent } from "./events.ts";
import { dropGroup } from "./evolve-keys.ts";
import { move } from "./evolve-breakouts.ts";
import type { AdmissionId } from "../ids.ts";
import type { Connection } from "./state.ts";

/** True if the event was one of these, and was applied. */
export function applyToCalls(draft: Draft, event: MeetingEvent, at: number): boolean {
  switch (event.type) {
    case "verificationCall.asked":
      asked(draft, event, at);
      return true;
    case "verificationCall.begun":
      begun(draft, event, at);
      return true;
    case "verificationCall.connected":
      setConnection(draft, event.admissionId, {
        kind: "connected",
        connectionId: event.connectionId,
        since: at,
      });
      return true;
    case "verificationCall.dropped":
      dropped(draft, event, at);
      return true;
    case "verificationCall.received":
      received(draft, event);
      return true;
    case "verificationCall.ended":
      draft.calls.delete(event.admissionId);
      dropGroup(draft, event.admissionId);
      for (const one of event.moves) move(draft, one, at);
      return true;
    default:
      return false;
  }
}

/** What arrived in an earlier call counts no more: whoever decides refers to this one. */
function asked(draft: Draft, event: EventOf<"verificationCall.asked">, at: number): void {
  draft.calls.set(event.admissionId, {
    applicantId: event.admissionId,
    verifierId: event.by,
    askedAt: at,
    running: null,
  });
  change(draft, event.admissionId, { callCheck: { by: event.by, voice: false, face: false } });
}

function begun(draft: Draft, event: EventOf<"verificationCall.begun">, at: number): void {
  const call = draft.calls.get(event.admissionId);
  if (call === undefined) return;
  const connection: Connection = { kind: "absent", since: at };
  draft.calls.set(event.admissionId, {
    ...call,
    running: { sfuRoom: event.sfuRoom, since: at, connection },
  });
  change(draft, event.admissionId, { sfuIdentity: event.sfuIdentity });
  draft.sfuIdentities.add(event.sfuIdentity);
  for (const one of event.moves) move(draft, one, at);
}

function setConnection(draft: Draft, admissionId: AdmissionId, connection: Connection): void {
  const call = draft.calls.get(admissionId);
  if (call?.running) draft.calls.set(admissionId, { ...call, running: { ...call.running, connection } });
}

/** A drop of an older connection, told late, must not mark the newer one absent. */
function dropped(draft: Draft, event: EventOf<"verificationCall.dropped">, at: number): void {
  const connection = draft.calls.get(event.admissionId)?.running?.connection;
  if (connection?.kind !== "connected" || connection.connectionId !== event.connectionId) return;
  setConnection(draft, event.admissionId, { kind: "absent", since: at });
}

function received(draft: Draft, event: EventOf<"verificationCall.received">): void {
  const check = draft.admissions.get(event.admissionId)?.callCheck ?? null;
  if (check !== null) change(draft, event.admissionId, { callCheck: { ...check, [event.medium]: true } });
}
