/** The other end of a link: which factor is asked for, and the new password (IDN-2). Nobody is signed in by it. */
import type { routes } from "@sekisho/contract";
import type { FastifyRequest } from "fastify";
import { clearCookie } from "../../../platform/http/cookies.ts";
import type { CallContext } from "../../../platform/http/binder.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import { byAccount, requireGoodPassword, type AccountsDeps } from "../accounts-deps.ts";
import { endSessions } from "../end-sessions.ts";
import { hashPassword } from "../passwords.ts";
import { methodsOf } from "../second-factor/factors.ts";
import { tellAccount } from "../second-factor/notices.ts";
import { optionsToProve, pageOf } from "../second-factor/passkeys.ts";
import { proveFactor } from "../second-factor/prove-factor.ts";
import { mayByMail } from "./ask-recovery.ts";
import { takeTryLimit } from "./recovery-limits.ts";
import { findLink, setLinkChallenge, takeLinkTry, useLink, type RecoveryLink } from "./recovery-links.ts";

/** Throws `recovery_link_invalid`. */
export async function goodLink(
  deps: AccountsDeps,
  request: FastifyRequest,
  token: string,
): Promise<RecoveryLink> {
  await takeTryLimit(deps, request);
  const link = await findLink(deps.db, request, { token, now: deps.now() });
  // The last factor may have gone since it was sent.
  const isGood =
    link !== null && (!link.byMail || (await mayByMail(deps, { id: link.accountId, role: link.role })));
  if (!isGood) throw new HttpError("recovery_link_invalid");
  return link;
}

export async function passkeyChallenge(
  deps: AccountsDeps,
  { params, request }: CallContext<typeof routes.recovery.recoveryPasskey>,
) {
  const { accountId } = await goodLink(deps, request, params.token);
  const options = await optionsToProve(deps, pageOf(deps, request), accountId);
  await setLinkChallenge(deps.db, params.token, options.challenge);
  return options;
}

export async function completeRecovery(
  deps: AccountsDeps,
  { params, body, request, reply }: CallContext<typeof routes.recovery.recoveryComplete>,
) {
  const { token } = params;
  const link = await goodLink(deps, request, token);
  const { accountId } = link;
  // Before a try is taken: a password that will not do is no guess.
  requireGoodPassword(body.password);
  const methods = await methodsOf(deps.db, accountId);
  if (methods.length > 0) {
    if (body.proof === null) throw new HttpError("second_factor_needed");
    const taken = await takeLinkTry(deps.db, token);
    if (taken === null) throw new HttpError("recovery_link_invalid");
    const prover = { accountId, sessionId: null, challenge: taken.challenge };
    await proveFactor(deps, request, prover, body.proof);
  }
  const passwordHash = await hashPassword(body.password);
  const ended = await deps.db.transaction().execute(async (trx) => {
    const hadNone = methods.length === 0;
    await lockAccount(trx, accountId, hadNone);
    if (!(await useLink(trx, token, accountId))) throw new HttpError("recovery_link_invalid");
    const set = { password_hash: passwordHash };
    await trx.updateTable("account").set(set).where("id", "=", accountId).execute();
    await trx.deleteFrom("sign_in_attempt").where("account_id", "=", accountId).execute();
    const ids = await endSessions(trx, { accountId });
    await tellAccount(deps, trx, accountId, "recovered");
    await deps.log.append(trx, {
      type: "account.passwordRecovered",
      actor: byAccount(accountId),
      data: {
        ...{ accountId, link: link.byMail ? "mail" : "handed", sessionsEnded: ids.length },
        factor: body.proof === null || hadNone ? null : body.proof.method,
      },
    });
    return ids;
  });
  deps.onSessionsEnded(ended);
  deps.mail.kick();
  clearCookie(reply, "recovery");
  return { ok: true } as const;
}

/** What was looked up before the lock must still be so: not disabled, and no factor set up in between. */
async function lockAccount(trx: Trx, accountId: string, hadNone: boolean): Promise<void> {
  const account = await trx
    .selectFrom("account")
    .select("disabled_at")
    .where("id", "=", accountId)
    .forUpdate()
    .executeTakeFirst();
  const changed = hadNone && (await methodsOf(trx, accountId)).length > 0;
  if (account === undefined || account.disabled_at !== null || changed)
    throw new HttpError("recovery_link_invalid");
}
