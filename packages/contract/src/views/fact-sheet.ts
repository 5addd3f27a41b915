/** The fact sheet of a meeting (INV-4): what people from outside read and agree to, in both languages. */
import { z } from "zod";
import { instant } from "../schemas.ts";

export const bilingual = z.strictObject({ ja: z.string().max(1000), en: z.string().max(1000) });
export type Bilingual = z.infer<typeof bilingual>;

export const factSheetSections = [
  "address",
  "data",
  "encryption",
  "recording",
  "checking",
  "kept",
  "contact",
] as const;

export const factSheetSection = z.strictObject({
  id: z.enum(factSheetSections),
  title: bilingual,
  lines: z.array(bilingual).min(1).max(12),
});
export type FactSheetSection = z.infer<typeof factSheetSection>;

export const factSheet = z.strictObject({
  organisation: z.string().max(100),
  /** Counted for each meeting from 1; other content is another version. */
  version: z.int().min(1),
  /** When this version first stood. */
  at: instant,
  sections: z.array(factSheetSection),
});
export type FactSheetView = z.infer<typeof factSheet>;

const ownText = z.strictObject({ ja: z.string().trim().max(600), en: z.string().trim().max(600) });
/** The organisation's own sentences; where one is empty, the generated one stands. */
export const factSheetTexts = z.strictObject({ contact: ownText, kept: ownText });
export type FactSheetTexts = z.infer<typeof factSheetTexts>;
