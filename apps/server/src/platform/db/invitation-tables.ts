/** Tables of 0033-invitations. */
import type { PageProof, PasscodeChannel } from "@sekisho/domain";
import type { ColumnType, Generated } from "kysely";
import type { MailState } from "../mail/message.ts";

type Instant = ColumnType<Date, Date | string, Date | string>;
type NullableInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type NullableBytes = ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>;

export type InvitationTables = {
  meeting_message: {
    id: string;
    meeting_id: string;
    invitee_mac: Buffer;
    what: "link" | "cancellation" | "passcode";
    channel: "mail" | PasscodeChannel;
    content_mac: NullableBytes;
    passcode_mac: NullableBytes;
    state: MailState;
    problem: string | null;
    settled_at: NullableInstant;
    created_at: Generated<Date>;
  };
  passcode_page: {
    token_hash: Buffer;
    message_id: string;
    meeting_id: string;
    proof: PageProof;
    sealed_target: Buffer;
    locale: "ja" | "en";
    passcode_mac: Buffer;
    expires_at: Instant;
    codes_sent: Generated<number>;
    code_mac: NullableBytes;
    code_tries: Generated<number>;
    code_until: NullableInstant;
    opened_at: NullableInstant;
  };
};
