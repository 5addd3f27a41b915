/** What people and the server itself can ask of an instance. `actor` is always found from the session, never sent. */
import type { AdmissionId, BanId, BreakoutId } from "../../ids.ts";
import type { BarrierContext } from "../../barrier/context.ts";
import type { MediaSource } from "../../media-grants.ts";
import type { RequestEntrance } from "../entrance.ts";
import type { CallMedium, IntruderReason, MeetingEvent } from "../events.ts";
import type {
  InstanceSettings,
  KeyGroupName,
  KnownNames,
  Principal,
  Rights,
  VerificationMethod,
} from "../state.ts";

/** One row as the host saw it: refused if it has changed since (ui.md 7.7, rule 5). */
export type RowSeen = { readonly admissionId: AdmissionId; readonly revision: number };

export type PersonCommand =
  | {
      readonly type: "admission.admit";
      readonly rows: readonly RowSeen[];
      readonly method: VerificationMethod | null;
      readonly standInReason: string | null;
    }
  | { readonly type: "admission.deny"; readonly rows: readonly RowSeen[] }
  | { readonly type: "admission.sendBack"; readonly admissionId: AdmissionId }
  | { readonly type: "admission.withdraw" }
  | { readonly type: "participant.leave"; readonly handTo: AdmissionId | null }
  | { readonly type: "participant.remove"; readonly admissionId: AdmissionId; readonly report: boolean }
  | {
      readonly type: "participant.mute";
      readonly admissionIds: readonly AdmissionId[] | "others";
      readonly source: MediaSource;
    }
  | { readonly type: "participant.askToUnmute"; readonly admissionId: AdmissionId }
  | {
      readonly type: "participant.rename";
      readonly admissionId: AdmissionId;
      readonly displayName: string;
      readonly affiliation: string;
    }
  | {
      readonly type: "participant.appoint";
      readonly admissionId: AdmissionId;
      readonly role: "coHost" | "participant";
    }
  | { readonly type: "participant.report"; readonly admissionId: AdmissionId }
  | { readonly type: "hand.raise" }
  | { readonly type: "hand.lower"; readonly admissionId: AdmissionId }
  | { readonly type: "ban.lift"; readonly banId: BanId }
  | { readonly type: "link.reopen" }
  | { readonly type: "meeting.lock"; readonly locked: boolean }
  | { readonly type: "meeting.suspend" }
  | { readonly type: "meeting.resume" }
  | {
      readonly type: "meeting.setWaitingRoom";
      readonly on: boolean;
      readonly waiting: "keep" | "admit" | "deny";
    }
  | { readonly type: "meeting.setRights"; readonly rights: Rights }
  | { readonly type: "meeting.setHostMessage"; readonly message: string }
  | { readonly type: "meeting.end" }
  | CallCommand
  | KeyCommand
  | BreakoutCommand;

/** ADM-13. `end`: by whichever side asks. */
export type CallCommand =
  | { readonly type: "verificationCall.start"; readonly row: RowSeen }
  | { readonly type: "verificationCall.answer"; readonly accept: boolean }
  | { readonly type: "verificationCall.end" };

/** SEC-4. `minutes` from now, null: without a timer. */
export type BreakoutCommand =
  | {
      readonly type: "breakout.arrange";
      readonly rooms: readonly { readonly id: BreakoutId | null; readonly name: string }[];
      readonly choose: boolean;
      readonly mayReturn: boolean;
    }
  | {
      readonly type: "breakout.assign";
      readonly assignments: readonly {
        readonly admissionId: AdmissionId;
        readonly breakoutId: BreakoutId | null;
      }[];
    }
  | { readonly type: "breakout.distribute" }
  | { readonly type: "breakout.open"; readonly minutes: number | null }
  | { readonly type: "breakout.setTimer"; readonly minutes: number | null }
  | { readonly type: "breakout.close"; readonly atOnce: boolean }
  | { readonly type: "breakout.go"; readonly breakoutId: BreakoutId | null }
  | { readonly type: "breakout.callHost" }
  | { readonly type: "breakout.endCall"; readonly admissionId: AdmissionId };

/** ENC-2, ENC-7: what members say of their group's keys; the content is theirs alone. */
export type KeyCommand =
  | { readonly type: "keys.offer"; readonly group: KeyGroupName; readonly digest: string }
  | { readonly type: "keys.found"; readonly group: KeyGroupName; readonly generation: number }
  | {
      readonly type: "keys.commit";
      readonly group: KeyGroupName;
      readonly generation: number;
      readonly epoch: number;
      readonly added: readonly AdmissionId[];
      readonly removed: readonly AdmissionId[];
      readonly digest: string;
    };

