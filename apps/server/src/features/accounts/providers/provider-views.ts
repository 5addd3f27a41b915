/** Identity providers as their owner sees them. */
import type { IdentityProviders, IdentityProviderView } from "@sekisho/contract";
import type { AccountsDeps } from "../accounts-deps.ts";
import { acsUrl, redirectUri, spEntityId } from "./provider-addresses.ts";
import { openTrial, type ProviderRow } from "./provider-store.ts";

export async function readProviders(deps: AccountsDeps): Promise<IdentityProviders> {
  const rows = await deps.db.selectFrom("identity_provider").selectAll().orderBy("created_at").execute();
  const providers: IdentityProviderView[] = [];
  for (const row of rows) providers.push(await viewOf(deps, row));
  return { providers, rule: await readProviderRule(deps) };
}

export async function readProviderRule({ db }: Pick<AccountsDeps, "db">) {
  const row = await db
    .selectFrom("organisation")
    .select(["own_domains", "provider_demanded"])
    .executeTakeFirstOrThrow();
  return { domains: row.own_domains, demanded: row.provider_demanded };
}

export async function viewOf(deps: AccountsDeps, row: ProviderRow): Promise<IdentityProviderView> {
  const { tied } = await deps.db
    .selectFrom("provider_identity")
    .select((eb) => eb.fn.countAll<string>().as("tied"))
    .where("provider_id", "=", row.id)
    .executeTakeFirstOrThrow();
  const trial = openTrial(deps.keys, row);
  return {
    id: row.id,
    settings: row.settings,
    hasSecret: row.secret_sealed !== null,
    enabled: row.enabled,
    trial:
      trial === null || row.tried_at === null
        ? null
        : { ...trial, at: row.tried_at.getTime(), current: row.tried_connection === row.connection },
    accounts: Number(tied),
    handover: handoverOf(deps, row),
  };
}

function handoverOf(deps: AccountsDeps, { id, kind }: ProviderRow): IdentityProviderView["handover"] {
  const origins = deps.origins();
  if (kind === "oidc")
    return { redirectUris: origins.map((origin) => redirectUri(origin, id)), entityId: null, acsUrls: [] };
  return {
    redirectUris: [],
    entityId: spEntityId(deps, id),
    acsUrls: origins.map((origin) => acsUrl(origin, id)),
  };
}
