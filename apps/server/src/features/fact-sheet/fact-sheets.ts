/** Versions of fact sheets: made of their content, counted for each meeting (INV-4). */
import { createHash } from "node:crypto";
import type { FactSheetSection, FactSheetTexts, FactSheetView } from "@sekisho/contract";
import type { PolicyValues } from "@sekisho/domain";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import { canonical } from "../../platform/evidence/chain.ts";
import { sectionsOf, type SheetFacts } from "./sheet-text.ts";

export type FactSheet = { readonly view: FactSheetView; readonly digest: string };

export type FactSheets = {
  /** As it stands now; content that has not stood before becomes a version by being read. */
  of(meeting: { readonly meetingId: string; readonly policy: PolicyValues }): Promise<FactSheet>;
};

export type FactSheetsDeps = Pick<SheetFacts, "region"> & {
  readonly db: Db;
  readonly origin: () => string;
};

export const noTexts: FactSheetTexts = { contact: { ja: "", en: "" }, kept: { ja: "", en: "" } };

export function createFactSheets({ db, origin, region }: FactSheetsDeps): FactSheets {
  return {
    async of({ meetingId, policy }) {
      const [organisation, texts] = await Promise.all([organisationOf(db), readTexts(db)]);
      const sections = sectionsOf({ organisation, origin: origin(), region, policy, texts });
      const digest = createHash("sha256").update(canonical({ sections })).digest("hex");
      const { version, created_at } = await versionOf(db, { meetingId, digest, sections });
      const view = {
        organisation: organisation.name,
        version,
        at: created_at.getTime(),
        sections: [...sections],
      };
      return { view, digest };
    },
  };
}

export async function readTexts(db: Db): Promise<FactSheetTexts> {
  const row = await db.selectFrom("fact_sheet_text").select("texts").executeTakeFirst();
  return row?.texts ?? noTexts;
}

export async function organisationOf(db: Db): Promise<SheetFacts["organisation"]> {
  return db.selectFrom("organisation").select(["name", "address"]).executeTakeFirstOrThrow();
}

type Content = {
  readonly meetingId: string;
  readonly digest: string;
  readonly sections: readonly FactSheetSection[];
};

/** Two readers at once make one version: whoever comes second finds that of the first. */
async function versionOf(db: Db, content: Content): Promise<{ version: number; created_at: Date }> {
  const { meetingId, digest, sections } = content;
  const find = () =>
    db
      .selectFrom("fact_sheet_version")
      .select(["version", "created_at"])
      .where("meeting_id", "=", meetingId)
      .where("digest", "=", digest)
      .executeTakeFirst();
  for (let found = await find(); ; found = await find()) {
    if (found !== undefined) return found;
    // The next number may be taken in between by other content: then nothing is written, and it is counted again.
    await sql`
      insert into fact_sheet_version (meeting_id, version, digest, sections)
      select ${meetingId}, coalesce(max(version), 0) + 1, ${digest}, ${JSON.stringify(sections)}
        from fact_sheet_version where meeting_id = ${meetingId}
      on conflict do nothing
    `.execute(db);
  }
}
