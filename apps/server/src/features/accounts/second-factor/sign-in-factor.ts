/** The second step of signing in, and signing in with a passkey alone (IDN-2). */
import { routes } from "@sekisho/contract";
import { handle, type BoundRoute, type CallContext } from "../../../platform/http/binder.ts";
import { addressKey } from "../../../platform/http/client-address.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { meOf } from "../account-views.ts";
import type { AccountsDeps } from "../accounts-deps.ts";
import { openSession, type Browser } from "../open-session.ts";
import { requirePasswordAllowed } from "../providers/provider-store.ts";
import { signInLimits } from "../sign-in-limits.ts";
import { beginAttempt, endAttempt, findAttempt, setAttemptChallenge, takeTry } from "./attempts.ts";
import { optionsToProve, pageOf, provePasskey } from "./passkeys.ts";
import { proveFactor } from "./prove-factor.ts";

export function signInFactorRoutes(deps: AccountsDeps): readonly BoundRoute[] {
  const { secondFactor } = routes;
  return [
    handle(secondFactor.signInFactor, (context) => second(deps, context)),
    handle(secondFactor.signInPasskeyOptions, (context) => challenge(deps, context)),
    handle(secondFactor.signInPasskey, (context) => alone(deps, context)),
  ];
}

async function second(deps: AccountsDeps, context: CallContext<typeof routes.secondFactor.signInFactor>) {
  const attempt = await findAttempt(deps.db, context.request, deps.now());
  if (attempt === null || attempt.accountId === null) throw new HttpError("sign_in_again");
  const taken = await takeTry(deps.db, attempt.token, deps.now());
  if (taken === null) throw new HttpError("sign_in_again");
  const prover = { accountId: attempt.accountId, sessionId: null, challenge: taken.challenge };
  await proveFactor(deps, context.request, prover, context.body);
  const { accountId, providerId, token } = attempt;
  return finish(deps, context, { accountId, providerId, token });
}

/** After a right password its account's passkeys are named; otherwise none, and nothing tells who has one. */
async function challenge(
  deps: AccountsDeps,
  { request, reply }: CallContext<typeof routes.secondFactor.signInPasskeyOptions>,
) {
  const attempt = await findAttempt(deps.db, request, deps.now());
  const options = await optionsToProve(deps, pageOf(deps, request), attempt?.accountId ?? null);
  if (attempt !== null && attempt.accountId !== null)
    await setAttemptChallenge(deps.db, attempt.token, options.challenge);
  else await beginAttempt(deps.db, reply, { accountId: null, challenge: options.challenge, now: deps.now() });
  return options;
}

async function alone(deps: AccountsDeps, context: CallContext<typeof routes.secondFactor.signInPasskey>) {
  const { request, body } = context;
  const bucket = `signIn:ip:${addressKey(request.ip)}`;
  await deps.limits.take(bucket, signInLimits.fromOnePlace);
  const attempt = await findAttempt(deps.db, request, deps.now());
  const taken = attempt === null ? null : await takeTry(deps.db, attempt.token, deps.now());
  // A challenge that was given after a password asks less of the passkey: it opens nothing by itself.
  if (attempt === null || taken === null || taken.challenge === null || taken.accountId !== null)
    throw new HttpError("sign_in_failed");
  const expected = { page: pageOf(deps, request), challenge: taken.challenge, accountId: null };
  const accountId = await provePasskey(deps, body.response, expected);
  if (accountId === null) throw new HttpError("sign_in_failed");
  await deps.limits.giveBack(bucket, signInLimits.fromOnePlace);
  return finish(deps, context, { accountId, providerId: null, token: attempt.token });
}

type Proved = {
  readonly accountId: string;
  /** By whose word the account was known before; null: the server's own. */
  readonly providerId: string | null;
  readonly token: string;
};

async function finish(deps: AccountsDeps, browser: Browser, { accountId, providerId, token }: Proved) {
  const account = await deps.db
    .selectFrom("account")
    .select(["id", "email"])
    .where("id", "=", accountId)
    .where("disabled_at", "is", null)
    .executeTakeFirst();
  if (account === undefined) throw new HttpError("sign_in_failed");
  if (providerId === null) await requirePasswordAllowed(deps.db, account.id);
  await endAttempt(deps.db, browser.reply, token);
  const ended = await deps.db.transaction().execute(async (trx) => {
    await trx
      .updateTable("account")
      .set({ last_sign_in_at: new Date() })
      .where("id", "=", account.id)
      .execute();
    return openSession(deps, trx, browser, { ...account, strength: "secondFactor", providerId });
  });
  deps.onSessionsEnded(ended);
  return meOf(deps.db, account.id);
}
