/** One's own passkeys: add, rename, remove. */
import { routes } from "@sekisho/contract";
import { handle, type BoundRoute, type CallContext } from "../../../platform/http/binder.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { newUuid } from "../../../platform/random.ts";
import { isDuplicate, type AccountsDeps } from "../accounts-deps.ts";
import { signedIn, signingIn } from "../guards.ts";
import { isByProvider } from "./by-provider.ts";
import { afterAdding, afterRemoving, changeFactors, type Whose } from "./change-factors.ts";
import { ownFactorsOf, requireFresh } from "./factors.ts";
import { optionsToAdd, pageOf, readNewPasskey } from "./passkeys.ts";
import { takeSessionChallenge } from "./raise-session.ts";

export function ownPasskeyRoutes(deps: AccountsDeps): readonly BoundRoute[] {
  const { secondFactor } = routes;
  return [
    handle(secondFactor.factorsRead, ({ caller }) => {
      const { accountId, sessionId } = signingIn(caller);
      return ownFactorsOf(deps.db, { accountId, sessionId }, deps.now());
    }),
    handle(secondFactor.passkeyOptions, ({ caller, request }) =>
      begin(deps, signingIn(caller), pageOf(deps, request)),
    ),
    handle(secondFactor.passkeyAdd, (context) => add(deps, context)),
    handle(secondFactor.passkeyRename, (context) => rename(deps, context)),
    handle(secondFactor.passkeyRemove, (context) => remove(deps, context)),
  ];
}

async function begin(deps: AccountsDeps, { accountId, sessionId }: Whose, page: string) {
  await requireFresh(deps.db, { accountId, sessionId }, deps.now());
  const owner = await deps.db
    .selectFrom("account")
    .select(["id", "email", "display_name"])
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();
  const { id, email } = owner;
  const options = await optionsToAdd(deps, page, { id, email, displayName: owner.display_name });
  await deps.db
    .updateTable("session")
    .set({ challenge: options.challenge })
    .where("id", "=", sessionId)
    .execute();
  return {
    ...options,
    pubKeyCredParams: [...options.pubKeyCredParams],
    excludeCredentials: [...options.excludeCredentials],
  };
}

async function add(deps: AccountsDeps, context: CallContext<typeof routes.secondFactor.passkeyAdd>) {
  const whose = signingIn(context.caller);
  const { accountId, sessionId } = whose;
  const { name, response } = context.body;
  const page = pageOf(deps, context.request);
  const challenge = await deps.db.transaction().execute((trx) => takeSessionChallenge(trx, sessionId));
  const made = challenge === null ? null : await readNewPasskey(response, { page, challenge });
  if (made === null) throw new HttpError("second_factor_failed");
  const { credentialId, publicKey, counter, transports, synced } = made;
  try {
    return await changeFactors(deps, whose, async (trx) => {
      const id = newUuid();
      const row = { credential_id: credentialId, public_key: publicKey, counter, transports, synced };
      await trx
        .insertInto("passkey")
        .values({ id, account_id: accountId, name, by_provider: await isByProvider(trx, sessionId), ...row })
        .execute();
      const answer = await afterAdding(deps, trx, whose, context.reply);
      const data = { method: "passkey", passkeyId: id };
      return { answer, change: { type: "account.factorAdded", data, notice: "passkeyAdded" } };
    });
  } catch (error) {
    // A credential that somebody has already: authenticators never make one twice.
    if (isDuplicate(error)) throw new HttpError("second_factor_failed");
    throw error;
  }
}

async function rename(deps: AccountsDeps, context: CallContext<typeof routes.secondFactor.passkeyRename>) {
  const { accountId, sessionId } = signedIn(context.caller);
  const { passkeyId } = context.params;
  return changeFactors(deps, { accountId, sessionId }, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable("passkey")
      .set({ name: context.body.name })
      .where("id", "=", passkeyId)
      .where("account_id", "=", accountId)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new HttpError("not_found");
    const answer = await ownFactorsOf(trx, { accountId, sessionId }, deps.now());
    return { answer, change: { type: "account.factorRenamed", data: { passkeyId }, notice: null } };
  });
}

async function remove(deps: AccountsDeps, context: CallContext<typeof routes.secondFactor.passkeyRemove>) {
  const { accountId, sessionId } = signedIn(context.caller);
  const { passkeyId } = context.params;
  return changeFactors(deps, { accountId, sessionId }, async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom("passkey")
      .where("id", "=", passkeyId)
      .where("account_id", "=", accountId)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new HttpError("not_found");
    const answer = await afterRemoving(deps, trx, { accountId, sessionId });
    const data = { method: "passkey", passkeyId };
    return { answer, change: { type: "account.factorRemoved", data, notice: "passkeyRemoved" } };
  });
}
