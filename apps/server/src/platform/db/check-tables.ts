/** Tables of 0037-meeting-check. */
import type { CheckLine } from "@sekisho/contract";
import type { ColumnType, Generated, JSONColumnType } from "kysely";

export type CheckTables = {
  meeting_check: {
    id: Generated<string>;
    meeting_id: string;
    at: ColumnType<Date, Date, never>;
    account_id: string;
    lines: JSONColumnType<readonly CheckLine[]>;
  };
};
