/** Every setting in force, its source, and what changed since the last look (AUD-3). */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { none, nothing } from "../schemas.ts";
import { organisationSettingRow, ownSettings, ownSettingsChange, settingsSeen } from "../views/settings.ts";

const json = { answers: "json", query: none, params: none, body: nothing, errors: [], audit: [] } as const;

export const ownSettingsRead = defineRoute({
  ...json,
  id: "me.settings",
  method: "GET",
  path: "/api/me/settings",
  summary: "Every setting in force for the own account, who decides it, what changed since the last look",
  access: access.account,
  response: ownSettings,
  limit: "read",
});
export const ownSettingsUpdate = defineRoute({
  ...json,
  id: "me.settingsUpdate",
  method: "PATCH",
  path: "/api/me/settings",
  summary: "Choose what the own new meetings start with; what the organisation has locked is refused",
  access: access.account,
  body: ownSettingsChange,
  response: ownSettings,
  errors: ["fixed_by_policy"],
  limit: "write",
  audit: ["account.settingsChanged"],
});
export const ownSettingsSeen = defineRoute({
  ...json,
  id: "me.settingsSeen",
  method: "POST",
  path: "/api/me/settings/seen",
  summary: "Confirm having seen what the stamp stands for; refused if anything has changed meanwhile",
  access: access.account,
  body: settingsSeen,
  response: ownSettings,
  errors: ["settings_changed"],
  limit: "write",
});
export const organisationSettings = defineRoute({
  ...json,
  id: "organisation.settings",
  method: "GET",
  path: "/api/organisation/settings",
  summary: "What the organisation has set and locked, since when and by whom",
  access: access.admin,
  response: z.strictObject({ rows: z.array(organisationSettingRow) }),
  limit: "read",
});
