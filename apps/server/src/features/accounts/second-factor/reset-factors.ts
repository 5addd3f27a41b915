/**
 * For somebody who has lost every factor. Nobody resets by mail: an owner does it for another account, or somebody
 * with a shell on the server; both stand in the log, and the account is told.
 */
import { routes } from "@sekisho/contract";
import type { LogActor, Trx } from "../../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute, type CallContext } from "../../../platform/http/binder.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { byAccount, type AccountsDeps } from "../accounts-deps.ts";
import { endSessions } from "../end-sessions.ts";
import { signedIn } from "../guards.ts";
import { requireFresh } from "./factors.ts";
import { tellAccount } from "./notices.ts";

export function resetFactorsRoutes(deps: AccountsDeps): readonly BoundRoute[] {
  return [handle(routes.secondFactor.factorsReset, (context) => reset(deps, context))];
}

async function reset(deps: AccountsDeps, context: CallContext<typeof routes.secondFactor.factorsReset>) {
  const me = signedIn(context.caller);
  const target = context.params.accountId;
  if (target === me.accountId) throw new HttpError("own_account");
  const ended = await deps.db.transaction().execute(async (trx) => {
    await requireFresh(trx, me, deps.now());
    return resetFactors(deps, trx, target, byAccount(me.accountId));
  });
  deps.onSessionsEnded(ended);
  deps.mail.kick();
  return { ok: true } as const;
}

/** Answers the sessions that ended. Throws `not_found`. */
export async function resetFactors(
  deps: Pick<AccountsDeps, "log" | "mail">,
  trx: Trx,
  accountId: string,
  by: LogActor,
): Promise<readonly string[]> {
  const account = await trx
    .selectFrom("account")
    .select("id")
    .where("id", "=", accountId)
    .forUpdate()
    .executeTakeFirst();
  if (account === undefined) throw new HttpError("not_found");
  for (const table of ["passkey", "totp", "recovery_code", "sign_in_attempt"] as const)
    await trx.deleteFrom(table).where("account_id", "=", accountId).execute();
  const ended = await endSessions(trx, { accountId });
  await tellAccount(deps, trx, accountId, "reset");
  await deps.log.append(trx, {
    type: "account.factorsReset",
    actor: by,
    data: { accountId, sessionsEnded: ended.length },
  });
  return ended;
}
