/** Settings in force: the own page, and the organisation's (AUD-3). */
import { routes } from "@sekisho/contract";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import type { Caller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { changeOwn, confirmSeen } from "./change-own.ts";
import { organisationSettingRows } from "./organisation-settings.ts";
import type { OwnSettingsDeps } from "./own-settings-deps.ts";
import { ownSettingsOf } from "./own-settings-view.ts";

export function createOwnSettingsFeature(deps: OwnSettingsDeps): { readonly routes: readonly BoundRoute[] } {
  const { settings } = routes;
  return {
    routes: [
      handle(settings.ownSettingsRead, ({ caller }) => ownSettingsOf(deps, accountOf(caller))),
      handle(settings.ownSettingsUpdate, ({ caller, body }) => changeOwn(deps, accountOf(caller), body)),
      handle(settings.ownSettingsSeen, ({ caller, body }) =>
        confirmSeen(deps, accountOf(caller), body.stamp),
      ),
      handle(settings.organisationSettings, async ({ caller }) => ({
        rows: await organisationSettingRows(deps, accountOf(caller)),
      })),
    ],
  };
}

function accountOf(caller: Caller): string {
  if (caller.kind !== "account") throw new HttpError("sign_in_required");
  return caller.accountId;
}
