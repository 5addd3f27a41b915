/**
 * Whose account it is that a provider speaks of (IDN-3): the one that is tied to this subject of this issuer, and no
 * other. An address finds an account only where the owner allowed it, the provider vouches for the address, the domain is
 * the organisation's own, and the account can do no more than a member; and whoever had that account before keeps no way
 * in (accounts that somebody made beforehand in another's name).
 */
import { nameProblem } from "@sekisho/domain";
import { sql } from "kysely";
import type { LogActor, Trx } from "../../../platform/evidence/organisation-log.ts";
import type { Keys } from "../../../platform/keys/keys.ts";
import { newToken } from "../../../platform/random.ts";
import { byAccount, insertAccount, isDuplicate, type AccountsDeps } from "../accounts-deps.ts";
import { endSessions } from "../end-sessions.ts";
import { hashPassword } from "../passwords.ts";
import { ownWays } from "../own-ways.ts";
import { tellAccount } from "../second-factor/notices.ts";
import { ownAddress } from "./own-domain.ts";
import type { ProviderRow } from "./provider-store.ts";
import type { ProviderWord } from "./provider-word.ts";

export type SettledAccount = { readonly id: string; readonly email: string };
export type Settled = { readonly account: SettledAccount; readonly ended: readonly string[] };

export type SettleWish = {
  readonly provider: ProviderRow;
  readonly word: ProviderWord;
  /** For an account that is made now. */
  readonly locale: "ja" | "en";
};

/** Provider, issuer and subject together, letter by letter. */
export function subjectMac(
  keys: Keys,
  providerId: string,
  word: Pick<ProviderWord, "issuer" | "subject">,
): Buffer {
  return keys.mac("provider-subject", JSON.stringify([providerId, word.issuer, word.subject]));
}

/** Null: nobody's here, or not any more. */
export async function settleAccount(deps: AccountsDeps, wish: SettleWish): Promise<Settled | null> {
  // Made outside of the transaction, where nobody waits for it: the password that nobody knows.
  const noPassword = await hashPassword(newToken());
  try {
    return await deps.db.transaction().execute((trx) => settle(deps, trx, wish, noPassword));
  } catch (error) {
    // Two at one instant: one of them has made or tied it; the other one comes again.
    if (isDuplicate(error)) return null;
    throw error;
  }
}

async function settle(
  deps: AccountsDeps,
  trx: Trx,
  wish: SettleWish,
  noPassword: string,
): Promise<Settled | null> {
  const { provider, word } = wish;
  const mac = subjectMac(deps.keys, provider.id, word);
  const tied = await trx
    .selectFrom("provider_identity")
    .innerJoin("account", "account.id", "provider_identity.account_id")
    .select(["account.id", "account.email", "account.disabled_at"])
    .where("provider_identity.subject_mac", "=", mac)
    .executeTakeFirst();
  if (tied !== undefined) {
    if (tied.disabled_at !== null) return null;
    await trx
      .updateTable("provider_identity")
      .set({ last_used_at: new Date(deps.now()) })
      .where("subject_mac", "=", mac)
      .execute();
    return { account: tied, ended: [] };
  }
  const { own_domains: domains } = await trx
    .selectFrom("organisation")
    .select("own_domains")
    .executeTakeFirstOrThrow();
  const address = word.emailVerified ? ownAddress(word.email, domains) : null;
  if (address === null) return null;
  const known = await trx
    .selectFrom("account")
    .select(["id", "email", "role", "duties", "disabled_at"])
    .where(sql`lower(email)`, "=", address)
    .forUpdate()
    .executeTakeFirst();
  if (known === undefined) return create(deps, trx, { ...wish, mac, address, noPassword });
  const isMember = known.role === "member" && known.duties.length === 0;
  if (!provider.settings.linkByAddress || !isMember || known.disabled_at !== null) return null;
  return takeOver(deps, trx, { provider, mac, account: known, noPassword });
}

type Creating = SettleWish & { readonly mac: Buffer; readonly address: string; readonly noPassword: string };

async function create(
  deps: AccountsDeps,
  trx: Trx,
  { provider, word, locale, mac, address, noPassword }: Creating,
): Promise<Settled | null> {
  if (!provider.settings.createAccounts) return null;
  const said = word.displayName ?? "";
  const displayName = nameProblem(said) === null ? said : address.slice(0, 64);
  const account = { email: address, displayName, passwordHash: noPassword, role: "member", locale } as const;
  const id = await insertAccount(trx, account);
  await tie(trx, { mac, providerId: provider.id, accountId: id, now: deps.now() });
  await deps.log.append(trx, {
    type: "account.created",
    actor: byAccount(id),
    data: { accountId: id, role: "member", providerId: provider.id },
    personal: { email: address, displayName },
  });
  return { account: { id, email: address }, ended: [] };
}

type TakingOver = {
  readonly provider: ProviderRow;
  readonly mac: Buffer;
  readonly account: SettledAccount;
  readonly noPassword: string;
};

async function takeOver(
  deps: AccountsDeps,
  trx: Trx,
  { provider, mac, account, noPassword }: TakingOver,
): Promise<Settled | null> {
  const others = await trx
    .selectFrom("provider_identity")
    .select("account_id")
    .where("account_id", "=", account.id)
    .executeTakeFirst();
  // Tied to somebody already: the same address for two people is not for us to settle.
  if (others !== undefined) return null;
  await tie(trx, { mac, providerId: provider.id, accountId: account.id, now: deps.now() });
  await trx.updateTable("account").set({ password_hash: noPassword }).where("id", "=", account.id).execute();
  for (const table of ownWays) await trx.deleteFrom(table).where("account_id", "=", account.id).execute();
  const ended = await endSessions(trx, { accountId: account.id });
  await tellAccount(deps, trx, account.id, "providerTookOver");
  await logTie(deps, trx, { providerId: provider.id, accountId: account.id, how: "address" });
  return { account, ended };
}

export type Tie = {
  readonly mac: Buffer;
  readonly providerId: string;
  readonly accountId: string;
  readonly now: number;
};

/** Throws on a duplicate where the subject is somebody's, or the account is somebody's at this provider. */
export async function tie(trx: Trx, { mac, providerId, accountId, now }: Tie): Promise<void> {
  await trx
    .insertInto("provider_identity")
    .values({
      subject_mac: mac,
      provider_id: providerId,
      account_id: accountId,
      last_used_at: new Date(now),
    })
    .execute();
}

type Logged = { readonly providerId: string; readonly accountId: string; readonly how: "address" | "own" };

export async function logTie(deps: Pick<AccountsDeps, "log">, trx: Trx, tied: Logged): Promise<void> {
  const actor: LogActor = byAccount(tied.accountId);
  await deps.log.append(trx, { type: "account.providerLinked", actor, data: { ...tied } });
}
