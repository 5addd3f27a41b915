/**
 * A meeting in progress: one instance, folded from its events. Readonly throughout; `evolve` makes the next one.
 * Times are milliseconds since 1970 UTC, as the server's clock gave them when the event was decided.
 */
import type {
  AccountId,
  AdmissionId,
  BanId,
  BreakoutId,
  GuestId,
  InstanceId,
  MeetingId,
  RegistrationId,
  SfuIdentity,
  SfuRoom,
} from "../ids.ts";
import type { BarrierMask } from "../barrier/flags.ts";
import type { BarrierStamp } from "../barrier/context.ts";
import type { EffectivePolicy } from "../policy/combine.ts";
import type { Audience, Confidentiality } from "../policy/values.ts";
import type { MediaSource } from "../media-grants.ts";
import type { GivenName } from "../names/name-rule.ts";

/** Who asks. `device` tells two devices of one account apart: a session, or the guest's cookie itself. */
export type Principal =
  | {
      readonly kind: "account";
      readonly accountId: AccountId;
      readonly device: string;
      /** The browser's own identity, that of a guest in the same browser: a ban holds for both (ADM-8). */
      readonly browser?: GuestId;
      /** Registered for the meeting with the account's own address (INV-5). */
      readonly registration?: RegistrationId;
    }
  | {
      readonly kind: "guest";
      readonly guestId: GuestId;
      readonly device: string;
      /** Of the address that this browser has proved by code, lower case (BAR-7, BAR-8). */
      readonly provedDomain?: string;
      /** A keyed digest of that address: a ban holds for whoever proves it again, in whatever browser (ADM-8). */
      readonly provedAddress?: string;
      /** That address was invited to or registered for this very meeting (IDN-4). */
      readonly addressProved?: true;
      /** Came by the personal link of this registration, or proved its address (INV-5). A ban holds for it (ADM-8). */
      readonly registration?: RegistrationId;
      /** The name is that of an invitation or registration whose address was proved, and is not theirs to change (IDN-4). */
      readonly nameProved?: true;
    };

/** One key for one person, whatever the device. */
export function personKey(principal: Principal): string {
  return principal.kind === "account" ? `account:${principal.accountId}` : `guest:${principal.guestId}`;
}

export type Role = "host" | "coHost" | "verifier" | "participant";

/** Roles and names that the meeting's settings give to accounts; changed by an edit of the meeting. */
export type Appointments = {
  readonly host: AccountId;
  readonly coHosts: readonly AccountId[];
  readonly verifier: AccountId | null;
  readonly invitedAccounts: readonly AccountId[];
};

/** Names known beforehand; personal, so apart from the settings that stand in the chain. */
export type KnownNames = {
  /** Host and co-hosts: their names cannot be taken (ADM-10). */
  readonly hosts: readonly string[];
  /** Invited people without an account. */
  readonly invited: readonly string[];
  /** The same with their affiliations, and whoever has registered (INV-6). Absent in logs of before there were rules. */
  readonly people?: readonly GivenName[];
};

/** What was agreed to: a version of the meeting's fact sheet, counted from 1, and the digest of its text (INV-4). */
export type FactSheetVersion = { readonly version: number; readonly digest: string };

export type Agreement = { readonly version: number; readonly at: number };

export type InstanceSettings = {
  /** Of meeting and organisation together; a different one means the settings are older than the database's. */
  readonly version: string;
  readonly confidentiality: Confidentiality;
  readonly policy: EffectivePolicy;
  readonly appointments: Appointments;
};

/**
 * How somebody was verified (ADM-4). The first two need a verification call in which that medium arrived (ADM-13).
 * `registrationMatch`: the name is that of a registration whose address was proved; at low alone.
 */
export const verificationMethods = [
  ...(["voiceAndFace", "voice", "document", "knownPerson", "registrationMatch"] as const),
] as const;
export type VerificationMethod = (typeof verificationMethods)[number];

export type Verification = {
  readonly method: VerificationMethod;
  readonly by: AdmissionId;
  readonly at: number;
  /** Why host or co-host decided in the verifier's place (ADM-4); null where the verifier did. */
  readonly standInReason: string | null;
};

export type Connection =
  | { readonly kind: "connected"; readonly connectionId: string; readonly since: number }
  /** Not in the SFU: since the drop, or since the admission where nobody came yet. */
  | { readonly kind: "absent"; readonly since: number };

