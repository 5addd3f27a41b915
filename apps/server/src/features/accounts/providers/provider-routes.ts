/** Setting identity providers up: the owner's work, each change with a fresh proof and on record (IDN-3). */
import { routes, type ProviderSettings } from "@sekisho/contract";
import { sql } from "kysely";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute, type CallContext } from "../../../platform/http/binder.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { newUuid } from "../../../platform/random.ts";
import { byAccount, type AccountsDeps } from "../accounts-deps.ts";
import { sessionChannel } from "../end-sessions.ts";
import { signedIn } from "../guards.ts";
import { requireFresh } from "../second-factor/factors.ts";
import { tellAccount } from "../second-factor/notices.ts";
import { checkedSettings } from "./checked-settings.ts";
import type { ProviderClients } from "./provider-clients.ts";
import {
  findProvider,
  isDemandedNow,
  isSameConnection,
  lockProvider,
  otherEnabled,
  sealSecret,
  type ProviderRow,
} from "./provider-store.ts";
import { readProviders, viewOf } from "./provider-views.ts";
import { beginJourney } from "./journey.ts";

const { identityProviders } = routes;

export function providerRoutes(deps: AccountsDeps, clients: ProviderClients): readonly BoundRoute[] {
  return [
    handle(identityProviders.identityProviderList, () => readProviders(deps)),
    handle(identityProviders.identityProviderCreate, (context) => create(deps, context)),
    handle(identityProviders.identityProviderUpdate, (context) => update(deps, context)),
    handle(identityProviders.identityProviderRemove, (context) => remove(deps, context)),
    handle(identityProviders.identityProviderSwitch, (context) => switchTo(deps, context)),
    handle(identityProviders.identityProviderTry, async ({ caller, params, request, reply }) => {
      const { accountId, sessionId } = signedIn(caller);
      const provider = await findProvider(deps.db, params.providerId);
      if (provider === null) throw new HttpError("not_found");
      const traveller = { purpose: "trial", accountId, sessionId } as const;
      return beginJourney(deps, clients, { request, reply }, { provider, traveller });
    }),
  ];
}

async function create(
  deps: AccountsDeps,
  { body, caller }: CallContext<typeof identityProviders.identityProviderCreate>,
) {
  const me = signedIn(caller);
  const id = newUuid();
  const settings = checkedSettings(body.settings, deps.loopbackAllowed);
  const { clientSecret } = body;
  await deps.db.transaction().execute(async (trx) => {
    await requireFresh(trx, me, deps.now());
    await trx
      .insertInto("identity_provider")
      .values({
        ...{ id, kind: settings.kind, settings: JSON.stringify(settings) },
        secret_sealed: clientSecret === undefined ? null : sealSecret(deps.keys, id, clientSecret),
      })
      .execute();
    await deps.log.append(trx, {
      type: "identityProvider.created",
      actor: byAccount(me.accountId),
      data: { providerId: id, settings },
    });
  });
  return oneView(deps, id);
}

async function update(
  deps: AccountsDeps,
  { body, caller, params }: CallContext<typeof identityProviders.identityProviderUpdate>,
) {
  const me = signedIn(caller);
  const settings = checkedSettings(body.settings, deps.loopbackAllowed);
  const { clientSecret } = body;
  const ended = await deps.db.transaction().execute(async (trx) => {
    await requireFresh(trx, me, deps.now());
    const row = await requireProvider(trx, params.providerId);
    if (row.kind !== settings.kind) throw new HttpError("provider_settings_invalid", { fields: ["kind"] });
    const same = clientSecret === undefined && isSameConnection(row.settings, settings);
    const switchedOff = row.enabled && !same;
    if (switchedOff) await requireNotNeeded(trx, row.id);
    await trx
      .updateTable("identity_provider")
      .set({
        settings: JSON.stringify(settings),
        ...(clientSecret === undefined ? {} : { secret_sealed: sealSecret(deps.keys, row.id, clientSecret) }),
        ...(same ? {} : { connection: row.connection + 1, enabled: false }),
      })
      .where("id", "=", row.id)
      .execute();
    const sessions = switchedOff ? await endSessionsBy(trx, row.id) : [];
    if (!same) await untieEditors(deps, trx, { providerId: row.id, by: me.accountId });
    await deps.log.append(trx, {
      type: "identityProvider.changed",
      actor: byAccount(me.accountId),
      data: { ...changed(row, settings), secretChanged: clientSecret !== undefined, switchedOff },
    });
    return sessions;
  });
  deps.onSessionsEnded(ended);
  deps.mail.kick();
  return oneView(deps, params.providerId);
}

