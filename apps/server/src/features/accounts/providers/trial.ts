/** Trying a provider for real before it is offered: the owner signs in there, and sees what arrived. */
import { HttpError } from "../../../platform/http/http-error.ts";
import type { Caller } from "../../../platform/http/caller.ts";
import { byAccount, type AccountsDeps } from "../accounts-deps.ts";
import type { TakenAttempt } from "./attempts.ts";
import { lockProvider, sealTrial, type ProviderRow } from "./provider-store.ts";
import { factsOf, ProviderFault, type ProviderWord } from "./provider-word.ts";
import { isSameTraveller } from "./journey.ts";

export type TrialCome = {
  readonly provider: ProviderRow;
  readonly attempt: TakenAttempt;
  readonly said: ProviderWord | ProviderFault;
  readonly caller: Caller;
};

/** Signs nobody in. Throws `sign_in_again` where it is not the owner who left. */
export async function keepTrial(deps: AccountsDeps, { provider, attempt, said, caller }: TrialCome) {
  if (!isSameTraveller(attempt, caller) || caller.kind !== "account" || caller.role !== "owner")
    throw new HttpError("sign_in_again");
  const failed = said instanceof ProviderFault;
  const trial = failed
    ? { problem: said.problem, facts: null }
    : { problem: null, facts: factsOf(said, provider.settings.secondFactorValues) };
  await deps.db.transaction().execute(async (trx) => {
    const row = await lockProvider(trx, provider.id);
    if (row === null || row.connection !== attempt.connection) throw new HttpError("sign_in_again");
    await trx
      .updateTable("identity_provider")
      .set({
        tried_at: new Date(deps.now()),
        tried_connection: row.connection,
        trial_sealed: sealTrial(deps.keys, row.id, trial),
        ...(failed ? {} : { good_connection: row.connection }),
      })
      .where("id", "=", row.id)
      .execute();
    await deps.log.append(trx, {
      type: "identityProvider.tried",
      actor: byAccount(caller.accountId),
      data: { providerId: row.id, problem: trial.problem },
    });
  });
  return { step: "tried" } as const;
}
