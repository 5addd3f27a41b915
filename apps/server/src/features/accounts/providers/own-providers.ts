/** Tying one's own account to who one is at a provider, and untying it: the way for those whom no address may find. */
import { routes } from "@sekisho/contract";
import { sql } from "kysely";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute, type CallContext } from "../../../platform/http/binder.ts";
import type { Caller } from "../../../platform/http/caller.ts";
import { hasOwnWay } from "../../../platform/http/own-way.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { byAccount, isDuplicate, type AccountsDeps } from "../accounts-deps.ts";
import { signedIn } from "../guards.ts";
import { requireFresh } from "../second-factor/factors.ts";
import { tellAccount } from "../second-factor/notices.ts";
import type { TakenAttempt } from "./attempts.ts";
import type { ProviderClients } from "./provider-clients.ts";
import { findProvider, isDemandedNow, type ProviderRow } from "./provider-store.ts";
import type { ProviderWord } from "./provider-word.ts";
import { logTie, subjectMac, tie } from "./settle-account.ts";
import { beginJourney, isSameTraveller } from "./journey.ts";

export function ownProviderRoutes(deps: AccountsDeps, clients: ProviderClients): readonly BoundRoute[] {
  const { ownProviders, ownProviderLink, ownProviderUnlink } = routes.identityProviders;
  return [
    handle(ownProviders, async ({ caller }) => ({ providers: await list(deps, signedIn(caller).accountId) })),
    handle(ownProviderLink, async ({ caller, params, request, reply }) => {
      const { accountId, sessionId } = signedIn(caller);
      await requireFresh(deps.db, { accountId, sessionId }, deps.now());
      const provider = await findProvider(deps.db, params.providerId);
      if (provider === null || !provider.enabled) throw new HttpError("not_found");
      const traveller = { purpose: "link", accountId, sessionId } as const;
      return beginJourney(deps, clients, { request, reply }, { provider, traveller });
    }),
    handle(ownProviderUnlink, (context) => unlink(deps, context)),
  ];
}

async function list(deps: AccountsDeps, accountId: string) {
  const rows = await deps.db
    .selectFrom("identity_provider")
    .leftJoin("provider_identity", (join) =>
      join
        .onRef("provider_identity.provider_id", "=", "identity_provider.id")
        .on("provider_identity.account_id", "=", accountId),
    )
    .select(["identity_provider.id", "identity_provider.settings", "provider_identity.linked_at"])
    .where("identity_provider.enabled", "=", true)
    .orderBy("identity_provider.created_at")
    .execute();
  return rows.map(({ id, settings, linked_at: linkedAt }) => ({
    ...{ id, name: settings.name, linkedAt: linkedAt?.getTime() ?? null },
  }));
}

export type LinkCome = {
  readonly provider: ProviderRow;
  readonly attempt: TakenAttempt;
  readonly word: ProviderWord;
  readonly caller: Caller;
};

/** Throws `already_tied` where one of the two is. */
export async function finishLink(deps: AccountsDeps, { provider, attempt, word, caller }: LinkCome) {
  const { accountId } = attempt;
  if (accountId === null || !isSameTraveller(attempt, caller)) throw new HttpError("sign_in_again");
  const mac = subjectMac(deps.keys, provider.id, word);
  try {
    await deps.db.transaction().execute(async (trx) => {
      await tie(trx, { mac, providerId: provider.id, accountId, now: deps.now() });
      await keepSession(trx, { providerId: provider.id, accountId, sessionId: attempt.sessionId });
      await tellAccount(deps, trx, accountId, "providerLinked");
      await logTie(deps, trx, { providerId: provider.id, accountId, how: "own" });
    });
  } catch (error) {
    if (isDuplicate(error)) throw new HttpError("already_tied");
    throw error;
  }
  deps.mail.kick();
  return { step: "linked", name: provider.settings.name } as const;
}

type Kept = { readonly providerId: string; readonly accountId: string; readonly sessionId: string | null };

/** Whoever had an own way only to tie the account has it no more: the session is the provider's, who was just asked. */
async function keepSession(trx: Trx, { providerId, accountId, sessionId }: Kept): Promise<void> {
  if (!(await isDemandedNow(trx))) return;
  await trx
    .updateTable("session")
    .set({ provider_id: providerId })
    .where("id", "=", sessionId)
    .where("provider_id", "is", null)
    .where((where) =>
      where.exists(
        where
          .selectFrom("account")
          .select("id")
          .where("account.id", "=", accountId)
          .where(sql<boolean>`not ${hasOwnWay}`),
      ),
    )
    .execute();
}

/** Thrown inside the transaction, after the tie is gone: the tie stays. */
async function requireWayLeft(trx: Trx, accountId: string): Promise<void> {
  if (!(await isDemandedNow(trx))) return;
  const left = await trx
    .selectFrom("account")
    .select("id")
    .where("id", "=", accountId)
    .where((where) =>
      where.or([
        hasOwnWay,
        where.exists(
          where
            .selectFrom("provider_identity")
            .innerJoin("identity_provider", "identity_provider.id", "provider_id")
            .select("account_id")
            .where("account_id", "=", accountId)
            .where("enabled", "=", true),
        ),
      ]),
    )
    .executeTakeFirst();
  if (left === undefined) throw new HttpError("only_way");
}

async function unlink(
  deps: AccountsDeps,
  { caller, params }: CallContext<typeof routes.identityProviders.ownProviderUnlink>,
) {
  const { accountId, sessionId } = signedIn(caller);
  await deps.db.transaction().execute(async (trx) => {
    await requireFresh(trx, { accountId, sessionId }, deps.now());
    const { numDeletedRows } = await trx
      .deleteFrom("provider_identity")
      .where("account_id", "=", accountId)
      .where("provider_id", "=", params.providerId)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new HttpError("not_found");
    await requireWayLeft(trx, accountId);
    await tellAccount(deps, trx, accountId, "providerUnlinked");
    await deps.log.append(trx, {
      type: "account.providerUnlinked",
      actor: byAccount(accountId),
      data: { accountId, providerId: params.providerId },
    });
  });
  deps.mail.kick();
  return { ok: true } as const;
}
