/** The tables as kysely sees them; the migrations are the truth. */
import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { AccountRole, BarrierChangeLine, StoredRules, SignInStrength } from "@sekisho/contract";
import type {
  BarrierChange,
  BarrierDanger,
  BarrierFlag,
  BarrierRules,
  MeetingSettings,
  WaitingChange,
} from "@sekisho/domain";
import type { DirectoryTables } from "./directory-tables.ts";
import type { FactSheetTables } from "./fact-sheet-tables.ts";
import type { CheckTables } from "./check-tables.ts";
import type { FactorTables } from "./factor-tables.ts";
import type { InvitationTables } from "./invitation-tables.ts";
import type { KeyTables } from "./key-tables.ts";
import type { MailTables } from "./mail-tables.ts";
import type { PostureTables } from "./posture-tables.ts";
import type { ProviderTables } from "./provider-tables.ts";
import type { RegistrationTables } from "./registration-tables.ts";
import type { SettingsTables } from "./settings-tables.ts";
import type { LogActor } from "../evidence/organisation-log.ts";

type Instant = ColumnType<Date, Date | string | undefined, Date | string>;
type NullableInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** bigint comes back as text; ms since 1970 UTC fit in a number. */
type Milliseconds = ColumnType<string, number, never>;

/** A change as the history shows it, with an id where a person's name will stand. */
export type StoredLine = Pick<BarrierChangeLine, "kind" | "enabled"> & {
  readonly names: readonly string[];
  readonly flags: readonly BarrierFlag[];
  readonly rules: readonly (keyof BarrierRules)[];
  readonly accountId: string | null;
};
export type PendingWhy = BarrierDanger | "loosening";

/** Those of later migrations, each in a file of its own. */
type LaterTables = CheckTables &
  DirectoryTables &
  FactSheetTables &
  FactorTables &
  InvitationTables &
  KeyTables &
  MailTables &
  PostureTables &
  SettingsTables &
  ProviderTables &
  RegistrationTables;

