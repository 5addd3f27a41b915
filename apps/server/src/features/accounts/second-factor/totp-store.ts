/** Secrets of authenticator apps, sealed; and which codes were used. */
import type { Db } from "../../../platform/db/database.ts";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import type { Keys } from "../../../platform/keys/keys.ts";
import { matchingStep, newTotpSecret, plainCode } from "./totp.ts";

const pendingMs = 30 * 60_000;

/** A fresh secret; the one in force stays until this one is confirmed. */
export async function beginTotp(db: Db, keys: Keys, accountId: string, now: number): Promise<Buffer> {
  const secret = newTotpSecret();
  const pending = {
    pending_sealed: keys.seal("totp", secret, accountId),
    pending_until: new Date(now + pendingMs),
  };
  await db
    .insertInto("totp")
    .values({ account_id: accountId, sealed: null, ...pending })
    .onConflict((conflict) => conflict.column("account_id").doUpdateSet(pending))
    .execute();
  return secret;
}

type Confirmed = {
  readonly accountId: string;
  readonly code: string;
  readonly now: number;
  readonly byProvider: boolean;
};

/** False: the code is not of the app that is being set up. */
export async function confirmTotp(
  trx: Trx,
  keys: Keys,
  { accountId, code, now, byProvider }: Confirmed,
): Promise<boolean> {
  const row = await trx
    .selectFrom("totp")
    .select("pending_sealed")
    .where("account_id", "=", accountId)
    .where("pending_until", ">", new Date(now))
    .forUpdate()
    .executeTakeFirst();
  const sealed = row?.pending_sealed ?? null;
  if (sealed === null) return false;
  const step = matchingStep(keys.open("totp", sealed, accountId), plainCode(code), now);
  if (step === null) return false;
  await trx
    .updateTable("totp")
    .set({
      sealed,
      confirmed_at: new Date(now),
      last_step: step,
      by_provider: byProvider,
      pending_sealed: null,
      pending_until: null,
    })
    .where("account_id", "=", accountId)
    .execute();
  return true;
}

/** A code of a step that was used, or of one before it, is refused: whoever looked over a shoulder has nothing. */
export async function proveTotp(
  db: Db,
  keys: Keys,
  { accountId, code, now }: { readonly accountId: string; readonly code: string; readonly now: number },
): Promise<boolean> {
  const row = await db
    .selectFrom("totp")
    .select("sealed")
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  if (row === undefined || row.sealed === null) return false;
  const step = matchingStep(keys.open("totp", row.sealed, accountId), plainCode(code), now);
  if (step === null) return false;
  const { numUpdatedRows } = await db
    .updateTable("totp")
    .set({ last_step: step })
    .where("account_id", "=", accountId)
    .where("sealed", "=", row.sealed)
    .where("last_step", "<", String(step))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
