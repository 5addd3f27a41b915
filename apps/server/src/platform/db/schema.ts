/** The tables as kysely sees them; the migrations are the truth. */
import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { AccountRole, OrganisationRulesView } from "@sekisho/contract";
import type { MeetingSettings } from "@sekisho/domain";
import type { MailTables } from "./mail-tables.ts";

type Instant = ColumnType<Date, Date | string | undefined, Date | string>;
type NullableInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** bigint comes back as text; ms since 1970 UTC fit in a number. */
type Milliseconds = ColumnType<string, number, never>;

export type Database = MailTables & {
  organisation: {
    singleton: Generated<boolean>;
    name: string;
    address: Generated<string>;
    rules: JSONColumnType<OrganisationRulesView>;
    version: Generated<number>;
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
    last_sign_in_at: NullableInstant;
  };
  session: {
    id: string;
    token_hash: Buffer;
    account_id: string;
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
    token_hash: Buffer;
    scopes: string[];
    created_at: Generated<Date>;
    revoked_at: NullableInstant;
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
    created_at: Generated<Date>;
    next_try: Generated<Date>;
    tries: Generated<number>;
  };
  chat_message: {
    instance_id: string;
    id: string;
    at: Milliseconds;
    from_id: string;
    audience: "everyone" | "hosts" | "one";
    to_id: string | null;
    sealed: Buffer;
  };
};
