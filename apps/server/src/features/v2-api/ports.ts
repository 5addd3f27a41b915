/** What this surface needs of the rest of the server; handed over by the server's composition. */
import type { MeetingInput, StoredRules } from "@sekisho/contract";
import type { BarrierChange, BarrierModel, BarrierPolicyId } from "@sekisho/domain";
import type { LogActor } from "../../platform/evidence/organisation-log.ts";

export type ApiWrite = {
  readonly origin: "api" | "push";
  readonly actor: LogActor;
  readonly reason: string;
  /** The version that the change was made on; another one now is `barriers_changed`. */
  readonly baseVersion: number | null;
};
export type ApiWritten = {
  readonly version: number;
  readonly changes: number;
  readonly pendingId: string | null;
};

/** `unknown`: members without an account here; they were left out. */
export type ApiReplaced = ApiWritten & { readonly unknown: readonly string[] };

/** Of the newest change of a policy. */
export type PolicyNote = {
  readonly version: number;
  readonly reason: string;
  readonly approvedBy: string | null;
};

export type ApiBarriers = {
  /** As the database has it now. */
  read(): Promise<BarrierModel>;
  write(changes: readonly BarrierChange[], how: ApiWrite): Promise<ApiWritten>;
  /** Reads a whole document and replaces everything by it, as one version. */
  replaceBy(document: unknown, how: ApiWrite): Promise<ApiReplaced>;
  notes(ids: readonly BarrierPolicyId[]): Promise<ReadonlyMap<BarrierPolicyId, PolicyNote>>;
  /** Policies with a loosening that waits for a second person (BAR-6). */
  pendingPolicies(): Promise<ReadonlySet<BarrierPolicyId>>;
};

type ServiceActor = Extract<LogActor, { readonly id: string }>;

export type MeetingHost = {
  readonly id: string;
  readonly display_name: string;
  readonly email: string;
  readonly locale: "ja" | "en";
};

/** A meeting as services see it; times in ms since 1970 UTC. */
export type ServiceMeeting = {
  readonly id: string;
  /** 10 digits of a personal meeting, 11 of another. */
  readonly number: string;
  readonly joinUrl: string;
  readonly host: MeetingHost;
  readonly personalNumber: string;
  /** What was asked for. */
  readonly input: MeetingInput;
  /** What is in force of it, after organisation and class. */
  readonly effective: Pick<
    MeetingInput,
    "waitingRoom" | "joinBeforeHost" | "muteOnEntry" | "whoMayJoin" | "visibility" | "encryption"
  >;
  readonly coHostEmails: readonly string[];
  readonly createdAt: number;
  /** Of the occurrence that is on or next; where all are over, the first. */
  readonly startsAt: number;
  /** Of a recurring meeting. */
  readonly occurrences: readonly { readonly startsAt: number; readonly endsAt: number }[];
  readonly status: "scheduled" | "live" | "ended";
};

export type MeetingAbout = {
  readonly rules: StoredRules;
  readonly defaults: Omit<MeetingInput, "topic" | "confidentiality" | "start" | "timeZone">;
  readonly host: MeetingHost;
  readonly now: number;
};

export type ApiMeetings = {
  /** By number or id; a personal number means its next meeting. Null for unknown and cancelled ones. */
  find(numberOrId: string): Promise<ServiceMeeting | null>;
  /** Cancelled or not; null where there is none. */
  describe(meetingId: string): Promise<ServiceMeeting | null>;
  ofHost(hostId: string): Promise<readonly ServiceMeeting[]>;
  create(
    hostId: string,
    make: (about: MeetingAbout) => { readonly input: MeetingInput; readonly passcode: string | null },
    by: ServiceActor,
  ): Promise<{ readonly meeting: ServiceMeeting; readonly passcode: string | null }>;
  change(
    meetingId: string,
    change: {
      readonly make: (before: MeetingInput) => MeetingInput;
      /** Null: as before. One that may not be is refused before anything is changed. */
      readonly passcode: string | null;
    },
    by: ServiceActor,
  ): Promise<void>;
  cancel(meetingId: string, by: ServiceActor): Promise<void>;
  /** False where it is not in progress. */
  end(meetingId: string, by: ServiceActor): Promise<boolean>;
};

export type ApiAccounts = {
  /** Throws `email_taken`. Answers the invitation's id and its link. */
  invite(
    person: { readonly email: string; readonly displayName: string; readonly by: string },
    actor: LogActor,
  ): Promise<{ readonly id: string; readonly url: string }>;
  /** False where there is none that is open. */
  revokeInvitation(id: string, actor: LogActor): Promise<boolean>;
  /** Throws `not_allowed` for owners, `not_found`. */
  setDisabled(accountId: string, disabled: boolean, actor: LogActor): Promise<void>;
  /** Throws `bad_request` for a name that may not be. */
  rename(
    accountId: string,
    change: { readonly displayName?: string; readonly locale?: "ja" | "en" },
    actor: LogActor,
  ): Promise<void>;
};
