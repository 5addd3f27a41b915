/** Tables of 0035-fact-sheets. */
import type { FactSheetSection, FactSheetTexts } from "@sekisho/contract";
import type { Generated, JSONColumnType } from "kysely";

export type FactSheetTables = {
  fact_sheet_version: {
    meeting_id: string;
    version: number;
    digest: string;
    sections: JSONColumnType<readonly FactSheetSection[]>;
    created_at: Generated<Date>;
  };
  fact_sheet_text: { singleton: Generated<boolean>; texts: JSONColumnType<FactSheetTexts> };
};
