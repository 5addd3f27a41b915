/** Settings in force, and who decides them (AUD-3). */
import { z } from "zod";
import { ownFields, settingGroups, settingSources, type ChangedBy, type SettingId } from "@sekisho/domain";
import { instant } from "../schemas.ts";
import { organisationRules } from "./account.ts";

const settingIds: readonly SettingId[] = Object.values(settingGroups).flat();
export const settingId = z.enum(settingIds);
export const settingValue = z.union([z.string().max(100), z.int(), z.boolean(), z.null()]);
const changedBy: readonly ChangedBy[] = ["mine", "organisation", "barriers", "server"];

/** 64 hexadecimal digits over what stood on the page: only what was shown can be confirmed as seen. */
const stamp = z.string().regex(/^[0-9a-f]{64}$/u);

export const settingRow = z.strictObject({
  id: settingId,
  value: settingValue,
  source: z.enum(settingSources),
  /** Since the last look; the other party is never named to a member. */
  changed: z
    .strictObject({
      at: instant.nullable(),
      by: z.enum(changedBy),
      value: settingValue,
      source: z.enum(settingSources),
    })
    .nullable(),
});
export type SettingRowView = z.infer<typeof settingRow>;

const { defaults } = organisationRules.shape;

export const ownSettings = z.strictObject({
  stamp,
  /** When the account confirmed last; null before it ever did. */
  seenAt: instant.nullable(),
  rows: z.array(settingRow),
  /** What a new meeting of this account starts with. */
  defaults,
});
export type OwnSettings = z.infer<typeof ownSettings>;

/** `set` and `clear` name different fields; what is cleared follows the organisation again. */
export const ownSettingsChange = z.strictObject({
  set: defaults.partial(),
  clear: z.array(z.enum(ownFields)).max(ownFields.length),
});
export const settingsSeen = z.strictObject({ stamp });

const lockIds = organisationRules.shape.locks.keyof();
export const organisationSettingRow = z.strictObject({
  /** A default may be changed by a host, a lock may not (MTG-7). */
  kind: z.enum(["default", "lock", "rule"]),
  id: z.union([defaults.keyof(), lockIds, z.literal("screenShareAtMedium")]),
  /** Of a lock that is not set: null. */
  value: settingValue,
  /** As a new organisation begins. */
  standard: z.boolean(),
  since: instant,
  /** Null: since the organisation began, or by somebody whose name is not for the reader. */
  by: z.string().max(128).nullable(),
});
export type OrganisationSettingRow = z.infer<typeof organisationSettingRow>;
