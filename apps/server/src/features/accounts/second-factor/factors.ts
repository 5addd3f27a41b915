/** Which second factors an account has. */
import type { FactorMethod, OwnFactors, SignInStrength } from "@sekisho/contract";
import { factorDemands } from "@sekisho/contract";
import type { Db } from "../../../platform/db/database.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { isBesideProvider, isDemanded } from "../../../platform/http/factor-demand.ts";
import { isByProvider } from "./by-provider.ts";
import { recoveryCodesLeft } from "./recovery-codes.ts";

/** How long a proof allows changes of what signs one in. */
export const freshMs = 10 * 60_000;

/** Empty: none. Recovery codes are a way only beside a factor. */
export async function methodsOf(db: Db, accountId: string): Promise<FactorMethod[]> {
  const { passkeys, totp } = await countFactors(db, accountId);
  if (passkeys === 0 && !totp) return [];
  const left = await recoveryCodesLeft(db, accountId);
  return [
    ...(passkeys > 0 ? (["passkey"] as const) : []),
    ...(totp ? (["totp"] as const) : []),
    ...(left > 0 ? (["recovery"] as const) : []),
  ];
}

export async function countFactors(
  db: Db,
  accountId: string,
): Promise<{ readonly passkeys: number; readonly totp: boolean }> {
  const passkeys = await db.selectFrom("passkey").select("id").where("account_id", "=", accountId).execute();
  const totp = await db
    .selectFrom("totp")
    .select("account_id")
    .where("account_id", "=", accountId)
    .where("confirmed_at", "is not", null)
    .executeTakeFirst();
  return { passkeys: passkeys.length, totp: totp !== undefined };
}

/** For a list: accounts that have none are not in it. */
export async function factorsOfAll(db: Db) {
  const passkeys = await db
    .selectFrom("passkey")
    .select(["account_id", (eb) => eb.fn.countAll<string>().as("count")])
    .groupBy("account_id")
    .execute();
  const apps = await db
    .selectFrom("totp")
    .select("account_id")
    .where("confirmed_at", "is not", null)
    .execute();
  const counts = new Map(passkeys.map((row) => [row.account_id, Number(row.count)]));
  const totp = new Set(apps.map((row) => row.account_id));
  return (accountId: string) => ({ passkeys: counts.get(accountId) ?? 0, totp: totp.has(accountId) });
}

export async function readDemands(db: Db) {
  const row = await db.selectFrom("organisation").select("factor_demands").executeTakeFirst();
  return factorDemands.filter((one) => row?.factor_demands.includes(one));
}

type Entering = {
  readonly accountId: string;
  /** By a provider's word, and not by an own way. */ readonly byProvider: boolean;
};

export async function accountDemanded(db: Db, { accountId, byProvider }: Entering): Promise<boolean> {
  const account = await db
    .selectFrom("account")
    .select(["role", "duties"])
    .select((eb) => eb.selectFrom("organisation").select("provider_demanded").as("provider_demanded"))
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();
  const besideProvider = isBesideProvider({ ...account, byProvider });
  return besideProvider || isDemanded(await readDemands(db), account);
}

export type SessionProof = { readonly strength: SignInStrength; readonly provedAt: number };

export async function proofOf(db: Db, sessionId: string): Promise<SessionProof> {
  const row = await db
    .selectFrom("session")
    .select(["strength", "proved_at"])
    .where("id", "=", sessionId)
    .executeTakeFirst();
  if (row === undefined) throw new HttpError("sign_in_required");
  return { strength: row.strength, provedAt: row.proved_at.getTime() };
}

type Whose = { readonly accountId: string; readonly sessionId: string };

export async function ownFactorsOf(db: Db, whose: Whose, now: number): Promise<OwnFactors> {
  const { accountId, sessionId } = whose;
  const passkeys = await db
    .selectFrom("passkey")
    .select(["id", "name", "synced", "created_at", "last_used_at"])
    .where("account_id", "=", accountId)
    .orderBy("created_at")
    .execute();
  const totp = await db
    .selectFrom("totp")
    .select("confirmed_at")
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  const { strength, provedAt } = await proofOf(db, sessionId);
  const until = provedAt + freshMs;
  const totpSince = totp?.confirmed_at?.getTime() ?? null;
  const proved = strength === "secondFactor" || (passkeys.length === 0 && totpSince === null);
  return {
    passkeys: passkeys.map((row) => ({
      ...{ id: row.id, name: row.name, synced: row.synced, createdAt: row.created_at.getTime() },
      lastUsedAt: row.last_used_at?.getTime() ?? null,
    })),
    totpSince,
    recoveryCodesLeft: await recoveryCodesLeft(db, accountId),
    strength,
    demanded: await accountDemanded(db, { accountId, byProvider: await isByProvider(db, sessionId) }),
    demandedForHigh: (await readDemands(db)).includes("high"),
    confirmedUntil: proved && until > now ? until : null,
  };
}

/**
 * Before every change of what signs one in: a proof in this session that is fresh, and by a factor where the account
 * has one, or a session from before would undo what was set up since. Throws `second_factor_needed`, `confirm_first`.
 */
export async function requireFresh(db: Db, whose: Whose, now: number): Promise<void> {
  const { strength, provedAt } = await proofOf(db, whose.sessionId);
  const { passkeys, totp } = await countFactors(db, whose.accountId);
  if (strength === "password" && (passkeys > 0 || totp)) throw new HttpError("second_factor_needed");
  if (provedAt + freshMs <= now) throw new HttpError("confirm_first");
}
