/** Tables of 0036-registration and 0041-registration-drafts. */
import type { RegistrationRules, RegistrationState } from "@sekisho/domain";
import type { ColumnType, Generated, JSONColumnType } from "kysely";

type NullableInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

export type RegistrationTables = {
  registration_form: {
    meeting_id: string;
    id: string;
    settings: JSONColumnType<RegistrationRules>;
    version: Generated<number>;
  };
  registration: {
    id: string;
    meeting_id: string;
    address_mac: Buffer;
    sealed: Buffer;
    state: RegistrationState;
    source: "form" | "import";
    locale: "ja" | "en";
    generation: Generated<number>;
    link_hash: Buffer;
    confirm_until: NullableInstant;
    first_guest: string | null;
    created_at: Generated<Date>;
    entered_at: ColumnType<Date, Date | string | undefined, Date | string>;
  };
  registration_draft: {
    link_hash: Buffer;
    registration_id: string;
    generation: number;
    sealed: Buffer;
    locale: "ja" | "en";
    confirm_until: ColumnType<Date, Date | string, Date | string>;
  };
  registration_browser: { guest_id: string; meeting_id: string; registration_id: string };
};
