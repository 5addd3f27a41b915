/** Ten codes for the day on which every other factor is lost: shown once, kept hashed, each good once (IDN-2). */
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import type { Db } from "../../../platform/db/database.ts";
import type { Keys } from "../../../platform/keys/keys.ts";
import { newPasscode } from "../../../platform/random.ts";
import { isByProvider } from "./by-provider.ts";
import { plainCode } from "./totp.ts";

const howMany = 10;
/** Of an alphabet of 30: 58 bits, so that a keyed hash is enough. */
const letters = 12;

/** Voids those from before; answers the new ones as they are shown. */
export async function renewRecoveryCodes(
  trx: Trx,
  keys: Keys,
  { accountId, sessionId }: { readonly accountId: string; readonly sessionId: string },
): Promise<string[]> {
  const byProvider = await isByProvider(trx, sessionId);
  await trx.deleteFrom("recovery_code").where("account_id", "=", accountId).execute();
  const codes = new Set<string>();
  while (codes.size < howMany) codes.add(newPasscode(letters));
  await trx
    .insertInto("recovery_code")
    .values(
      [...codes].map((code) => ({
        ...{ account_id: accountId, code_mac: macOf(keys, accountId, code), by_provider: byProvider },
      })),
    )
    .execute();
  return [...codes].map((code) => code.replaceAll(/(.{4})(?=.)/gu, "$1-"));
}

/** Uses the code up. Of two at one instant, one finds it. */
export async function spendRecoveryCode(
  db: Db,
  keys: Keys,
  accountId: string,
  typed: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("recovery_code")
    .set({ used_at: new Date() })
    .where("account_id", "=", accountId)
    .where("code_mac", "=", macOf(keys, accountId, plainCode(typed)))
    .where("used_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function recoveryCodesLeft(db: Db, accountId: string): Promise<number> {
  const { left } = await db
    .selectFrom("recovery_code")
    .select((eb) => eb.fn.countAll<string>().as("left"))
    .where("account_id", "=", accountId)
    .where("used_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(left);
}

function macOf(keys: Keys, accountId: string, code: string): Buffer {
  return keys.mac("recovery-code", `${accountId}:${code}`);
}
