/**
 * Whoever is given a role or a duty is not that person by what the account was tied to as a member: an owner may have put
 * a key of his own into the provider's connection, and would come in as whom he has just raised (IDN-3, BAR-6). Ties go,
 * factors that were set up on a provider's word alone, every session, and whoever is halfway in; they tie their account anew.
 */
import type { AccountRole } from "@sekisho/contract";
import type { LogActor, Trx } from "../../../platform/evidence/organisation-log.ts";
import type { AccountsDeps } from "../accounts-deps.ts";
import { endSessions } from "../end-sessions.ts";
import { tellAccount } from "../second-factor/notices.ts";

type Standing = { readonly role: AccountRole; readonly duties: readonly string[] };

const ranks = { member: 0, admin: 1, owner: 2 } as const;

/** Owners have every duty already. */
export function isRaised(before: Standing, after: Standing): boolean {
  if (ranks[after.role] > ranks[before.role]) return true;
  return before.role !== "owner" && after.duties.some((duty) => !before.duties.includes(duty));
}

type Deps = Pick<AccountsDeps, "mail" | "log">;
type Raised = { readonly accountId: string; readonly by: LogActor };

/** Answers the sessions that ended. */
export async function untieRaised(deps: Deps, trx: Trx, { accountId, by }: Raised): Promise<string[]> {
  const ties = await trx
    .deleteFrom("provider_identity")
    .where("account_id", "=", accountId)
    .returning("provider_id")
    .execute();
  const factors = await dropPlanted(trx, accountId);
  await trx
    .deleteFrom("sign_in_attempt")
    .where("account_id", "=", accountId)
    .where("provider_id", "is not", null)
    .execute();
  const byProvider = await trx
    .selectFrom("session")
    .select("id")
    .where("account_id", "=", accountId)
    .where("provider_id", "is not", null)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  if (ties.length === 0 && factors === 0 && byProvider === undefined) return [];
  if (ties.length > 0 || factors > 0) await tellAccount(deps, trx, accountId, "providerDropped");
  for (const { provider_id: providerId } of ties)
    await deps.log.append(trx, {
      type: "account.providerUnlinked",
      actor: by,
      data: { accountId, providerId, because: "raised" },
    });
  if (factors > 0) {
    const data = { accountId, because: "raised", factors };
    await deps.log.append(trx, { type: "account.factorRemoved", actor: by, data });
  }
  return [...(await endSessions(trx, { accountId }))];
}

/** How many; recovery codes are counted as one. Where no factor is left, codes are no way either. */
async function dropPlanted(trx: Trx, accountId: string): Promise<number> {
  let dropped = 0;
  for (const table of ["passkey", "totp", "recovery_code"] as const) {
    const gone = await trx
      .deleteFrom(table)
      .where("account_id", "=", accountId)
      .where("by_provider", "=", true)
      .returning("account_id")
      .execute();
    dropped += table === "recovery_code" ? Math.min(1, gone.length) : gone.length;
  }
  return dropped;
}
