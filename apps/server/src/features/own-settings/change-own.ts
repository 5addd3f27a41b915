/** Choosing for oneself, and confirming what was seen (AUD-3). */
import type { OwnSettings, routes } from "@sekisho/contract";
import { ownFields, settingsInForce, type MeetingDefaults, type OwnField } from "@sekisho/domain";
import type { CallContext } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import type { OwnSettingsDeps } from "./own-settings-deps.ts";
import { columnsOf, ownSettingsOf, stampOf } from "./own-settings-view.ts";
import { currentSources, inputOf } from "./read-sources.ts";

type Change = CallContext<typeof routes.settings.ownSettingsUpdate>["body"];

export async function changeOwn(
  deps: OwnSettingsDeps,
  accountId: string,
  { set, clear }: Change,
): Promise<OwnSettings> {
  const named = ownFields.filter((field) => set[field] !== undefined);
  if (named.some((field) => clear.includes(field))) throw new HttpError("bad_request", { fields: ["clear"] });
  await deps.db.transaction().execute(async (trx) => {
    await oneAtATime(trx, accountId);
    const { versions, sources } = await currentSources(trx, accountId);
    const lines = settingsInForce(inputOf(deps, sources));
    // The page does not offer it; whoever sends it all the same is told, and nothing is kept for later.
    const open = new Set<string>(["default", "mine", "organisation"]);
    if (lines.some(({ id, source }) => named.some((field) => field === id) && !open.has(source)))
      throw new HttpError("fixed_by_policy");
    const choices = chosen(sources.own, set, clear);
    await trx
      .insertInto("own_settings_version")
      .values({ account_id: accountId, version: versions.own + 1, choices: JSON.stringify(choices) })
      .execute();
    await deps.log.append(trx, {
      type: "account.settingsChanged",
      actor: { kind: "account", id: accountId },
      data: { accountId, choices },
    });
  });
  return ownSettingsOf(deps, accountId);
}

/** Only what was on the page can be confirmed: a change that came between is not passed over. */
export async function confirmSeen(
  deps: OwnSettingsDeps,
  accountId: string,
  stamp: string,
): Promise<OwnSettings> {
  await deps.db.transaction().execute(async (trx) => {
    await oneAtATime(trx, accountId);
    const { versions, sources } = await currentSources(trx, accountId);
    const lines = settingsInForce(inputOf(deps, sources));
    if (stampOf(lines) !== stamp) throw new HttpError("settings_changed");
    const seen = { seen_at: new Date(), ...columnsOf(versions), lines: JSON.stringify(lines) };
    await trx
      .insertInto("settings_seen")
      .values({ account_id: accountId, ...seen })
      .onConflict((conflict) => conflict.column("account_id").doUpdateSet(seen))
      .execute();
    // What lies before the last look is compared with nothing any more.
    await trx
      .deleteFrom("own_settings_version")
      .where("account_id", "=", accountId)
      .where("version", "<", versions.own)
      .execute();
  });
  return ownSettingsOf(deps, accountId);
}

async function oneAtATime(trx: Trx, accountId: string): Promise<void> {
  await trx
    .selectFrom("account")
    .select("id")
    .where("id", "=", accountId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

function chosen(
  before: Partial<MeetingDefaults>,
  set: Change["set"],
  clear: readonly OwnField[],
): Partial<MeetingDefaults> {
  const all = { ...before, ...set };
  const kept = ownFields.filter((field) => all[field] !== undefined && !clear.includes(field));
  return Object.fromEntries(kept.map((field) => [field, all[field]]));
}
