/**
 * A fresh proof at the provider that the account is tied to (IDN-2, IDN-3), for those who have no password or factor here.
 * Asking for it (`prompt=login`, `max_age`, ForceAuthn) proves nothing, since whoever sits there can take it out of the
 * address: the provider has to say, in what it signs, that it asked the person after the way there began.
 */
import { routes } from "@sekisho/contract";
import { handle, type BoundRoute } from "../../../platform/http/binder.ts";
import type { CallContext } from "../../../platform/http/binder.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { byAccount, type AccountsDeps } from "../accounts-deps.ts";
import { signedIn } from "../guards.ts";
import { countFactors } from "../second-factor/factors.ts";
import { raiseSession } from "../second-factor/raise-session.ts";
import type { TakenAttempt } from "./attempts.ts";
import { beginJourney, isSameTraveller } from "./journey.ts";
import type { ProviderClients } from "./provider-clients.ts";
import { findProvider, type ProviderRow } from "./provider-store.ts";
import { saysSecondFactor, type ProviderWord } from "./provider-word.ts";
import { subjectMac } from "./settle-account.ts";

/** ms that clocks may differ. */
const skewMs = 60_000;

export function confirmProviderRoutes(deps: AccountsDeps, clients: ProviderClients): readonly BoundRoute[] {
  return [
    handle(routes.identityProviders.ownProviderConfirm, async ({ caller, params, request, reply }) => {
      const { accountId, sessionId } = signedIn(caller);
      const provider = await findProvider(deps.db, params.providerId);
      const tied = await deps.db
        .selectFrom("provider_identity")
        .select("account_id")
        .where("provider_id", "=", params.providerId)
        .where("account_id", "=", accountId)
        .executeTakeFirst();
      if (provider === null || !provider.enabled || tied === undefined) throw new HttpError("not_found");
      const traveller = { purpose: "confirm", accountId, sessionId } as const;
      return beginJourney(deps, clients, { request, reply }, { provider, traveller });
    }),
  ];
}

export type ConfirmCome = {
  readonly provider: ProviderRow;
  readonly attempt: TakenAttempt;
  readonly word: ProviderWord;
};

/** Null, and what it was: no proof. Throws `sign_in_again`, `second_factor_needed`. */
export async function finishConfirm(
  deps: AccountsDeps,
  { caller, reply }: Pick<CallContext<typeof routes.identityProviders.providerFinish>, "caller" | "reply">,
  { provider, attempt, word }: ConfirmCome,
): Promise<{ readonly step: "confirmed" } | { readonly problem: "not_anew" | "somebody_else" }> {
  const { accountId, sessionId } = attempt;
  if (accountId === null || sessionId === null || !isSameTraveller(attempt, caller))
    throw new HttpError("sign_in_again");
  if (word.provedAt === null || word.provedAt < attempt.begunAt - skewMs) return { problem: "not_anew" };
  const byFactor = saysSecondFactor(word, provider.settings.secondFactorValues);
  return deps.db.transaction().execute(async (trx) => {
    const tied = await trx
      .selectFrom("provider_identity")
      .select("account_id")
      .where("subject_mac", "=", subjectMac(deps.keys, provider.id, word))
      .executeTakeFirst();
    if (tied?.account_id !== accountId) return { problem: "somebody_else" } as const;
    const { passkeys, totp } = await countFactors(trx, accountId);
    // By a factor where there is one (IDN-2): the provider's word is none unless the organisation counts it.
    if (!byFactor && (passkeys > 0 || totp)) throw new HttpError("second_factor_needed");
    await raiseSession(deps, trx, { sessionId, reply, byFactor });
    const data = { sessionId, method: "provider", providerId: provider.id };
    await deps.log.append(trx, { type: "session.confirmed", actor: byAccount(accountId), data });
    return { step: "confirmed" } as const;
  });
}
