/** The organisation's own sentences on fact sheets (INV-4). */
import { routes, type FactSheetTexts } from "@sekisho/contract";
import type { Db } from "../../platform/db/database.ts";
import type { OrganisationLog } from "../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { organisationOf, readTexts } from "./fact-sheets.ts";
import { generatedContact, generatedKept } from "./sheet-text.ts";

export type FactSheetDeps = { readonly db: Db; readonly log: OrganisationLog };

export function createFactSheetFeature(deps: FactSheetDeps): { readonly routes: readonly BoundRoute[] } {
  const { factSheetTextsRead, factSheetTextsUpdate } = routes.factSheet;
  return {
    routes: [
      handle(factSheetTextsRead, async () => withGenerated(deps.db, await readTexts(deps.db))),
      handle(factSheetTextsUpdate, (context) => update(deps, context)),
    ],
  };
}

async function withGenerated(db: Db, texts: FactSheetTexts) {
  const { name } = await organisationOf(db);
  return { texts, generated: { contact: generatedContact(name), kept: generatedKept } };
}

async function update(
  { db, log }: FactSheetDeps,
  { body, caller }: CallContext<typeof routes.factSheet.factSheetTextsUpdate>,
) {
  if (caller.kind !== "account") throw new HttpError("sign_in_required");
  const texts = JSON.stringify(body);
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto("fact_sheet_text")
      .values({ texts })
      .onConflict((conflict) => conflict.column("singleton").doUpdateSet({ texts }))
      .execute();
    await log.append(trx, {
      type: "factSheet.changed",
      actor: { kind: "account", id: caller.accountId },
      data: { texts: body },
    });
  });
  return withGenerated(db, body);
}
