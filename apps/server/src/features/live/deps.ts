/** What the live feature needs of the rest of the server, and what it offers to it. */
import type { Access, IceServer } from "@sekisho/contract";
import type { AgreementOf, GateLimits, InstanceState } from "@sekisho/domain";
import type { IncomingMessage } from "node:http";
import type { DatabaseHandle } from "../../platform/db/database.ts";
import type { BoundRoute } from "../../platform/http/binder.ts";
import type { Caller } from "../../platform/http/caller.ts";
import type { RateLimits } from "../../platform/http/rate-limits.ts";
import type { Sessions } from "../../platform/http/sessions.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import type { GateLog } from "../../sfu/gate-log.ts";
import type { SfuGate } from "../../sfu/gate.ts";
import type { Sfu } from "../../sfu/sfu.ts";
import type { WebhookParser } from "../../sfu/webhook.ts";
import type { PasscodeLimits } from "./passcode-tries.ts";
import type { Walls } from "./walls.ts";
import type {
  BarrierSource,
  FactSheets,
  GuestProofs,
  MeetingDirectory,
  RegionView,
  Registrants,
} from "./ports.ts";

export type LiveDeps = {
  readonly database: DatabaseHandle;
  readonly connectionString: string;
  readonly keys: Keys;
  /** On connections of its own: it is asked while a command holds one of `database`. */
  readonly directory: MeetingDirectory;
  readonly barriers: BarrierSource;
  readonly proofs: GuestProofs;
  readonly factSheets: FactSheets;
  /** Whether the organisation demands a second factor of hosts of meetings of class high (IDN-2). */
  readonly factorOfHosts: () => Promise<boolean>;
  readonly registrants: Registrants;
  readonly sessions: Sessions;
  readonly limits: RateLimits;
  readonly gateLimits: GateLimits;
  readonly passcodeLimits: PasscodeLimits;
  readonly sfu: Sfu;
  readonly webhook: WebhookParser | null;
  readonly origins: () => readonly string[];
  readonly ipOf: (request: IncomingMessage) => string;
  readonly region: RegionView;
  /** For the person of this admission, good for some hours. */
  readonly iceServersFor: (admissionId: string) => readonly IceServer[];
  readonly minimumBuild: number;
  readonly clock: { now(): number };
  readonly log: GateLog;
  /** The instance has ended: its head is anchored, what belongs to it is renewed (AUD-1, MTG-8). May be repeated. */
  readonly onEnded: (state: InstanceState) => Promise<void>;
  readonly everyMinute: () => Promise<void>;
  /** Every meeting has been swept for this version of the barriers by this process (BAR-11). */
  readonly onSwept: (version: number) => void;
};

export type LiveFeature = {
  readonly routes: readonly BoundRoute[];
  readonly gate: SfuGate;
  guard(access: Extract<Access, { kind: "lobby" | "live" }>, caller: Caller, link: string): Promise<unknown>;
  /** Whether an account is barred from an instance of the meeting that is not over. */
  bars(meetingId: string, accountId: string): Promise<boolean>;
  listening(): boolean;
  /** Accounts that are in an instance of this meeting now. */
  inside(meetingId: string): Promise<ReadonlySet<string>>;
  /** Settings changed: every open instance of these meetings takes them over now (CNF-5). */
  settingsChanged(meetingIds: readonly string[] | "all"): Promise<void>;
  note(
    meetingId: string,
    event: { readonly type: "passcode.shown" | "passcode.changed"; readonly by: string },
  ): Promise<void>;
  /** Information barriers and the meetings in progress (BAR-5, BAR-10, BAR-11). */
  readonly walls: Walls;
  /** Sessions that ended, or guests whose exception from signing in was withdrawn. */
  endDevices(devices: readonly string[]): Promise<void>;
  /** Registrations that are no more: whoever is in the meeting by one of them leaves it (INV-5). */
  endRegistrations(meetingId: string, registrationIds: readonly string[]): Promise<void>;
  /** For everybody in it, at the word of a machine (BAR-12). False where it is not in progress. */
  endMeeting(meetingId: string): Promise<boolean>;
  /** Who of those without an account has agreed to which version, in the instance that is on or to come (INV-4, CNF-6). */
  agreementsOf(meetingId: string): Promise<readonly AgreementOf[]>;
  stop(): Promise<void>;
};
