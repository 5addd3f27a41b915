/** Tables of 0020-second-factor and 0040-by-provider. */
import type { ColumnType, Generated } from "kysely";

type Instant = ColumnType<Date, Date | string, Date | string>;
type NullableInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** bigint comes back as text; counters and steps of 30 s fit in a number. */
type BigInteger = ColumnType<string, number, number>;

export type FactorTables = {
  passkey: {
    id: string;
    account_id: string;
    credential_id: string;
    public_key: Buffer;
    counter: BigInteger;
    transports: string[];
    name: string;
    synced: boolean;
    /** Set up in a session that an identity provider's word had opened. */
    by_provider: Generated<boolean>;
    created_at: Generated<Date>;
    last_used_at: NullableInstant;
  };
  totp: {
    account_id: string;
    sealed: Buffer | null;
    confirmed_at: NullableInstant;
    last_step: ColumnType<string, number | undefined, number>;
    pending_sealed: Buffer | null;
    pending_until: NullableInstant;
    by_provider: Generated<boolean>;
  };
  recovery_code: {
    account_id: string;
    code_mac: Buffer;
    used_at: NullableInstant;
    by_provider: Generated<boolean>;
  };
  sign_in_attempt: {
    token_hash: Buffer;
    account_id: string | null;
    challenge: string | null;
    provider_id: ColumnType<string | null, string | null | undefined, string | null>;
    tries: Generated<number>;
    expires_at: Instant;
  };
};
