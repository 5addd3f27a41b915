/** What every change of an account's factors has in common: a fresh proof, the account's row locked, log and notice. */
import type { FastifyReply } from "fastify";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { byAccount, type AccountsDeps } from "../accounts-deps.ts";
import { isByProvider } from "./by-provider.ts";
import { accountDemanded, countFactors, ownFactorsOf, requireFresh } from "./factors.ts";
import { tellAccount, type NoticeKind } from "./notices.ts";
import { raiseSession } from "./raise-session.ts";
import { recoveryCodesLeft, renewRecoveryCodes } from "./recovery-codes.ts";

export type Whose = { readonly accountId: string; readonly sessionId: string };

export type FactorChange = {
  readonly type: "account.factorAdded" | "account.factorRemoved" | "account.factorRenamed";
  readonly data: Readonly<Record<string, unknown>>;
  readonly notice: NoticeKind | null;
};

type Changed<T> = { readonly answer: T; readonly change: FactorChange };

/** Two changes of one account wait for each other: of two that remove the last but one, the second sees it. */
export async function changeFactors<T>(
  deps: AccountsDeps,
  { accountId, sessionId }: Whose,
  work: (trx: Trx) => Promise<Changed<T>>,
): Promise<T> {
  const answer = await deps.db.transaction().execute(async (trx) => {
    await trx.selectFrom("account").select("id").where("id", "=", accountId).forUpdate().execute();
    await requireFresh(trx, { accountId, sessionId }, deps.now());
    const done = await work(trx);
    const { type, data, notice } = done.change;
    if (notice !== null) await tellAccount(deps, trx, accountId, notice);
    await deps.log.append(trx, { type, actor: byAccount(accountId), data: { accountId, ...data } });
    return done.answer;
  });
  deps.mail.kick();
  return answer;
}

/** With the first factor: recovery codes, and the session is one with a second factor, since it was just used. */
export async function afterAdding(
  deps: AccountsDeps,
  trx: Trx,
  { accountId, sessionId }: Whose,
  reply: FastifyReply,
) {
  await raiseSession(deps, trx, { sessionId, reply, byFactor: true });
  const left = await recoveryCodesLeft(trx, accountId);
  const codes = left > 0 ? null : await renewRecoveryCodes(trx, deps.keys, { accountId, sessionId });
  return { factors: await ownFactorsOf(trx, { accountId, sessionId }, deps.now()), codes };
}

/** Throws `factor_demanded` where it was the last one and the organisation demands one; codes alone are no factor. */
export async function afterRemoving(deps: AccountsDeps, trx: Trx, whose: Whose) {
  const { passkeys, totp } = await countFactors(trx, whose.accountId);
  if (passkeys === 0 && !totp) {
    if (
      await accountDemanded(trx, {
        accountId: whose.accountId,
        byProvider: await isByProvider(trx, whose.sessionId),
      })
    )
      throw new HttpError("factor_demanded");
    await trx.deleteFrom("recovery_code").where("account_id", "=", whose.accountId).execute();
  }
  return ownFactorsOf(trx, whose, deps.now());
}