/** What only the server asks: nobody's request reaches these. */
export type SystemCommand =
  | { readonly type: "gate.request"; readonly entrance: RequestEntrance }
  | {
      readonly type: "gate.connected";
      readonly admissionId: AdmissionId;
      readonly connectionId: string;
      /** Of the stay for which the connection was allowed. */
      readonly sfuIdentity: string;
    }
  | { readonly type: "gate.dropped"; readonly admissionId: AdmissionId; readonly connectionId: string }
  /** What the SFU has sent on to the verifier of an applicant, without a break, for `callMediumMs` (ADM-4). */
  | {
      readonly type: "gate.mediumReceived";
      readonly admissionId: AdmissionId;
      /** Of the applicant's stay in which it was measured. */
      readonly sfuIdentity: string;
      readonly medium: CallMedium;
    }
  /** The meeting was cancelled. */
  | { readonly type: "gate.end"; readonly reason: "cancelled" | "policy" }
  /** A session ended or its account was disabled: what it held here is given up (IDN-5). */
  | { readonly type: "gate.deviceEnded"; readonly device: string }
  | { readonly type: "gate.intruder"; readonly sfuIdentity: string; readonly reason: IntruderReason }
  | { readonly type: "clock.tick"; readonly scheduledEnd: number | null }
  | { readonly type: "settings.change"; readonly settings: InstanceSettings; readonly names: KnownNames }
  /** The barriers of this moment, applied to who is here (BAR-5). */
  | { readonly type: "barrier.apply" }
  | { readonly type: "evidence.note"; readonly event: MeetingEvent };

export type Command = PersonCommand | SystemCommand;

export type DecideContext = {
  /** ms since 1970 UTC. */
  readonly now: number;
  /** A fresh unguessable id: 128 bits or more in URL-safe letters. */
  readonly newId: () => string;
  /** The caller, for a person's command. */
  readonly actor: Principal | null;
  readonly limits: GateLimits;
  readonly barrier: BarrierContext;
};

export type GateLimits = {
  /** Most people in one instance at a time. */
  readonly capacity: number;
  /** Most people without an account who wait at a time. */
  readonly waitingCapacity: number;
  /** ADM-7: who drops may return within this time; default 120 000 ms. */
  readonly dropGraceMs: number;
  /** ADM-9: everybody waits again after hosts have been gone for this long; default 300 000 ms. */
  readonly hostsAwayMs: number;
  /** MTG-3: an instance ends this long after its scheduled end with nobody in it; 3 600 000 ms. */
  readonly emptyAfterEndMs: number;
  /** ENC-7: so long whoever was admitted may wait for the keys; default 10 000 ms. */
  readonly keysMs?: number;
};

export type RejectionCode =
  | "not_in_meeting"
  | "not_allowed"
  | "no_such_person"
  | "already_decided"
  | "request_changed"
  | "meeting_locked"
  | "host_not_present"
  | "verifier_only"
  | "method_required"
  | "reason_required"
  | "admit_all_forbidden"
  | "fixed_by_policy"
  | "name_not_accepted"
  | "name_against_rule"
  | "host_cannot_be_removed"
  | "capacity"
  | "not_admissible"
  | "nothing_to_do"
  | "meeting_not_live"
  | "breakouts_open"
  | "breakouts_closed"
  | "breakouts_closing"
  | "no_such_breakout"
  | "call_under_way"
  | "call_over"
  | "call_needed"
  /** Somebody else's commit of this epoch was first, or the group has begun anew. */
  | "keys_taken"
  | "keys_not_ready";

export type Decision<Result = unknown> =
  | { readonly kind: "accepted"; readonly events: readonly MeetingEvent[]; readonly result: Result }
  | { readonly kind: "rejected"; readonly code: RejectionCode };

export function accepted(events: readonly MeetingEvent[]): Decision<null>;
export function accepted<R>(events: readonly MeetingEvent[], result: R): Decision<R>;
export function accepted(events: readonly MeetingEvent[], result: unknown = null): Decision {
  return { kind: "accepted", events, result };
}

export function rejected(code: RejectionCode): Decision<never> {
  return { kind: "rejected", code };
}
