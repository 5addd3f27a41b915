/** The small schemas that the routes share. Strict objects everywhere: an unknown field is an error (OPS, hostile input). */
import { z } from "zod";

export const none = z.strictObject({});
export const nothing = z.undefined().optional();
export const ok = z.strictObject({ ok: z.literal(true) });

/** Opaque ids: base64url of 16 bytes or more. */
export const opaqueId = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/u);
export const uuid = z.uuid();
/** ms since 1970 UTC. */
export const instant = z.int().min(0).max(8_640_000_000_000_000);
/** A link's secret part (22 letters and more, ≥ 128 bits) or a meeting number of 10–11 digits (MTG-4). */
export const linkOrNumber = z.string().regex(/^(?:[A-Za-z0-9_-]{22,64}|[0-9]{10,11})$/u);
export const ianaZone = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_+\-/]+$/u);
/** `2026-11-24T16:00`: local time in the meeting's own zone (MTG-2). */
export const localDateTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/u);
export const email = z.email().max(254);
export const personName = z.string().trim().min(1).max(64);
/** A name on its way out: 64 code points of the domain's rule are up to 128 UTF-16 units, which is what zod counts. */
export const shownName = z.string().max(128);
export const affiliation = z.string().trim().max(64);
export const password = z.string().min(1).max(1024);
export const locale = z.enum(["ja", "en"]);
/** A passcode as typed; the server folds width, case and separators before comparing. */
export const passcodeInput = z.string().max(64);
