/** Identity providers as they are kept: settings in the clear, secret and the last trial sealed. */
import {
  providerProblems,
  trialFacts,
  type ProviderProblem,
  type ProviderSettings,
  type TrialFacts,
} from "@sekisho/contract";
import type { Selectable } from "kysely";
import { z } from "zod";
import type { Db } from "../../../platform/db/database.ts";
import type { Database } from "../../../platform/db/schema.ts";
import { canonical } from "../../../platform/evidence/chain.ts";
import { hasOwnWay } from "../../../platform/http/own-way.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import type { Keys } from "../../../platform/keys/keys.ts";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";

export type ProviderRow = Selectable<Database["identity_provider"]>;

export async function findProvider(db: Db | Trx, id: string): Promise<ProviderRow | null> {
  const row = await db.selectFrom("identity_provider").selectAll().where("id", "=", id).executeTakeFirst();
  return row ?? null;
}

export async function lockProvider(trx: Trx, id: string): Promise<ProviderRow | null> {
  const row = await trx
    .selectFrom("identity_provider")
    .selectAll()
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

export function sealSecret(keys: Keys, id: string, secret: string): Buffer {
  return keys.seal("provider-secret", Buffer.from(secret), id);
}

export function openSecret(keys: Keys, { id, secret_sealed: sealed }: ProviderRow): string | null {
  return sealed === null ? null : keys.open("provider-secret", sealed, id).toString("utf8");
}

export type Trial = { readonly problem: ProviderProblem | null; readonly facts: TrialFacts | null };

export function sealTrial(keys: Keys, id: string, trial: Trial): Buffer {
  return keys.seal("provider-trial", Buffer.from(JSON.stringify(trial)), id);
}

export function openTrial(keys: Keys, { id, trial_sealed: sealed }: ProviderRow): Trial | null {
  if (sealed === null) return null;
  return readTrial(keys.open("provider-trial", sealed, id).toString("utf8"));
}

/** Changes of name and rules leave the connection as it is; everything else has to be tried anew. */
export function isSameConnection(before: ProviderSettings, after: ProviderSettings): boolean {
  return canonical(connectionOf(before)) === canonical(connectionOf(after));
}

function connectionOf(settings: ProviderSettings): unknown {
  const {
    name: _name,
    secondFactorValues: _values,
    createAccounts: _create,
    linkByAddress: _link,
    ...rest
  } = settings;
  if (rest.kind === "oidc") return rest;
  const { groupsAuthority: _authority, ...connection } = rest;
  return connection;
}

const sealedTrial = z.strictObject({
  problem: z.enum(providerProblems).nullable(),
  facts: trialFacts.nullable(),
});

function readTrial(text: string): Trial | null {
  return sealedTrial.safeParse(JSON.parse(text)).data ?? null;
}

/** Asked after the password was right, so that it tells nobody else which role an address has. */
export async function requirePasswordAllowed(db: Db, accountId: string): Promise<void> {
  if (!(await isDemandedNow(db))) return;
  const { allowed } = await db
    .selectFrom("account")
    .select(hasOwnWay.as("allowed"))
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();
  if (!allowed) throw new HttpError("provider_needed");
}

/** Whoever has members sign in by providers needs one that is offered. */
export async function isDemandedNow(db: Db | Trx): Promise<boolean> {
  const row = await db.selectFrom("organisation").select("provider_demanded").executeTakeFirst();
  return row?.provider_demanded ?? false;
}

/**
 * Before a session by its word: the provider is on, and the account still tied to it. Held until the session stands, so
 * that whoever switches it off or unties the account meanwhile ends that one too.
 */
export async function requireStillOn(trx: Trx, id: string, accountId: string): Promise<void> {
  const row = await trx
    .selectFrom("identity_provider")
    .innerJoin("provider_identity", "provider_identity.provider_id", "identity_provider.id")
    .select("enabled")
    .where("identity_provider.id", "=", id)
    .where("provider_identity.account_id", "=", accountId)
    .forShare()
    .executeTakeFirst();
  if (row?.enabled !== true) throw new HttpError("sign_in_again");
}

export async function otherEnabled(trx: Trx, id: string): Promise<boolean> {
  const row = await trx
    .selectFrom("identity_provider")
    .select("id")
    .where("enabled", "=", true)
    .where("id", "<>", id)
    .executeTakeFirst();
  return row !== undefined;
}
