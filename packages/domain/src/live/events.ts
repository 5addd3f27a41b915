/**
 * What happened in an instance. The log of these is the truth; the state is their fold, and the evidence of AUD-1.
 * Fields under `personal` are kept sealed beside the chain; the chain itself holds only salted commitments to them.
 */
import type { AdmissionId, BanId, BreakoutId, InstanceId, MeetingId, SfuIdentity, SfuRoom } from "../ids.ts";
import type { BarrierStamp } from "../barrier/context.ts";
import type { BarrierMask } from "../barrier/flags.ts";
import type { MediaSource } from "../media-grants.ts";
import type {
  FactSheetVersion,
  InstanceSettings,
  KeyGroupName,
  KnownNames,
  Principal,
  Rights,
  Role,
  VerificationMethod,
} from "./state.ts";

export type PersonalName = { readonly displayName: string; readonly affiliation: string };

/** A stay in one room ends and another begins: to the SFU it is somebody else in another room. */
export type Move = {
  readonly admissionId: AdmissionId;
  readonly breakoutId: BreakoutId | null;
  readonly sfuIdentity: SfuIdentity;
};

export type CallMedium = "voice" | "face";

/** `over`: what stands before it in the log ended it: a decision about the applicant, a lock, a stop, a barrier … */
export type CallEnd = "verifier" | "applicant" | "unanswered" | "lost" | "over";