/**
 * Whoever can loosen barriers is not found by a connection they were never at: with a key of one's own in it, an owner
 * would be the second person too (BAR-6). They tie their account anew.
 */
async function untieEditors(
  deps: AccountsDeps,
  trx: Trx,
  { providerId, by }: { readonly providerId: string; readonly by: string },
): Promise<void> {
  const untied = await trx
    .deleteFrom("provider_identity")
    .where("provider_id", "=", providerId)
    .where("account_id", "<>", by)
    .where("account_id", "in", (query) =>
      query
        .selectFrom("account")
        .select("id")
        .where(sql<boolean>`role = 'owner' or 'compliance' = any(duties)`),
    )
    .returning("account_id")
    .execute();
  for (const { account_id: accountId } of untied) {
    await tellAccount(deps, trx, accountId, "providerUnlinked");
    await deps.log.append(trx, {
      type: "account.providerUnlinked",
      actor: byAccount(by),
      data: { accountId, providerId },
    });
  }
}

function changed(row: ProviderRow, settings: ProviderSettings) {
  return { providerId: row.id, before: row.settings, settings };
}

async function remove(
  deps: AccountsDeps,
  { caller, params }: CallContext<typeof identityProviders.identityProviderRemove>,
) {
  const me = signedIn(caller);
  const ended = await deps.db.transaction().execute(async (trx) => {
    await requireFresh(trx, me, deps.now());
    const row = await requireProvider(trx, params.providerId);
    if (row.enabled) await requireNotNeeded(trx, row.id);
    const sessions = await endSessionsBy(trx, row.id);
    await trx.deleteFrom("identity_provider").where("id", "=", row.id).execute();
    await deps.log.append(trx, {
      type: "identityProvider.removed",
      actor: byAccount(me.accountId),
      data: { providerId: row.id, settings: row.settings, sessionsEnded: sessions.length },
    });
    return sessions;
  });
  deps.onSessionsEnded(ended);
  return { ok: true } as const;
}

async function switchTo(
  deps: AccountsDeps,
  { body, caller, params }: CallContext<typeof identityProviders.identityProviderSwitch>,
) {
  const me = signedIn(caller);
  const { enabled } = body;
  const ended = await deps.db.transaction().execute(async (trx) => {
    await requireFresh(trx, me, deps.now());
    const row = await requireProvider(trx, params.providerId);
    if (enabled && row.good_connection !== row.connection) throw new HttpError("provider_not_tried");
    if (!enabled && row.enabled) await requireNotNeeded(trx, row.id);
    await trx.updateTable("identity_provider").set({ enabled }).where("id", "=", row.id).execute();
    const sessions = enabled ? [] : await endSessionsBy(trx, row.id);
    await deps.log.append(trx, {
      type: "identityProvider.switched",
      actor: byAccount(me.accountId),
      data: { providerId: row.id, enabled, sessionsEnded: sessions.length },
    });
    return sessions;
  });
  deps.onSessionsEnded(ended);
  return oneView(deps, params.providerId);
}

async function requireProvider(trx: Trx, id: string): Promise<ProviderRow> {
  // The organisation's row first: whether members need a provider is not to change meanwhile.
  await trx.selectFrom("organisation").select("name").forUpdate().execute();
  const row = await lockProvider(trx, id);
  if (row === null) throw new HttpError("not_found");
  return row;
}

/** Members who have to sign in by a provider are not left without one by a slip. */
async function requireNotNeeded(trx: Trx, id: string): Promise<void> {
  if ((await isDemandedNow(trx)) && !(await otherEnabled(trx, id))) throw new HttpError("provider_demanded");
}

/** A provider that is trusted no more has let nobody in, and nobody halfway. */
async function endSessionsBy(trx: Trx, providerId: string): Promise<readonly string[]> {
  await trx.deleteFrom("sign_in_attempt").where("provider_id", "=", providerId).execute();
  const rows = await trx
    .updateTable("session")
    .set({ revoked_at: new Date() })
    .where("provider_id", "=", providerId)
    .where("revoked_at", "is", null)
    .returning("id")
    .execute();
  for (const { id } of rows) await sql`select pg_notify(${sessionChannel}, ${id})`.execute(trx);
  return rows.map((row) => row.id);
}

async function oneView(deps: AccountsDeps, id: string) {
  const row = await findProvider(deps.db, id);
  if (row === null) throw new HttpError("not_found");
  return viewOf(deps, row);
}
