/** Tables of 0031-identity-providers. */
import type { ProviderSettings } from "@sekisho/contract";
import type { ColumnType, Generated, JSONColumnType } from "kysely";

type Instant = ColumnType<Date, Date, Date>;
type NullableInstant = ColumnType<Date | null, Date | null | undefined, Date | null>;

export type ProviderPurpose = "signIn" | "trial" | "link" | "confirm";

export type ProviderTables = {
  identity_provider: {
    id: string;
    kind: ProviderSettings["kind"];
    settings: JSONColumnType<ProviderSettings>;
    secret_sealed: Buffer | null;
    connection: Generated<number>;
    enabled: Generated<boolean>;
    tried_at: NullableInstant;
    tried_connection: ColumnType<number | null, number | null | undefined, number | null>;
    trial_sealed: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>;
    good_connection: ColumnType<number | null, number | null | undefined, number | null>;
    created_at: Generated<Date>;
  };
  provider_identity: {
    subject_mac: Buffer;
    provider_id: string;
    account_id: string;
    linked_at: Generated<Date>;
    last_used_at: NullableInstant;
  };
  provider_attempt: {
    cookie_hash: Buffer;
    handle_hash: Buffer;
    provider_id: string;
    connection: number;
    purpose: ProviderPurpose;
    account_id: string | null;
    session_id: string | null;
    origin: string;
    sealed: Buffer;
    answer_sealed: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>;
    created_at: Instant;
    expires_at: Instant;
  };
  provider_assertion: { assertion_mac: Buffer; expires_at: Instant };
};