export type Database = LaterTables & {
  organisation: {
    singleton: Generated<boolean>;
    name: string;
    address: Generated<string>;
    rules: JSONColumnType<StoredRules>;
    version: Generated<number>;
    account_id: Generated<string>;
    factor_demands: Generated<string[]>;
    own_domains: Generated<string[]>;
    provider_demanded: Generated<boolean>;
    created_at: Generated<Date>;
  };
  account: {
    id: string;
    email: string;
    display_name: string;
    password_hash: string;
    role: AccountRole;
    duties: Generated<string[]>;
    locale: "ja" | "en";
    personal_number: string;
    personal_link: string;
    disabled_at: NullableInstant;
    created_at: Generated<Date>;
    changed_at: Generated<Date>;
    last_sign_in_at: NullableInstant;
  };
  session: {
    id: string;
    token_hash: Buffer;
    account_id: string;
    strength: Generated<SignInStrength>;
    proved_at: Instant;
    challenge: ColumnType<string | null, string | null | undefined, string | null>;
    /** Opened by an identity provider's word; null: here. */
    provider_id: ColumnType<string | null, string | null | undefined, string | null>;
    created_at: Generated<Date>;
    last_seen_at: Instant;
    expires_at: Instant;
    revoked_at: NullableInstant;
    device: string;
    address: string;
  };
  invitation: {
    id: string;
    token_hash: Buffer;
    email: string;
    display_name: string;
    role: AccountRole;
    created_by: string;
    created_at: Generated<Date>;
    expires_at: Instant;
    used_at: NullableInstant;
    revoked_at: NullableInstant;
  };
  setup_link: { token_hash: Buffer; created_at: Generated<Date>; used_at: NullableInstant };
  service_credential: {
    id: string;
    name: string;
    token_hash: Buffer | null;
    client_id: string | null;
    secret_hash: Buffer | null;
    acts_for: string | null;
    last_used_at: NullableInstant;
    scopes: string[];
    created_at: Generated<Date>;
    revoked_at: NullableInstant;
  };
  api_token: { hash: Buffer; credential_id: string; expires_at: Instant };
  api_idempotency: {
    credential_id: string;
    key: string;
    request_hash: Buffer;
    status: number | null;
    body: string | null;
    created_at: Instant;
  };
  webhook: {
    id: string;
    url: string;
    events: string[];
    secret_sealed: Buffer;
    state: "unverified" | "active";
    last_problem: string | null;
    last_delivery_at: NullableInstant;
    active_since: NullableInstant;
    created_at: Generated<Date>;
  };
  webhook_cursor: { source: string; position: ColumnType<string, number, number> };
  webhook_delivery: {
    seq: Generated<string>;
    id: string;
    webhook_id: string;
    event: string;
    sealed: Buffer | null;
    state: "waiting" | "delivered" | "givenUp";
    tries: Generated<number>;
    created_at: Instant;
    next_try: Instant;
  };
  rate_limit: { bucket: string; window_start: Instant; used: number };
  meeting: {
    id: string;
    host_id: string;
    settings: JSONColumnType<MeetingSettings>;
    start_local: string;
    time_zone: string;
    duration_minutes: number;
    recurrence: string | null;
    first_start: Instant;
    last_end: NullableInstant;
    link: string;
    number: string | null;
    passcode_sealed: Buffer | null;
    passcode_mac: Buffer | null;
    preset_version: number;
    version: Generated<number>;
    sequence: Generated<number>;
    cancelled_at: NullableInstant;
    created_at: Generated<Date>;
  };
  meeting_account: {
    meeting_id: string;
    account_id: string;
    relation: "host" | "coHost" | "verifier" | "invitee";
  };
  meeting_instance: {
    id: string;
    meeting_id: string;
    occurrence: string;
    sfu_room: string;
    starts_at: Instant;
    ends_at: Instant;
    seq: Generated<number>;
    head: Buffer;
    phase: Generated<string>;
    evidence_key: Buffer;
    content_key: Buffer | null;
    tidied: Generated<boolean>;
    erased_messages: ColumnType<number | null, never, number>;
    erased_at: ColumnType<Date | null, never, Date>;
    /** A soft block of a barrier has switched chat off (BAR-4). */
    chat_off: Generated<boolean>;
    created_at: Generated<Date>;
  };
  meeting_event: {
    instance_id: string;
    seq: number;
    at: Milliseconds;
    type: string;
    data: string;
    commitment: Buffer | null;
    hash: Buffer;
  };
  meeting_event_personal: { instance_id: string; seq: number; sealed: Buffer };
  organisation_event: {
    seq: ColumnType<string, number, never>;
    at: Milliseconds;
    type: string;
    data: string;
    commitment: Buffer | null;
    hash: Buffer;
  };
  organisation_event_personal: { seq: ColumnType<string, number, never>; sealed: Buffer };
  chain_head: { chain: string; seq: ColumnType<string, number, number>; hash: Buffer; mac: Buffer };
  instance_anchor: { instance_id: string; seq: number };
  sfu_ticket: {
    hash: Buffer;
    instance_id: string;
    admission_id: string;
    sfu_identity: string;
    binding: string;
    created_at: Generated<Date>;
    good_until: Instant;
  };
  sfu_effect: {
    id: Generated<string>;
    instance_id: string;
    kind: "sync" | "evict" | "mute" | "deleteRoom";
    admission_id: string | null;
    source: string | null;
    sfu_room: string | null;
    created_at: Generated<Date>;
    next_try: Generated<Date>;
    tries: Generated<number>;
  };
  chat_message: {
    instance_id: string;
    id: string;
    at: Milliseconds;
    from_id: string;
    audience: "everyone" | "hosts" | "one" | "broadcast";
    to_id: string | null;
    breakout_id: string | null;
    sealed: Buffer;
  };
  barrier_upstream: {
    singleton: Generated<boolean>;
    url: string;
    token_sealed: Buffer | null;
    interval_minutes: number;
    enabled: boolean;
    etag: string | null;
    etag_version: number | null;
    source_version: ColumnType<string | null, number | null, number | null>;
    contacts: Generated<number>;
    last_contact_at: ColumnType<string | null, number | null, number | null>;
    age_floor: ColumnType<string, number | undefined, number>;
    last_problem: string | null;
    changed_by: string | null;
    next_at: Generated<Date>;
  };
  barrier_upstream_wish: {
    singleton: Generated<boolean>;
    url: string;
    token_sealed: Buffer | null;
    interval_minutes: number;
    enabled: boolean;
    asked_by: string;
    editors: string[];
    at: Generated<Date>;
  };
  barrier_sync: {
    seq: Generated<string>;
    id: string;
    at: Generated<Date>;
    source: "portal" | "api" | "push" | "pull" | "import" | "approval";
    actor: JSONColumnType<LogActor>;
    reason: string;
    result: "applied" | "quarantined" | "failed" | "unchanged";
    problem: string | null;
    version: number | null;
    changes: number;
    pending_id: string | null;
  };
  barrier_node: {
    process_id: string;
    name: string;
    version: number;
    swept: number;
    started_at: Generated<Date>;
    seen_at: Generated<Date>;
  };
  barrier_head: {
    singleton: Generated<boolean>;
    version: Generated<number>;
    rules: ColumnType<BarrierRules | null, string, string>;
    fewer_editors_at: NullableInstant;
  };
  barrier_version: {
    version: number;
    at: Generated<Date>;
    source: "portal" | "api" | "push" | "pull" | "import" | "approval" | "signIn";
    actor: JSONColumnType<LogActor>;
    approver: ColumnType<LogActor | null, string | null, never>;
    reason: string;
    changes: JSONColumnType<readonly BarrierChange[]>;
    lines: JSONColumnType<readonly StoredLine[]>;
    line_count: number;
    digest: Buffer;
  };
  barrier_pending: {
    id: string;
    at: Generated<Date>;
    source: "portal" | "api" | "push" | "pull" | "import" | "signIn";
    actor: JSONColumnType<LogActor>;
    asked_by_account: string | null;
    second_person: boolean;
    editors: string[];
    reason: string;
    why: readonly PendingWhy[];
    waiting: JSONColumnType<readonly WaitingChange[]>;
    digest: Buffer;
    in_force: JSONColumnType<readonly StoredLine[]>;
    lines: JSONColumnType<readonly StoredLine[]>;
    line_count: number;
    state: Generated<"open" | "approved" | "rejected" | "superseded">;
    decided_at: NullableInstant;
    decided_by: ColumnType<LogActor | null, string | null | undefined, string | null>;
    decided_reason: string | null;
  };
  barrier_policy_version: { policy_id: string; version: number };
};
