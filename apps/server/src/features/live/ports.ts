/** What the live meeting needs to know of scheduled ones; given by the server's composition. */
import type { FactSheetView } from "@sekisho/contract";
import type { BarrierContext, InstanceSettings, KnownNames, MeetingId } from "@sekisho/domain";
import type { Caller } from "../../platform/http/caller.ts";

export type Occurrence = { readonly key: string; readonly startsAt: number; readonly endsAt: number };

export type MeetingDescription = {
  readonly meetingId: MeetingId;
  readonly cancelled: boolean;
  /** Its host has not said yet that the server may be able to decrypt: it does not begin (CNF-1). */
  readonly riskOpen: boolean;
  readonly topic: string;
  readonly visibility: "private" | "public";
  readonly timeZone: string;
  readonly hostVideo: boolean;
  readonly participantVideo: boolean;
  readonly settings: InstanceSettings;
  readonly names: KnownNames;
  readonly allowedDomains: readonly string[];
  readonly verifierName: string | null;
  /** Addresses of invited people, lower case, of any kind. */
  readonly invitedEmails: readonly string[];
  /** Invited people without an account: whoever proves the address is called so (IDN-4). */
  readonly invitees: readonly {
    readonly name: string;
    readonly organisation: string;
    readonly email: string;
  }[];
  /** The occurrence that is on or next at `now` (ms since 1970 UTC); null when all are over. */
  occurrenceAt(now: number): Occurrence | null;
  /** Constant time; false where the meeting has none. */
  passcodeMatches(typed: string): boolean;
};

export type MeetingDirectory = {
  /** `value`: a link's secret part or a meeting number. Unknown and cancelled meetings are null alike. */
  find(
    value: string,
  ): Promise<{ readonly meeting: MeetingDescription; readonly by: "link" | "number" } | null>;
  /** As the database has it now, for the settings of a running instance. */
  describe(meetingId: string): Promise<MeetingDescription | null>;
  organisationName(): Promise<string>;
};

/** The information barriers, as the organisation's versions of them stand in the database (BAR-5, BAR-10). */
export type BarrierSource = {
  /** The newest that this process knows. */
  current(): BarrierContext;
  /**
   * In force at `version` or a later one; brings this process up to date first. Where that fails, the context denies
   * whoever is new. Never rejects.
   */
  at(version: number): Promise<BarrierContext>;
};

/** What a browser without an account has proved by a code sent to its address (BAR-7, BAR-8). */
export type GuestProof = {
  readonly domain: string;
  /** A keyed digest: the same for the same address, and of no use without the server's key. */
  readonly address: string;
  /** Whether the address is excepted from signing in, at this moment. */
  readonly excepted: boolean;
  /** Whether it is this address, in whatever spelling. */
  is(email: string): boolean;
  /** Whether the meeting invites the address or allows its domain. */
  named(meeting: Pick<MeetingDescription, "invitedEmails" | "allowedDomains">): boolean;
};

export type GuestProofs = {
  of(guestId: string): Promise<GuestProof | null>;
  /** Whether anybody at all can join by proving an address. */
  offered(): boolean;
};

/** INV-4: what people from outside agree to, as it stands now. */
export type FactSheets = {
  of(meeting: MeetingDescription): Promise<{ readonly view: FactSheetView; readonly digest: string }>;
};

/** Who is registered for a meeting beforehand (INV-5). */
export type Registrants = {
  /** By the own account, a proved address, or the personal link that this browser has opened; null: not registered. */
  registrantAt(
    meetingId: string,
    caller: Caller,
  ): Promise<{
    readonly registrationId: string;
    readonly displayName: string;
    readonly affiliation: string;
    /** The address was proved by this person; false: the link may have been passed on. */
    readonly proved: boolean;
  } | null>;
};

export type RegionView = { readonly label: string; readonly country: string } | null;