/** `policy`: removed by a new version of the barriers, which is not a ban (BAR-5). */
export type LeftReason = "own" | "absent" | "ended" | "replaced" | "policy";

export type AdmissionStatus =
  | { readonly kind: "waiting" }
  | {
      readonly kind: "admitted";
      readonly at: number;
      readonly by: AdmissionId | "gate";
      readonly connection: Connection;
    }
  | { readonly kind: "left"; readonly at: number; readonly reason: LeftReason }
  | { readonly kind: "withdrawn"; readonly at: number }
  /** Waited, and a barrier came in between (BAR-3). Not a ban: the next request is decided anew. */
  | { readonly kind: "barred"; readonly at: number; readonly version: number }
  | { readonly kind: "denied"; readonly at: number; readonly by: AdmissionId }
  | { readonly kind: "removed"; readonly at: number; readonly by: AdmissionId };

export type Admission = {
  readonly id: AdmissionId;
  readonly principal: Principal;
  readonly displayName: string;
  /** 所属, as the person wrote it; for accounts the organisation's name. */
  readonly affiliation: string;
  readonly role: Role;
  /** Not of this organisation: no account here. */
  readonly external: boolean;
  /** Named for the meeting by invitation or domain when they asked; where only named people may join, it is asked again. */
  readonly named: boolean;
  readonly requestedAt: number;
  /** Grows with each change a host should look at again before deciding (ui.md 7.7, rule 5). */
  readonly revision: number;
  /** What the SFU calls this person in the present stay, or called in the last one; null before the first. */
  readonly sfuIdentity: SfuIdentity | null;
  readonly status: AdmissionStatus;
  /** Was admitted at some time in this instance (MTG-4: only such a person is told that it ended). */
  readonly wasInside: boolean;
  /** Sent back because the meeting's rules were tightened, and by no person (CNF-5). */
  readonly sentBackByRules: boolean;
  readonly verification: Verification | null;
  /** To the fact sheet, with the word for the own organisation's policy (INV-4). */
  readonly agreed: Agreement | null;
  /** When this person last declared that this device is permitted (SEC-8). */
  readonly deviceDeclaredAt: number | null;
  /** What arrived of this applicant in the last verification call; null without one, or since the row changed. */
  readonly callCheck: CallCheck | null;
  /** The breakout room that this person is in; null: the main one, and whoever is not inside (SEC-4). */
  readonly breakoutId: BreakoutId | null;
  /** Where this person has been in this stay, oldest first; the last is where the person is. */
  readonly places: readonly Place[];
  /** When this person last asked a host to come into the breakout room; null once a host did. */
  readonly calledHostAt: number | null;
  readonly handRaisedAt: number | null;
  /** When a host last asked this person to unmute (SEC-3: nobody is unmuted from afar). */
  readonly askedToUnmuteAt: number | null;
};

/** What the verifier was sent of an applicant for long enough, as the server measured it (ADM-4). */
export type CallCheck = {
  /** Nobody else may refer to it. */
  readonly by: AdmissionId;
  readonly voice: boolean;
  readonly face: boolean;
};

/** One verifier and one applicant, apart from everybody else (ADM-13). */
export type VerificationCall = {
  readonly applicantId: AdmissionId;
  readonly verifierId: AdmissionId;
  readonly askedAt: number;
  /** Null until the applicant has agreed: until then nobody moves, and there is no room. */
  readonly running: {
    readonly sfuRoom: SfuRoom;
    readonly since: number;
    /** The applicant's; the verifier's is that of the verifier's stay. */
    readonly connection: Connection;
  } | null;
};

/** From when on somebody was in a room; null: the main one. */
export type Place = { readonly breakoutId: BreakoutId | null; readonly since: number };

export type Breakout = {
  readonly id: BreakoutId;
  readonly name: string;
  /** Fresh for each opening, so that nothing meant for an earlier one reaches it; null while closed. */
  readonly sfuRoom: SfuRoom | null;
};

