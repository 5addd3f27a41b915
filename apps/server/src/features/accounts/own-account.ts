/** One's own account: name, language, password, sessions (IDN-2, IDN-5). */
import { routes } from "@sekisho/contract";
import type { FastifyReply } from "fastify";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import type { AccountCaller } from "../../platform/http/caller.ts";
import { clearCookie, setCookie } from "../../platform/http/cookies.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { hashToken, newToken } from "../../platform/random.ts";
import { meOf, sessionRowOf } from "./account-views.ts";
import { byAccount, requireGoodName, requireGoodPassword, type AccountsDeps } from "./accounts-deps.ts";
import { endSessions } from "./end-sessions.ts";
import { signedIn } from "./guards.ts";
import { hashPassword, passwordMatches } from "./passwords.ts";
import { signInLimits } from "./sign-in-limits.ts";

export function ownAccountRoutes(deps: AccountsDeps): readonly BoundRoute[] {
  return [
    handle(routes.account.meRead, async ({ caller }) => meOf(deps.db, signedIn(caller).accountId)),
    handle(routes.account.meUpdate, (context) => updateMe(deps, context)),
    handle(routes.account.mePassword, (context) => changePassword(deps, context)),
    handle(routes.account.sessionList, ({ caller }) => listSessions(deps, signedIn(caller))),
    handle(routes.account.sessionRevoke, async ({ caller, params, reply }) => {
      const me = signedIn(caller);
      const ended = await revoke(deps, me, { only: params.sessionId });
      if (ended.length === 0) throw new HttpError("not_found");
      if (params.sessionId === me.sessionId) clearCookie(reply, "session");
      return { ok: true } as const;
    }),
    handle(routes.account.sessionRevokeOthers, async ({ caller }) => {
      const me = signedIn(caller);
      return { ended: (await revoke(deps, me, { except: me.sessionId })).length };
    }),
  ];
}

async function updateMe(deps: AccountsDeps, context: CallContext<typeof routes.account.meUpdate>) {
  const { accountId } = signedIn(context.caller);
  const { displayName, locale } = context.body;
  if (displayName !== undefined) requireGoodName(displayName);
  if (displayName === undefined && locale === undefined) return meOf(deps.db, accountId);
  await deps.db.transaction().execute(async (trx) => {
    await trx
      .updateTable("account")
      .set({
        ...(displayName === undefined ? {} : { display_name: displayName.normalize("NFC") }),
        ...(locale === undefined ? {} : { locale }),
      })
      .where("id", "=", accountId)
      .execute();
    await deps.log.append(trx, {
      type: "account.changed",
      actor: byAccount(accountId),
      data: { accountId, locale },
      ...(displayName === undefined ? {} : { personal: { displayName } }),
    });
  });
  return meOf(deps.db, accountId);
}

async function changePassword(deps: AccountsDeps, context: CallContext<typeof routes.account.mePassword>) {
  const me = signedIn(context.caller);
  const { current, next } = context.body;
  const bucket = `password:${me.accountId}`;
  await deps.limits.take(bucket, signInLimits.ownPassword);
  const { password_hash: known } = await deps.db
    .selectFrom("account")
    .select("password_hash")
    .where("id", "=", me.accountId)
    .executeTakeFirstOrThrow();
  if (!(await passwordMatches(known, current))) throw new HttpError("current_password_wrong");
  await deps.limits.giveBack(bucket, signInLimits.ownPassword);
  requireGoodPassword(next);
  const passwordHash = await hashPassword(next);
  const ended = await deps.db.transaction().execute(async (trx) => {
    await trx
      .updateTable("account")
      .set({ password_hash: passwordHash })
      .where("id", "=", me.accountId)
      .execute();
    const ids = await endSessions(trx, { accountId: me.accountId, except: me.sessionId });
    // A link to a new password, and a sign-in that is half done, were for the old one.
    for (const table of ["recovery_link", "sign_in_attempt"] as const)
      await trx.deleteFrom(table).where("account_id", "=", me.accountId).execute();
    await rotateToken(deps, trx, me.sessionId, context.reply);
    await deps.log.append(trx, {
      type: "account.passwordChanged",
      actor: byAccount(me.accountId),
      data: { accountId: me.accountId, sessionsEnded: ids.length },
    });
    return ids;
  });
  deps.onSessionsEnded(ended);
  return meOf(deps.db, me.accountId);
}

/** A copy of the cookie from before is worth nothing; the session, and a meeting that runs in it, go on. */
async function rotateToken(
  deps: AccountsDeps,
  trx: Trx,
  sessionId: string,
  reply: FastifyReply,
): Promise<void> {
  const token = newToken();
  await trx
    .updateTable("session")
    .set({ token_hash: hashToken(token) })
    .where("id", "=", sessionId)
    .execute();
  setCookie(reply, "session", token, deps.sessionLimits.absoluteSeconds);
}

async function listSessions(deps: AccountsDeps, me: AccountCaller) {
  const now = Date.now();
  const rows = await deps.db
    .selectFrom("session")
    .select(["id", "created_at", "last_seen_at", "device", "address"])
    .where("account_id", "=", me.accountId)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", new Date(now))
    .where("last_seen_at", ">", new Date(now - deps.sessionLimits.idleSeconds * 1000))
    .orderBy("last_seen_at", "desc")
    .execute();
  return { sessions: rows.map((row) => sessionRowOf(row, me.sessionId)) };
}

async function revoke(
  deps: AccountsDeps,
  me: AccountCaller,
  which: { readonly only?: string; readonly except?: string },
): Promise<readonly string[]> {
  const ended = await deps.db.transaction().execute(async (trx) => {
    const ids = await endSessions(trx, { accountId: me.accountId, ...which });
    if (ids.length > 0)
      await deps.log.append(trx, {
        type: "session.revoked",
        actor: byAccount(me.accountId),
        data: { sessionIds: ids },
      });
    return ids;
  });
  deps.onSessionsEnded(ended);
  return ended;
}
