/** Tables of 0009-outbox, with what 0033-invitations added. */
import type { ColumnType, Generated } from "kysely";
import type { MailKind, MailState, MessageChannel } from "../mail/message.ts";

type Instant = ColumnType<Date, Date | string, Date | string>;
type NullableInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

export type MailTables = {
  outbox: {
    id: string;
    kind: MailKind;
    recipient: Buffer;
    sealed: Buffer | null;
    secret: boolean;
    channel: ColumnType<MessageChannel, MessageChannel | undefined, never>;
    meeting_id: ColumnType<string | null, string | null | undefined, never>;
    state: MailState;
    tries: Generated<number>;
    next_try: Instant;
    good_until: NullableInstant;
    problem: string | null;
    created_at: Generated<Date>;
    sent_at: NullableInstant;
  };
  address_code: {
    guest_id: string;
    address_mac: Buffer;
    sealed_address: Buffer;
    code_mac: Buffer;
    tries: Generated<number>;
    good_until: Instant;
  };
  guest_address: {
    guest_id: string;
    address_mac: Buffer;
    domain: string;
    proved_at: Generated<Date>;
    good_until: Instant;
  };
};