/** Breakout rooms (SEC-4). Part of the meeting in every respect: who is in one is inside, and nobody else is. */
export type Breakouts = {
  /** `closing`: people have been told to come back; at `closesAt` everybody is brought back. */
  readonly phase: "closed" | "open" | "closing";
  /** In the hosts' order. */
  readonly rooms: ReadonlyMap<BreakoutId, Breakout>;
  readonly choose: boolean;
  readonly mayReturn: boolean;
  readonly closesAt: number | null;
  /** Under `personKey`: another device, and the next opening, find it. */
  readonly assignments: ReadonlyMap<string, BreakoutId>;
};

export type Ban = {
  readonly id: BanId;
  readonly kind: "removed" | "denied";
  readonly admissionId: AdmissionId;
  readonly principal: Principal;
  readonly at: number;
  readonly by: AdmissionId;
};

/** Narrowings that hosts make in the meeting, on top of the policy; they never open what the policy closes. */
export type Rights = {
  readonly screenShare: Audience;
  readonly chat: Audience;
  readonly rename: Audience;
  readonly unmute: Audience;
};

export type Phase = "scheduled" | "waiting_for_host" | "live" | "ended";

/** `main`, or the applicant's id for the keys of a verification call (ADM-13). */
export type KeyGroupName = "main" | AdmissionId;

/** One commit as the log knows it: who added and removed whom. Its bytes lie beside the log, found by their digest. */
export type KeyCommit = {
  /** The epoch that it ended; it leads to the next. */
  readonly epoch: number;
  readonly by: AdmissionId;
  readonly added: readonly AdmissionId[];
  readonly removed: readonly AdmissionId[];
  /** SHA-256 of the commit, base64url. */
  readonly digest: string;
};

/** What the server knows of an MLS group (ENC-2): the order of its commits and who is in it. No key, ever. */
export type KeyGroup = {
  /** Grows when a host has to begin anew because nobody is left who could add the others. */
  readonly generation: number;
  readonly foundedAt: number;
  readonly founder: AdmissionId;
  readonly epoch: number;
  /** Added in the stay they are in now. */
  readonly members: ReadonlySet<AdmissionId>;
  readonly commits: readonly KeyCommit[];
};

/** Digests of the key packages that people's devices have offered for a group, by person. */
export type KeyOffers = ReadonlyMap<AdmissionId, string>;

export type InstanceState = {
  readonly instanceId: InstanceId;
  readonly meetingId: MeetingId;
  readonly sfuRoom: SfuRoom;
  readonly seq: number;
  readonly phase: Phase;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly settings: InstanceSettings;
  readonly names: KnownNames;
  readonly locked: { readonly by: AdmissionId; readonly at: number } | null;
  readonly suspended: { readonly by: AdmissionId; readonly at: number } | null;
  /** The host's switch inside the meeting; only counts where the policy leaves it open. */
  readonly waitingRoomOff: boolean;
  readonly rights: Rights;
  readonly hostMessage: string;
  /** Set by removing or denying somebody unproved (ADM-8). */
  readonly linkClosedToUnproved: boolean;
  /** When the last host or co-host left on purpose or was sent away; for the time they have been gone (ADM-9). */
  readonly hostLeftAt: number | null;
  readonly admissions: ReadonlyMap<AdmissionId, Admission>;
  /** Index: who is admitted now. */
  readonly inside: ReadonlySet<AdmissionId>;
  /** Index: who waits now. */
  readonly waiting: ReadonlySet<AdmissionId>;
  /** Every name that somebody of ours has had at the SFU. */
  readonly sfuIdentities: ReadonlySet<SfuIdentity>;
  /** Roles given or taken in the meeting, under `personKey`; they outlast a stay (SEC-7). */
  readonly appointed: ReadonlyMap<string, "coHost" | "participant">;
  /** Index: a person's admissions, oldest first, under `personKey`. */
  readonly byPerson: ReadonlyMap<string, readonly AdmissionId[]>;
  readonly bans: ReadonlyMap<BanId, Ban>;
  readonly breakouts: Breakouts;
  /** Under the applicant. */
  readonly calls: ReadonlyMap<AdmissionId, VerificationCall>;
  /** ENC-2: empty where the mode is transport. */
  readonly keyGroups: ReadonlyMap<KeyGroupName, KeyGroup>;
  readonly keyOffers: ReadonlyMap<KeyGroupName, KeyOffers>;
  /** What barriers have last done here: the stamp of that version, and what nobody may do now (BAR-4). */
  readonly barrier: { readonly stamp: BarrierStamp; readonly mask: BarrierMask };
};

export type { MediaSource };