type Bodies = {
  "instance.opened": {
    readonly instanceId: InstanceId;
    readonly meetingId: MeetingId;
    readonly sfuRoom: SfuRoom;
    readonly settings: InstanceSettings;
    readonly personal: KnownNames;
  };
  "instance.settingsChanged": { readonly settings: InstanceSettings; readonly personal: KnownNames };
  "instance.started": { readonly by: AdmissionId };
  "instance.hostsGone": { readonly sentBack: readonly AdmissionId[] };
  "instance.ended": {
    readonly by: AdmissionId | "gate";
    readonly reason: "host" | "empty" | "cancelled" | "policy";
  };
  "instance.reopened": { readonly by: AdmissionId };
  "admission.requested": {
    readonly admissionId: AdmissionId;
    readonly principal: Principal;
    readonly role: Role;
    readonly external: boolean;
    readonly named: boolean;
    /** Of the barriers behind this decision; as in the other events (BAR-15). */
    readonly barrier: BarrierStamp;
    readonly personal: PersonalName;
  };
  /** INV-4: agreed to this version, and that taking part accords with the own organisation's policy. */
  "admission.agreed": { readonly admissionId: AdmissionId; readonly factSheet: FactSheetVersion };
  /** SEC-8: the device is issued, or permitted, by the own organisation. */
  "admission.deviceDeclared": { readonly admissionId: AdmissionId };
  "admission.refused": {
    readonly principal: Principal;
    readonly reason: RefusalReason;
    readonly reference: string;
    readonly barrier: BarrierStamp;
    readonly personal: PersonalName;
  };
  "admission.admitted": {
    readonly admissionId: AdmissionId;
    readonly by: AdmissionId | "gate";
    /** Fresh for each stay: nothing that was meant for an earlier one, a late removal say, reaches this one. */
    readonly sfuIdentity: SfuIdentity;
    readonly method: VerificationMethod | null;
    readonly personal: { readonly standInReason: string | null };
    /** The connection of the same account on another device that this one takes over. */
    readonly replaces: AdmissionId | null;
    readonly barrier: BarrierStamp;
  };
  /** A new version of the barriers, or somebody's admission, left no place for these people (BAR-3, BAR-5). */
  "barrier.swept": {
    readonly barrier: BarrierStamp;
    readonly removed: readonly AdmissionId[];
    readonly barred: readonly AdmissionId[];
  };
  /** What nobody may do while these people are in the meeting, whoever may otherwise (BAR-4). */
  "barrier.masked": { readonly barrier: BarrierStamp; readonly mask: BarrierMask };
  "admission.denied": { readonly admissionId: AdmissionId; readonly by: AdmissionId; readonly banId: BanId };
  "admission.withdrawn": { readonly admissionId: AdmissionId };
  "admission.sentBack": { readonly admissionId: AdmissionId; readonly by: AdmissionId | "gate" };
  "participant.connected": { readonly admissionId: AdmissionId; readonly connectionId: string };
  "participant.dropped": { readonly admissionId: AdmissionId; readonly connectionId: string };
  /** `policy`: came in without an account, by an exception that was withdrawn (BAR-8). */
  "participant.left": { readonly admissionId: AdmissionId; readonly reason: "own" | "absent" | "policy" };
  "participant.removed": {
    readonly admissionId: AdmissionId;
    readonly by: AdmissionId;
    readonly banId: BanId;
    readonly reported: boolean;
  };
  "participant.renamed": {
    readonly admissionId: AdmissionId;
    readonly by: AdmissionId;
    readonly personal: PersonalName;
  };
  "participant.roleChanged": {
    readonly admissionId: AdmissionId;
    readonly by: AdmissionId;
    readonly role: "coHost" | "participant";
  };
  "participant.muted": {
    readonly admissionIds: readonly AdmissionId[];
    readonly by: AdmissionId;
    readonly source: MediaSource;
  };
  "participant.askedToUnmute": { readonly admissionId: AdmissionId; readonly by: AdmissionId };
  "participant.handRaised": { readonly admissionId: AdmissionId };
  "participant.handLowered": { readonly admissionId: AdmissionId; readonly by: AdmissionId };
  "participant.reported": { readonly admissionId: AdmissionId; readonly by: AdmissionId };
  "ban.lifted": { readonly banId: BanId; readonly by: AdmissionId };
  "link.reopened": { readonly by: AdmissionId };
  "meeting.locked": { readonly by: AdmissionId };
  "meeting.unlocked": { readonly by: AdmissionId };
  "meeting.suspended": { readonly by: AdmissionId };
  "meeting.resumed": { readonly by: AdmissionId };
  "meeting.waitingRoomTurnedOff": { readonly by: AdmissionId };
  "meeting.waitingRoomTurnedOn": { readonly by: AdmissionId };
  "meeting.rightsChanged": { readonly by: AdmissionId; readonly rights: Rights };
  "meeting.hostMessageChanged": { readonly by: AdmissionId; readonly personal: { readonly message: string } };
  /** The rooms and their rules, whole; the names lie sealed, since they tell what is talked about. */
  "breakout.arranged": {
    readonly by: AdmissionId;
    readonly rooms: readonly BreakoutId[];
    readonly choose: boolean;
    readonly mayReturn: boolean;
    /** In the order of `rooms`. */
    readonly personal: { readonly names: readonly string[] };
  };
  "breakout.assigned": {
    readonly by: AdmissionId;
    readonly assignments: readonly {
      readonly admissionId: AdmissionId;
      readonly breakoutId: BreakoutId | null;
    }[];
  };
  "breakout.opened": {
    readonly by: AdmissionId;
    readonly rooms: readonly { readonly breakoutId: BreakoutId; readonly sfuRoom: SfuRoom }[];
    readonly closesAt: number | null;
    readonly moves: readonly Move[];
  };
  "breakout.moved": { readonly by: AdmissionId; readonly moves: readonly Move[] };
  "breakout.timerSet": { readonly by: AdmissionId; readonly closesAt: number | null };
  "breakout.closing": { readonly by: AdmissionId | "gate"; readonly closesAt: number };
  "breakout.closed": { readonly by: AdmissionId | "gate"; readonly moves: readonly Move[] };
  "breakout.hostCalled": { readonly admissionId: AdmissionId; readonly breakoutId: BreakoutId };
  "breakout.callEnded": { readonly admissionId: AdmissionId; readonly by: AdmissionId };
  /** ADM-13: somebody who waits is asked to show who they are. Nobody has moved yet. */
  "verificationCall.asked": {
    readonly admissionId: AdmissionId;
    readonly by: AdmissionId;
    readonly barrier: BarrierStamp;
  };
  /** The applicant agreed. `moves` is the verifier's, out of the meeting's room. */
  "verificationCall.begun": {
    readonly admissionId: AdmissionId;
    readonly by: AdmissionId;
    readonly sfuRoom: SfuRoom;
    /** The applicant's; good in that room alone. */
    readonly sfuIdentity: SfuIdentity;
    readonly moves: readonly Move[];
    readonly barrier: BarrierStamp;
  };
  /** Of the applicant; the verifier's are those of a participant. */
  "verificationCall.connected": { readonly admissionId: AdmissionId; readonly connectionId: string };
  "verificationCall.dropped": { readonly admissionId: AdmissionId; readonly connectionId: string };
  /** The verifier has been sent this of the applicant for long enough, as the server measured it. */
  "verificationCall.received": { readonly admissionId: AdmissionId; readonly medium: CallMedium };
  "verificationCall.ended": {
    readonly admissionId: AdmissionId;
    readonly by: AdmissionId | "gate";
    readonly reason: CallEnd;
    /** The verifier back to where the meeting goes on; nobody else. */
    readonly moves: readonly Move[];
  };
  /** ENC-7: a device of this person has made a key package; the package lies beside the log. */
  "keys.offered": {
    readonly admissionId: AdmissionId;
    readonly group: KeyGroupName;
    readonly digest: string;
  };
  "keys.founded": { readonly by: AdmissionId; readonly group: KeyGroupName; readonly generation: number };
  "keys.committed": {
    readonly by: AdmissionId;
    readonly group: KeyGroupName;
    readonly generation: number;
    /** The epoch that this commit ends. */
    readonly epoch: number;
    readonly added: readonly AdmissionId[];
    readonly removed: readonly AdmissionId[];
    readonly digest: string;
  };
  /** ENC-7: admitted, and added to the group's keys by nobody in time: back to the waiting room. */
  "keys.missed": { readonly admissionId: AdmissionId };
  "passcode.shown": { readonly by: string };
  "passcode.changed": { readonly by: string };
  /** Somebody was in the SFU whom the gate had not admitted (ADM-11). */
  "sfu.intruderEjected": { readonly sfuIdentity: string; readonly reason: IntruderReason };
};

export type EventType = keyof Bodies;
export type EventOf<T extends EventType> = { readonly type: T } & Bodies[T];
export type MeetingEvent = { readonly [T in EventType]: EventOf<T> }[EventType];

/** An event in its place: `seq` counts from 1 in the instance, `at` is ms since 1970 UTC, never decreasing. */
export type RecordedEvent = { readonly seq: number; readonly at: number; readonly event: MeetingEvent };

/**
 * Why somebody was ejected from the SFU: not in the roster; in it with rights nobody of ours has; or with two tracks of
 * one source in two looks (one look could fall between the end of a track and the start of the next).
 */
export type IntruderReason = "notInRoster" | "foreignRights" | "surplusTracks";

/** Why a person may not come in. Only the audit log tells these apart: the answers look alike (ADM, BAR, MTG-4). */
export type RefusalReason =
  | "removed_before"
  | "denied_before"
  | "link_closed"
  | "capacity"
  | "barrier"
  | "barrier_unknown";
