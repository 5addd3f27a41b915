/** Proving anew who one is, before a change; and raising a session from before the organisation's rule. */
import { routes } from "@sekisho/contract";
import { handle, type BoundRoute, type CallContext } from "../../../platform/http/binder.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { byAccount, type AccountsDeps } from "../accounts-deps.ts";
import { signingIn } from "../guards.ts";
import { passwordMatches } from "../passwords.ts";
import { signInLimits } from "../sign-in-limits.ts";
import { ownFactorsOf } from "./factors.ts";
import { optionsToProve, pageOf } from "./passkeys.ts";
import { proveFactor } from "./prove-factor.ts";
import { raiseSession, takeSessionChallenge } from "./raise-session.ts";

export function confirmRoutes(deps: AccountsDeps): readonly BoundRoute[] {
  const { secondFactor } = routes;
  return [
    handle(secondFactor.confirmOptions, async ({ caller, request }) => {
      const { accountId, sessionId } = signingIn(caller);
      const options = await optionsToProve(deps, pageOf(deps, request), accountId);
      await deps.db
        .updateTable("session")
        .set({ challenge: options.challenge })
        .where("id", "=", sessionId)
        .execute();
      return options;
    }),
    handle(secondFactor.confirm, (context) => confirm(deps, context)),
  ];
}

async function confirm(deps: AccountsDeps, context: CallContext<typeof routes.secondFactor.confirm>) {
  const { body, caller, request, reply } = context;
  const { accountId, sessionId } = signingIn(caller);
  const challenge = await deps.db.transaction().execute((trx) => takeSessionChallenge(trx, sessionId));
  if (body.method === "password") await provePassword(deps, accountId, body.password);
  else await proveFactor(deps, request, { accountId, sessionId, challenge }, body);
  await deps.db.transaction().execute(async (trx) => {
    await raiseSession(deps, trx, { sessionId, reply, byFactor: body.method !== "password" });
    const data = { sessionId, method: body.method };
    await deps.log.append(trx, { type: "session.confirmed", actor: byAccount(accountId), data });
  });
  return ownFactorsOf(deps.db, { accountId, sessionId }, deps.now());
}

async function provePassword(deps: AccountsDeps, accountId: string, typed: string): Promise<void> {
  const bucket = `password:${accountId}`;
  await deps.limits.take(bucket, signInLimits.ownPassword);
  const { password_hash: known } = await deps.db
    .selectFrom("account")
    .select("password_hash")
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();
  if (!(await passwordMatches(known, typed))) throw new HttpError("current_password_wrong");
  await deps.limits.giveBack(bucket, signInLimits.ownPassword);
}
