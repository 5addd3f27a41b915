/** Tables of 0032-directory-and-recovery. */
import type { ColumnType, Generated } from "kysely";

type Instant = ColumnType<Date, Date | string, Date | string>;
type NullableInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

export type DirectoryTables = {
  directory_user: {
    account_id: string;
    user_name: string;
    external_id: string | null;
    names_sealed: Buffer | null;
    made_here: boolean;
    disabled_here: Generated<boolean>;
    deleted_at: NullableInstant;
    changed_at: Generated<Date>;
  };
  directory_group: { group_id: string; external_id: string };
  recovery_link: {
    token_hash: Buffer;
    account_id: string;
    browser_hash: Buffer | null;
    challenge: ColumnType<string | null, string | null | undefined, string | null>;
    created_at: Generated<Date>;
    expires_at: Instant;
    tries: Generated<number>;
    used_at: NullableInstant;
  };
};
