/** What the organisation says of itself on fact sheets (INV-4). */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { none, nothing } from "../schemas.ts";
import { factSheetTexts } from "../views/fact-sheet.ts";

const own = {
  answers: "json",
  path: "/api/organisation/fact-sheet",
  access: access.admin,
  params: none,
  query: none,
  errors: [],
} as const;
/** `generated`: what stands where the own sentence is empty. */
const texts = z.strictObject({ texts: factSheetTexts, generated: factSheetTexts });

export const factSheetTextsRead = defineRoute({
  ...own,
  id: "factSheet.read",
  method: "GET",
  summary: "The organisation's own sentences on fact sheets, and the generated ones",
  body: nothing,
  response: texts,
  limit: "read",
  audit: [],
});
export const factSheetTextsUpdate = defineRoute({
  ...own,
  id: "factSheet.update",
  method: "PUT",
  summary: "Change them: every meeting's fact sheet gets a new version",
  body: factSheetTexts,
  response: texts,
  limit: "write",
  audit: ["factSheet.changed"],
});
