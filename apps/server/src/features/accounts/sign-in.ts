/** Sign in and out (IDN-2, IDN-6). Every failure has one answer, and takes one time. */
import { routes } from "@sekisho/contract";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import { clearCookie } from "../../platform/http/cookies.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { meOf } from "./account-views.ts";
import { addressKey, byAccount, type AccountsDeps } from "./accounts-deps.ts";
import { endSessions } from "./end-sessions.ts";
import { signingIn } from "./guards.ts";
import { openSession, type Browser } from "./open-session.ts";
import { requirePasswordAllowed } from "./providers/provider-store.ts";
import { decoyHash, passwordMatches } from "./passwords.ts";
import { beginAttempt } from "./second-factor/attempts.ts";
import { accountDemanded, methodsOf } from "./second-factor/factors.ts";
import { takeSignInLimits } from "./sign-in-limits.ts";
import { sql } from "kysely";

export function signInRoutes(deps: AccountsDeps): readonly BoundRoute[] {
  return [
    handle(routes.account.signIn, (context) => signIn(deps, context)),
    handle(routes.account.signOut, async ({ caller, reply }) => {
      const { accountId, sessionId } = signingIn(caller);
      const provider = await providerOf(deps, sessionId);
      const ended = await deps.db.transaction().execute(async (trx) => {
        const ids = await endSessions(trx, { accountId, only: sessionId });
        await deps.log.append(trx, {
          type: "session.closed",
          actor: byAccount(accountId),
          data: { sessionId },
        });
        return ids;
      });
      clearCookie(reply, "session");
      deps.onSessionsEnded(ended);
      return { ok: true, provider } as const;
    }),
  ];
}

/** Signing out here ends nothing there: whoever sits down next would come in again by one press (IDN-3). */
async function providerOf({ db }: AccountsDeps, sessionId: string) {
  const row = await db
    .selectFrom("session")
    .innerJoin("identity_provider", "identity_provider.id", "session.provider_id")
    .select(["identity_provider.id", "settings"])
    .where("session.id", "=", sessionId)
    .where("kind", "=", "oidc")
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, name: row.settings.name };
}

async function signIn(deps: AccountsDeps, context: CallContext<typeof routes.account.signIn>) {
  const { body, request } = context;
  const address = addressKey(body.email);
  const taken = await takeSignInLimits(deps.limits, deps.keys, request, address);
  const account = await deps.db
    .selectFrom("account")
    .select(["id", "email", "role", "password_hash", "disabled_at"])
    .where(sql`lower(email)`, "=", address)
    .executeTakeFirst();
  // An unknown address costs a hash too, and a record: time tells nothing.
  const matches = await passwordMatches(account?.password_hash ?? (await decoyHash()), body.password);
  if (account === undefined || !matches || account.disabled_at !== null) {
    await recordFailure(deps, address, account?.id ?? null);
    throw new HttpError("sign_in_failed");
  }
  await taken.giveBack();
  await requirePasswordAllowed(deps.db, account.id);
  const methods = await methodsOf(deps.db, account.id);
  if (methods.length > 0) {
    const begun = { accountId: account.id, challenge: null, now: deps.now() };
    await beginAttempt(deps.db, context.reply, begun);
    return { step: "secondFactor", methods } as const;
  }
  return signedInByPassword(deps, context, account);
}

type PasswordOnly = { readonly id: string; readonly email: string };

/** Where a second factor is demanded, the session is good for setting one up and for nothing else. */
async function signedInByPassword(deps: AccountsDeps, browser: Browser, account: PasswordOnly) {
  const ended = await deps.db.transaction().execute(async (trx) => {
    await trx
      .updateTable("account")
      .set({ last_sign_in_at: new Date() })
      .where("id", "=", account.id)
      .execute();
    return openSession(deps, trx, browser, { ...account, strength: "password" });
  });
  deps.onSessionsEnded(ended);
  if (await accountDemanded(deps.db, { accountId: account.id, byProvider: false }))
    return { step: "setUp" } as const;
  return meOf(deps.db, account.id);
}

async function recordFailure(deps: AccountsDeps, address: string, accountId: string | null): Promise<void> {
  await deps.db.transaction().execute((trx) =>
    deps.log.append(trx, {
      type: "session.refused",
      actor: { kind: "nobody" },
      data: { accountId },
      personal: { email: address },
    }),
  );
}
